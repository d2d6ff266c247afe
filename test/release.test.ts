import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Day, addDays } from '../src/day.ts'
import type { Counters } from '../src/part.ts'
import { type Released, nothingReleased, people, release } from '../src/release.ts'
import { type Grain, lastDays, periods } from '../src/window.ts'

const start = '2026-03-01' as Day

/** What happens between two rollups: new answers of the running day, late ones of days before, a new day. */
interface Event {
  readonly answers: number
  readonly late: readonly number[]
  readonly midnight: boolean
}

const event: fc.Arbitrary<Event> = fc.record({
  answers: fc.integer({ min: 0, max: 4 }),
  late: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }) },
  ),
  midnight: fc.boolean(),
})

/** One counter an answer, so that a sum of counters tells exactly whose answers it is made of. */
class Survey {
  readonly days = new Map<Day, Map<string, number>>()
  #answers = 0

  answer(day: Day, times = 1): void {
    const counters = this.days.get(day) ?? new Map<string, number>()
    for (let n = 0; n < times; n++) counters.set(`answers/${this.#answers++}`, 1)
    this.days.set(day, counters)
  }

  /** What may still be released. */
  since(horizon: Day): Map<Day, Counters> {
    return new Map([...this.days].filter(([day]) => day >= horizon))
  }
}

/** Everything that somebody who fetches an embed after each rollup is shown: totals and points, as sets. */
function watch(
  events: readonly Event[],
  { length, grain, minimum }: { length: number; grain: Grain; minimum: number },
): Set<string>[] {
  const survey = new Survey()
  const seen: Set<string>[] = []
  let today = start
  let released: Released = nothingReleased
  for (const { answers, late, midnight } of events) {
    survey.answer(today, answers)
    for (const ago of late) survey.answer(addDays(today, -ago))
    const window = lastDays(length, today)
    released = release(released, {
      days: survey.since(window.from),
      periods: periods(window, grain),
      minimum,
      closed: addDays(today, -1),
      horizon: window.from,
    })
    const inside = (from: Day, to: Day, whole: boolean) =>
      released.blocks.filter(
        (one) => one.to >= from && one.to <= to && (!whole || one.from >= from),
      )
    const shown = [
      inside(window.from, window.to, false),
      ...periods(window, grain).map(({ from, to }) => inside(from, to, true)),
    ]
    seen.push(...shown.map((blocks) => new Set(blocks.flatMap((one) => Object.keys(one.counters)))))
    if (midnight) today = addDays(today, 1)
  }
  return seen
}

/** The smallest sets that any combination of what was seen can tell apart. */
function atoms(seen: readonly ReadonlySet<string>[]): number[] {
  const signatures = new Map<string, string>()
  const distinct = new Map(seen.map((set) => [[...set].toSorted().join(), set]))
  ;[...distinct.values()].forEach((set, index) => {
    for (const answer of set) signatures.set(answer, `${signatures.get(answer) ?? ''} ${index}`)
  })
  return [...Map.groupBy(signatures, ([, signature]) => signature).values()].map(
    (group) => group.length,
  )
}

test('whoever sees every state, and adds and subtracts them, learns of no fewer than minimum answers', () => {
  let learned = 0
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 5, maxLength: 60 }),
      fc.record({
        length: fc.integer({ min: 1, max: 15 }),
        grain: fc.constantFrom<Grain>('day', 'week', 'total'),
        minimum: fc.integer({ min: 2, max: 7 }),
      }),
      (events, embed) => {
        const sizes = atoms(watch(events, embed))

        learned += sizes.length
        expect(sizes.filter((size) => size < embed.minimum)).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
  expect(learned).toBeGreaterThan(150)
})

const days = (counts: Record<string, Record<string, number>>) =>
  new Map(
    Object.entries(counts).map(([day, counters]) => [
      addDays(start, Number(day)),
      new Map(Object.entries(counters)),
    ]),
  )

const occasion = (counts: Record<string, Record<string, number>>, running: number) => ({
  days: days(counts),
  periods: periods(lastDays(30, addDays(start, running)), 'day'),
  minimum: 5,
  closed: addDays(start, running - 1),
  horizon: addDays(start, running - 29),
})

const total = ({ blocks }: Released) =>
  blocks.flatMap(({ counters }) => Object.values(counters)).reduce((sum, n) => sum + n, 0)

test('the fifth answer of a day is shown at once, the sixth waits for the tenth', () => {
  const states: number[] = []
  let released = nothingReleased
  for (const n of [4, 5, 6, 9, 10, 17]) {
    released = release(released, occasion({ 0: { 'answers/9': n } }, 0))
    states.push(total(released))
  }

  expect(states).toEqual([0, 5, 5, 5, 10, 17])
})

test('what is left of a day is shown with what is left of others, once they have ended', () => {
  let released = release(nothingReleased, occasion({ 0: { 'answers/9': 8 } }, 0))
  released = release(released, occasion({ 0: { 'answers/9': 11 }, 1: { 'answers/9': 4 } }, 1))
  const running = total(released)
  released = release(released, occasion({ 0: { 'answers/9': 11 }, 1: { 'answers/9': 4 } }, 2))

  expect([running, total(released)]).toEqual([8, 15])
})

test('a changed, withdrawn or late answer of a day that has been shown is shown with four others', () => {
  const before = release(nothingReleased, occasion({ 0: { 'answers/9': 8 } }, 5))
  const changed = release(before, occasion({ 0: { 'answers/9': 7, 'answers/3': 1 } }, 5))
  const late = release(before, occasion({ 0: { 'answers/9': 9 } }, 5))
  const five = release(
    before,
    occasion({ 0: { 'answers/9': 7, 'answers/3': 1 }, 4: { 'answers/1': 4 } }, 5),
  )

  expect(changed.blocks).toEqual(before.blocks)
  expect(late.blocks).toEqual(before.blocks)
  expect(total(five)).toBe(12)
})

test.each([
  ['new answers', { 'answers/9': 3, 'answers/1': 2 }, 5],
  ['answers that were changed', { 'answers/9': -3, 'answers/1': 3 }, 3],
  [
    'one who answers again, and whose former answer is no longer the latest',
    { 'answers/9/never': -1, 'answers/9/2026-03-02': 1, 'answers/3/never': 1 },
    1,
  ],
  ['surveys that were sent, some of them answered', { sent: 4, answered: 3 }, 4],
  ['nobody', {}, 0],
])('%s are so many people at least', (_, counters, n) => {
  expect(people(new Map(Object.entries(counters)))).toBe(n)
})
