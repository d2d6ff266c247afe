import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import { type Beat, rhythmOf } from '../src/rhythm.ts'

const hour = 3_600_000
const dayLength = 24 * hour
const start = Date.parse('2026-03-02T00:00:00Z')

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10) as Day

/** The days of facts that arrived at these times, in any order. */
function beatsOf(times: readonly number[]): Beat[] {
  const sorted = [...times].sort((one, other) => one - other)
  return [...Map.groupBy(sorted, dayOf)].map(([day, found]) => ({
    day,
    facts: found.length,
    first: found[0] ?? 0,
    last: found.at(-1) ?? 0,
    gap: Math.max(0, ...found.slice(1).map((time, at) => time - (found[at] ?? 0))),
  }))
}

const timesIn = (days: number, least = 0) =>
  fc.array(fc.integer({ min: start, max: start + days * dayLength - 1 }), {
    minLength: least,
    maxLength: 40,
  })

const instants = fc.integer({ min: start, max: start + 60 * dayLength })
const others = fc.option(instants)

/** Every so many hours, for some days. */
const every = (hours: number, days: number) =>
  Array.from({ length: Math.ceil((24 * days) / hours) }, (_, index) => start + index * hours * hour)

test('nothing is known of a source that has never sent, and it is not silent', () => {
  expect(rhythmOf([], null, start)).toEqual({ last: null, gap: null, usual: null, silent: false })
})

test('a steady source is silent once nothing has come for more than twice as long as ever before', () => {
  const times = every(3, 4)
  const last = times.at(-1) ?? 0
  const after = (time: number) => rhythmOf(beatsOf(times), null, last + time)

  expect(after(0)).toEqual({ last, gap: 0, usual: 3 * hour, silent: false })
  expect(after(6 * hour)).toEqual({ last, gap: 6 * hour, usual: 3 * hour, silent: false })
  expect(after(6 * hour + 1)).toEqual({ last, gap: 6 * hour + 1, usual: 3 * hour, silent: true })
})

test('nights and weekends are part of what is usual', () => {
  const week = [0, 1, 2, 3, 4, 7, 8].flatMap((day) =>
    [9, 11, 13, 15].map((at) => start + day * dayLength + at * hour),
  )
  const weekend = (24 + 24 + 18) * hour
  const last = week.at(-1) ?? 0

  expect(rhythmOf(beatsOf(week), null, last).usual).toBe(weekend)
  expect(rhythmOf(beatsOf(week), null, last + 2 * weekend).silent).toBe(false)
  expect(rhythmOf(beatsOf(week), null, last + 2 * weekend + 1).silent).toBe(true)
})

test('a silence of up to an hour is nobody’s business, however often a source sends', () => {
  const minutely = [0, 1, 2].flatMap((day) =>
    Array.from({ length: 24 * 60 }, (_, index) => start + day * dayLength + index * 60_000),
  )
  const last = minutely.at(-1) ?? 0

  expect(rhythmOf(beatsOf(minutely), null, last + hour)).toMatchObject({
    usual: 60_000,
    silent: false,
  })
  expect(rhythmOf(beatsOf(minutely), null, last + hour + 1).silent).toBe(true)
})

test.each([
  ['nine facts on three days', [0, 1, 2].flatMap((day) => [day, day + 0.1, day + 0.2]), null],
  ['ten facts on two days', Array.from({ length: 10 }, (_, index) => index * 0.15), null],
  ['ten facts on three days', [0, 0.1, 0.2, 0.3, 1, 1.1, 1.2, 2, 2.1, 2.2], 0.8],
])('%s: what is usual is %s', (_, days, usual) => {
  const times = days.map((day) => start + day * dayLength)

  const found = rhythmOf(beatsOf(times), null, start + 365 * dayLength)

  expect(found.usual).toBe(usual === null ? null : Math.round(usual * dayLength))
  expect(found.silent).toBe(usual !== null)
})

test('it is never silent with fewer than ten facts or three days, however long nothing comes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(fc.integer({ min: start, max: start + 90 * dayLength }), { maxLength: 9 }),
        timesIn(2),
      ),
      others,
      fc.integer({ min: start, max: start + 3_650 * dayLength }),
      (times, other, now) => {
        const { usual, silent } = rhythmOf(beatsOf(times), other, now)

        expect({ usual, silent }).toEqual({ usual: null, silent: false })
      },
    ),
  )
})

test('what is usual is the longest time between any two facts in a row, whatever days they fall on', () => {
  fc.assert(
    fc.property(timesIn(20, 10), (times) => {
      const beats = beatsOf(times)
      const sorted = [...times].sort((one, other) => one - other)
      const longest = Math.max(...sorted.slice(1).map((time, at) => time - (sorted[at] ?? 0)))

      expect(rhythmOf(beats, null, start).usual).toBe(beats.length < 3 ? null : longest)
    }),
  )
})

test('once silent it stays so until something comes', () => {
  fc.assert(
    fc.property(timesIn(20, 10), others, instants, instants, (times, other, one, another) => {
      const [before, after] = [Math.min(one, another), Math.max(one, another)]
      const found = [before, after].map((now) => rhythmOf(beatsOf(times), other, now))

      expect(found[0]?.silent === true && found[1]?.silent === false).toBe(false)
      expect(found[0]?.gap ?? 0).toBeLessThanOrEqual(found[1]?.gap ?? 0)
      expect(found[0]?.usual).toBe(found[1]?.usual)
    }),
  )
})

test('the order in which the facts of a day are told makes no difference', () => {
  fc.assert(
    fc.property(
      timesIn(10, 10).chain((times) =>
        fc.tuple(
          fc.constant(times),
          fc.shuffledSubarray(times, { minLength: times.length, maxLength: times.length }),
        ),
      ),
      instants,
      ([times, shuffled], now) => {
        expect(rhythmOf(beatsOf(shuffled), null, now)).toEqual(rhythmOf(beatsOf(times), null, now))
      },
    ),
  )
})

test('whatever comes just now, counted or not, ends the silence', () => {
  fc.assert(
    fc.property(timesIn(20), instants, (times, now) => {
      expect(rhythmOf(beatsOf(times), now, now)).toMatchObject({ silent: false, gap: 0 })
    }),
  )
})

test('a sign of life says when something last came, and not how often facts do', () => {
  const times = every(3, 4)
  const last = times.at(-1) ?? 0
  const sign = last + 5 * hour

  expect(rhythmOf(beatsOf(times), sign, sign + 6 * hour)).toEqual({
    last: sign,
    gap: 6 * hour,
    usual: 3 * hour,
    silent: false,
  })
  expect(rhythmOf(beatsOf(times), sign, sign + 6 * hour + 1).silent).toBe(true)
  expect(rhythmOf(beatsOf(times), last - hour, last).last).toBe(last)
})

test('a clock that is behind makes no negative silence', () => {
  const times = every(3, 4)

  expect(rhythmOf(beatsOf(times), null, start)).toMatchObject({ gap: 0, silent: false })
})
