import { readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Day, addDays } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { type Kpi, followers, reads } from '../src/kpi.ts'
import { csat } from '../src/kpis/csat.ts'
import { csatMean } from '../src/kpis/csat-mean.ts'
import { kpis } from '../src/kpis/index.ts'
import { nps } from '../src/kpis/nps.ts'
import { responseRate } from '../src/kpis/response-rate.ts'
import { type Counters, addCounters, counterName, counts } from '../src/part.ts'
import { type PartsJson, type Snapshot, evaluate, series } from '../src/series.ts'
import { questions } from '../src/surveys/index.ts'
import { type Window, grains } from '../src/window.ts'

const first = '2025-12-20' as Day
const window: Window = { from: first, to: addDays(first, 99) }
const hours = 6

/** The facts of some people and three months: sendings, and answers to every kind of question. */
const anyFacts: fc.Arbitrary<Fact[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom('survey.sent' as const, 'survey.response' as const),
      question: fc.constantFrom(...questions),
      score: fc.nat(20),
      entity: fc.constantFrom('Ann', 'Bob', null),
      step: fc.nat(100 * (24 / hours) - 1),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((drafts) =>
    drafts.map(({ type, question, score, entity, step }, index) => ({
      source: 'test',
      id: String(index),
      type,
      time: step * hours * 3_600_000,
      day: addDays(first, Math.floor((step * hours) / 24)),
      subject: question.kind,
      entity,
      value:
        type === 'survey.sent' ? null : question.from + (score % (question.to - question.from + 1)),
      dimensions: { survey: question.kind, kind: question.kind },
      data: {},
    })),
  )

/** What a KPI counts among some facts, as a plain loop; `all` are the facts that may follow them. */
function countersOf(kpi: Kpi, some: readonly Fact[], all: readonly Fact[]): Counters {
  const counters = new Map<string, number>()
  for (const [name, part] of Object.entries(kpi.parts)) {
    for (const fact of some.filter((fact) => counts(part, fact, all))) {
      const counter = counterName(name, part.key === 'value' ? String(fact.value) : '')
      counters.set(counter, (counters.get(counter) ?? 0) + 1)
    }
  }
  return counters
}

function snapshotsOf(kpi: Kpi, all: readonly Fact[]): Snapshot[] {
  return [...new Set(all.map(({ day }) => day))].map((day) => {
    const own = all.filter((fact) => fact.day === day)
    return { day, counters: countersOf(kpi, own, all), revision: 1, computed: 0 }
  })
}

/** The counters that a point shows. */
function countersIn(parts: PartsJson): Counters {
  const entries = Object.entries(parts).flatMap(([name, part]): [string, number][] =>
    typeof part === 'number'
      ? [[name, part]]
      : Object.entries(part).map(([key, count]) => [counterName(name, key), count]),
  )
  return new Map(entries.filter(([, count]) => count > 0))
}

/** The counters whose readings a worked example gives. */
function countersGiven(kpi: Kpi): Counters {
  const entries = Object.entries(kpi.example.given).flatMap(([name, reading]): [string, number][] =>
    reading instanceof Map
      ? [...(reading as Map<number, number>)].map(([key, count]) => [
          counterName(name, String(key)),
          count,
        ])
      : [[name, Number(reading)]],
  )
  return new Map(entries)
}

const files = readdirSync(`${import.meta.dirname}/../src/kpis`)

test('names every KPI once', () => {
  expect(new Set(kpis.map(({ id }) => id)).size).toBe(kpis.length)
  expect(new Set(kpis.map(({ label }) => label)).size).toBe(kpis.length)
})

describe.each(kpis)('$id', (kpi) => {
  test('is what the file of its name exports under its name', async () => {
    const name = kpi.id.replaceAll('_', '-')
    const module = (await import(`../src/kpis/${name}.ts`)) as Record<string, unknown>

    expect(kpi.id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
    expect(files).toContain(`${name}.ts`)
    expect(module[kpi.id.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]).toBe(kpi)
  })

  test('gives the value of its worked example', () => {
    expect(kpi.value(kpi.example.given).value).toBe(kpi.example.is)
    expect(evaluate(kpi, countersGiven(kpi)).value).toBe(kpi.example.is)
  })

  test('has a worked example in which every part has its share', () => {
    const given = countersGiven(kpi)

    for (const name of Object.keys(kpi.parts)) {
      const without = new Map([...given].filter(([counter]) => counter.split('/')[0] !== name))
      expect([name, evaluate(kpi, without).value]).not.toEqual([name, kpi.example.is])
    }
  })

  test('says null with a reason, not zero, when nothing happened', () => {
    const { reason, ...nothing } = evaluate(kpi, new Map())

    expect(nothing).toEqual({ value: null, n: 0, low: null, high: null })
    expect(reason).toMatch(/^no_(data|denominator)$/)
  })

  test('keeps its value within its range and within its interval', () => {
    const [least, most] = kpi.range ?? [-Infinity, Infinity]
    let values = 0
    let intervals = 0
    fc.assert(
      fc.property(anyFacts, (all) => {
        const { value, n, low, high, reason } = evaluate(kpi, countersOf(kpi, all, all))
        expect(value === null).toBe(n === 0)
        expect(reason === undefined).toBe(value !== null)
        expect(low === null).toBe(high === null)
        if (value === null) return
        values++
        expect(value).toBeGreaterThanOrEqual(least)
        expect(value).toBeLessThanOrEqual(most)
        if (low === null || high === null) return
        intervals++
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(low).toBeLessThan(high)
      }),
      { seed: 1, numRuns: 150 },
    )

    expect(values).toBeGreaterThan(20)
    expect(intervals).toBeGreaterThan(20)
  })

  test('adds up: the parts of any cut are those of the whole, and so is its value', () => {
    let values = 0
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...grains), (all, grain) => {
        const snapshots = snapshotsOf(kpi, all)
        const points = series(kpi, snapshots, window, grain, window.to)
        const [total] = series(kpi, snapshots, window, 'total', window.to)
        const whole = countersOf(kpi, all, all)
        if (points.filter(({ value }) => value !== null).length > 1) values++

        expect(addCounters(points.map(({ parts }) => countersIn(parts)))).toEqual(whole)
        expect(countersIn(total?.parts ?? {})).toEqual(whole)
        expect(total).toMatchObject(evaluate(kpi, whole))
        expect(points.reduce((sum, { n }) => sum + n, 0)).toBe(total?.n)
      }),
      { seed: 2, numRuns: 150 },
    )

    expect(values).toBeGreaterThan(20)
  })

  test('counts facts that the vocabulary has, of kinds that there are', () => {
    for (const part of Object.values(kpi.parts)) {
      expect(facts.map(({ type }) => type)).toContain(part.type)
      if (part.followed !== null) expect(facts.map(({ type }) => type)).toContain(part.followed)
      const { kind = 'nps' } = part.where
      expect(questions.map((question): string => question.kind)).toContain(kind)
    }
  })

  test('names its parts so that no counter of one is read as another', () => {
    for (const name of Object.keys(kpi.parts)) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/)
  })

  test('can be cut by each dimension once', () => {
    expect(new Set(kpi.dimensions).size).toBe(kpi.dimensions.length)
    for (const dimension of kpi.dimensions) expect(dimension).toMatch(/^[a-z][a-z_]*$/)
  })

  test('says what it is in sentences, and where that comes from', () => {
    expect(kpi.definition).toMatch(/^\p{Lu}.{40,}[^.]\.$/u)
    expect(kpi.definition).not.toMatch(/ {2}|\n/)
    expect(kpi.source).toMatch(/^\p{Lu}.{10,}$/u)
    expect(kpi.label).toMatch(/^\p{Lu}.*[^.]$/u)
  })

  test('has a version, and a range that begins before it ends', () => {
    const [least, most] = kpi.range ?? [0, 1]

    expect(kpi.version).toBeGreaterThanOrEqual(1)
    expect(Number.isInteger(kpi.version)).toBe(true)
    expect(least).toBeLessThan(most)
  })
})

/** The value of a KPI whose only answer is this one. */
function valueOf(kpi: Kpi, score: number): number | null {
  return evaluate(kpi, new Map([[`answers/${score}`, 1]])).value
}

test('takes 9 and 10 for promoters, 7 and 8 for passive, 0 to 6 for detractors', () => {
  const scores = Array.from({ length: 11 }, (_, score) => score)

  expect(scores.map((score) => valueOf(nps, score))).toEqual([
    -100, -100, -100, -100, -100, -100, -100, 0, 0, 100, 100,
  ])
})

test('takes 4 and 5 for satisfied', () => {
  expect([1, 2, 3, 4, 5].map((score) => valueOf(csat, score))).toEqual([0, 0, 0, 100, 100])
})

test('takes every answer on five points for itself in the mean', () => {
  expect([1, 2, 3, 4, 5].map((score) => valueOf(csatMean, score))).toEqual([1, 2, 3, 4, 5])
})

test('keeps the answers to other kinds of question out', () => {
  const kinds = (kpi: Kpi) => Object.values(kpi.parts).map(({ where }) => where.kind)

  expect([nps, csat, csatMean, responseRate].map(kinds)).toEqual([
    ['nps'],
    ['csat'],
    ['csat'],
    [undefined, undefined],
  ])
})

test('counts an answer on the day of sending', () => {
  const sent: Fact = {
    source: 'test',
    id: '1',
    type: 'survey.sent',
    time: 0,
    day: first,
    subject: 'nps',
    entity: 'Ann',
    value: null,
    dimensions: { survey: 'nps', kind: 'nps' },
    data: {},
  }
  const day = addDays(first, 40)
  const response: Fact = { ...sent, id: '2', type: 'survey.response', time: 1, day, value: 9 }
  const snapshots = snapshotsOf(responseRate, [sent, response])
  const points = series(responseRate, snapshots, window, 'day', window.to)

  expect(points.flatMap(({ from, value }) => (value === null ? [] : [[from, value]]))).toEqual([
    [first, 100],
  ])
})

test('reads each fact type once', () => {
  expect(reads(responseRate)).toEqual(['survey.sent'])
  expect(reads(nps)).toEqual(['survey.response'])
})

test('finds which days a fact may change besides its own', () => {
  expect(followers([nps, responseRate])).toEqual({
    'survey.response': ['survey.sent'],
    'survey.sent': ['survey.sent'],
  })
  expect(followers([nps, csat])).toEqual({})
})
