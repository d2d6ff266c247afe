import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vocabulary } from '../src/fact.ts'
import { binOf } from '../src/histogram.ts'
import { type Estimate, type Kpi, type Parts, type Readings, factTypes, reads } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import type { Part } from '../src/part.ts'
import type { Fated } from '../src/parts/cohort.ts'
import type { Level } from '../src/parts/level.ts'
import { total } from '../src/series.ts'
import { questions } from '../src/surveys/index.ts'
import { exampleHistory, exampleWindow, kpiOf, place, scopeOf } from './kpi.ts'

/** Ids that outsiders rely on. */
const promised = `
  nps nps_latest nps5 csat csat_mean ces ces_agree response_rate
  visits visit_conversion leads lead_qualified_rate lead_conversion cost_per_lead channel_return
  win_rate close_rate deals_won open_deals sales_cycle sales_cycle_mean stage_length
  stage_conversion revenue revenue_growth average_deal deals_per_owner quota_attainment
  orders average_order repeat_purchase_rate new_customer_revenue clv cac ltv_to_cac
  customers churn_rate retention_rate renewal_rate upsell_rate mrr net_new_mrr mrr_churn nrr grr
  first_response_time time_to_resolution time_to_resolution_mean tickets_solved active_user_share
  interaction_duration interaction_frequency tasks_done task_time automation_share
  duplicate_rate reject_rate late_share revision_rate`

/** Variants of one idea under names of their own, so that nobody takes one for the other; and thumbs. */
const variants =
  'churn_rate_incl_new retention_simple clv_simple time_to_first_resolution thumbs_up'

const idsIn = (text: string) => text.trim().split(/\s+/)

/** Amounts and numbers that are 0, not unknown, where there was nothing to add up. */
const amounts = ['revenue', 'new_customer_revenue', 'mrr', 'net_new_mrr']

const isAmount = ({ id, unit }: Kpi) => unit === 'count' || amounts.includes(id)

/** Readings of parts of which nothing was counted. */
function nothing(kpi: Kpi): Readings<Parts> {
  return Object.fromEntries(
    Object.entries(kpi.parts).map(([name, part]) => [name, part.read(scopeOf({}))]),
  )
}

function valueOf(kpi: Kpi, readings: Readings<Parts>, previous: Readings<Parts> | null): Estimate {
  return kpi.value(readings, { window: exampleWindow(kpi), ...place, previous })
}

const exampleOf = (kpi: Kpi) => valueOf(kpi, kpi.example.given, kpi.example.previous ?? null)

const whole = fc.nat({ max: 1_000 })

/** Whether every fact of one part is one of the other. */
function isWithin({ rule: one }: Part, { rule: other }: Part): boolean {
  if (one.how === 'intake') return one.column === 'late' && other.how === 'intake'
  if (one.how === 'revision') return one.column === 'revised'
  if (one.how !== 'tally' || other.how !== 'tally' || one === other) return false
  return (
    JSON.stringify([one.types, one.where]) === JSON.stringify([other.types, other.where]) &&
    one.only.length > other.only.length
  )
}

/** Any reading of a part by itself. */
function readingOf({ kind, rule }: Part): fc.Arbitrary<unknown> {
  const held = fc.record({ n: whole, sum: whole })
  switch (kind) {
    case 'count':
      if (rule.how === 'tally' && rule.by !== '') {
        return fc.array(fc.tuple(fc.string(), whole)).map((counts) => new Map(counts))
      }
      return whole
    case 'sum':
      return whole.chain((n) => fc.record({ n: fc.constant(n), sum: fc.nat(n * 10_000) }))
    case 'answers':
      return fc
        .array(fc.tuple(fc.integer({ min: 1, max: 5 }), whole))
        .map((found) => new Map(found))
    case 'histogram':
    case 'elapsed':
      return fc.array(fc.nat({ max: 2 ** 31 - 1 })).map(histogramOfValues)
    case 'level':
      return fc.record({ opening: held, closing: held })
    case 'cohort':
      return fc.record({ opening: fc.double({ min: 0, max: 1, noNaN: true }), since: whole })
    case 'distinct':
      return whole.chain((once) => fc.record({ once: fc.constant(once), twice: fc.nat(once) }))
  }
}

function histogramOfValues(values: readonly number[]) {
  const bins = new Map<number | 'zero', number>()
  for (const value of values) bins.set(binOf(value), (bins.get(binOf(value)) ?? 0) + 1)
  const size = (bin: number | 'zero') => (bin === 'zero' ? -Infinity : bin)
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    bins: new Map([...bins].sort(([one], [other]) => size(one) - size(other))),
  }
}

/** What is a part of another's is not more than it; what became of a base is no more than the base. */
function consistent({ parts }: Kpi, drawn: Record<string, unknown>): Readings<Parts> {
  const base = drawn['base'] as Level | undefined
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]): [string, unknown] => {
      const wholes = Object.keys(parts).filter((other) => {
        const found = parts[other]
        return found !== undefined && isWithin(part, found)
      })
      const own = drawn[name]
      if (part.kind === 'cohort') return [name, fateOf(part, own as Fated, base)]
      if (typeof own !== 'number') return [name, own]
      return [name, Math.min(own, ...wholes.map((other) => drawn[other] as number))]
    }),
  )
}

function fateOf({ rule }: Part, drawn: Fated, base: Level | undefined): Fated {
  const held = base?.opening ?? { n: 0, sum: 0 }
  const fate = JSON.stringify(rule)
  const most = /"fate":"(kept|held)"/.test(fate) ? held.sum : held.n
  const sign = /"fate":"(kept|stayed|held)"/.test(fate) ? -1 : 1
  return { opening: sign * Math.round(drawn.opening * most), since: drawn.since }
}

function drawnFor(kpi: Kpi): fc.Arbitrary<Readings<Parts>> {
  const drawn = Object.fromEntries(
    Object.entries(kpi.parts).map(([name, part]) =>
      part.rule.how === 'holding' && part.rule.by !== ''
        ? [name, fc.constant(kpi.example.given[name])]
        : [name, readingOf(part)],
    ),
  )
  return fc.record(drawn).map((readings) => consistent(kpi, readings))
}

test('has every KPI that was promised, and besides only variants under names of their own', () => {
  expect(kpis.map(({ id }) => id).sort()).toEqual([...idsIn(promised), ...idsIn(variants)].sort())
})

test('names every KPI once', () => {
  expect(new Set(kpis.map(({ id }) => id)).size).toBe(kpis.length)
  expect(new Set(kpis.map(({ label }) => label)).size).toBe(kpis.length)
})

test.each([
  ['up', 'nps csat ces win_rate revenue retention_rate nrr grr upsell_rate clv ltv_to_cac'],
  ['down', 'churn_rate mrr_churn cac cost_per_lead sales_cycle stage_length task_time'],
  ['down', 'first_response_time time_to_resolution duplicate_rate reject_rate late_share'],
  ['target', 'open_deals interaction_duration interaction_frequency'],
])('calls it better that goes %s: %s', (direction, ids) => {
  for (const id of idsIn(ids)) expect([id, kpiOf(id).direction]).toEqual([id, direction])
})

describe.each(kpis)('$id', (kpi) => {
  test('gives the value of its worked example', () => {
    expect(exampleOf(kpi).value).toBe(kpi.example.is)
  })

  test('gives the value of its worked example from the counters of days', () => {
    const found = total(kpi, exampleHistory(kpi), exampleWindow(kpi), place)

    expect(found).toMatchObject(exampleOf(kpi))
    expect(found.leftOut).toBeUndefined()
    expect(found.mature).toBe(kpi.matures === undefined ? undefined : true)
    expect(Object.keys(found.parts)).toEqual(Object.keys(kpi.parts))
  })

  test('has a worked example in which every part has its share', () => {
    const empty = nothing(kpi)

    for (const name of Object.keys(kpi.parts)) {
      const without = { ...kpi.example.given, [name]: empty[name] }
      expect(valueOf(kpi, without, kpi.example.previous ?? null), name).not.toEqual(exampleOf(kpi))
    }
  })

  test('says null with a reason when nothing happened, and zero only of a number of things', () => {
    const { value, reason, n, low, high } = valueOf(kpi, nothing(kpi), null)

    expect({ n, low, high }).toEqual({ n: 0, low: null, high: null })
    expect(value).toBe(isAmount(kpi) ? 0 : null)
    if (!isAmount(kpi)) expect(reason).toMatch(/^no_(data|denominator)$/)
  })

  test('keeps its value within its range and within its interval, whatever was counted', () => {
    const [least, most] = kpi.range ?? [-Infinity, Infinity]
    let values = 0
    fc.assert(
      fc.property(drawnFor(kpi), (readings) => {
        const { value, n, low, high, reason } = valueOf(kpi, readings, nothing(kpi))
        expect(reason === undefined).toBe(value !== null)
        expect(low === null).toBe(high === null)
        expect(Number.isFinite(n) && n >= 0).toBe(true)
        if (value === null) {
          expect(low).toBeNull()
          return
        }
        values++
        expect(Number.isFinite(value)).toBe(true)
        expect(value).toBeGreaterThanOrEqual(least)
        expect(value).toBeLessThanOrEqual(most)
        if (low === null || high === null) return
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(Number.isFinite(high - low)).toBe(true)
      }),
      { seed: 1, numRuns: 200 },
    )

    if (kpi.compares !== true) expect(values).toBeGreaterThan(20)
  })

  test('says how its interval is made, where it has one', () => {
    const { low } = exampleOf(kpi)

    if (low !== null) expect(kpi.definition).toMatch(/interval/)
  })

  test('says for how long it can change, where it waits for something to follow', () => {
    const waits = Object.values(kpi.parts).flatMap(({ rule }) =>
      rule.how === 'tally' ? rule.only.filter(({ is }) => is === 'followed' || is === 'led') : [],
    )
    for (const condition of waits) {
      const within = 'within' in condition ? condition.within : null
      if (within === null) expect(kpi.definition).toMatch(/can still|still grows/)
      else expect(kpi.matures).toBe(within / 86_400_000)
    }
    if (kpi.matures !== undefined) expect(kpi.definition).toMatch(`${kpi.matures} days`)
  })

  test('counts facts that the vocabulary has, of kinds that there are', () => {
    const kinds = questions.map((question): string => question.kind)

    for (const subject of reads(kpi)) {
      expect([...vocabulary, 'intake', 'revision']).toContain(subject)
    }
    for (const { rule } of Object.values(kpi.parts)) {
      if ('where' in rule) expect(kinds).toContain(rule.where['kind'] ?? 'nps')
    }
  })

  test('writes its rules as data', () => {
    for (const { rule } of Object.values(kpi.parts)) {
      expect(JSON.parse(JSON.stringify(rule))).toEqual(rule)
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
    expect(kpi.id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
    expect(kpi.definition).toMatch(/^[\p{Lu}\p{Ll}].{20,}[^.]\.$/u)
    expect(kpi.definition).not.toMatch(/ {2}|\n/)
    expect(kpi.source).toMatch(/^[\p{Lu}\d(].{4,}$/u)
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
function answered(id: string, score: number): number | null {
  return valueOf(kpiOf(id), { answers: new Map([[score, 1]]) }, null).value
}

test('takes 9 and 10 for promoters, 7 and 8 for passive, 0 to 6 for detractors', () => {
  const expected = [-100, -100, -100, -100, -100, -100, -100, 0, 0, 100, 100]

  for (const id of ['nps', 'nps_latest']) {
    expect(expected.map((_, score) => answered(id, score))).toEqual(expected)
  }
})

test.each([
  ['csat', [1, 2, 3, 4, 5], [0, 0, 0, 100, 100]],
  ['csat_mean', [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]],
  ['nps5', [1, 2, 3, 4, 5], [-100, -100, 0, 100, 100]],
  ['ces', [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]],
  ['ces_agree', [1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 100, 100, 100]],
])('weighs every answer on its scale: %s', (id, scores, values) => {
  expect(scores.map((score) => answered(id, score))).toEqual(values)
})

test('keeps the answers to other kinds of question out', () => {
  const kindsOf = (id: string) =>
    Object.values(kpiOf(id).parts).map(({ rule }) => ('where' in rule ? rule.where['kind'] : null))

  expect(
    ['nps', 'nps_latest', 'nps5', 'csat', 'csat_mean', 'ces', 'ces_agree'].map(kindsOf),
  ).toEqual([['nps'], ['nps'], ['nps5'], ['csat'], ['csat'], ['ces'], ['ces']])
})

test('reads each subject once, in the order of its parts or of the vocabulary', () => {
  expect(reads(kpiOf('response_rate'))).toEqual(['survey.sent'])
  expect(reads(kpiOf('revenue'))).toEqual(['deal.won', 'order.placed', 'order.refunded'])
  expect(reads(kpiOf('customers'))).toEqual([
    'subscription.started',
    'subscription.changed',
    'subscription.cancelled',
  ])
  expect(reads(kpiOf('late_share'))).toEqual(['intake'])
  expect(reads(kpiOf('revision_rate'))).toEqual(['revision'])
  expect(factTypes([kpiOf('nps'), kpiOf('response_rate')])).toEqual([
    'survey.sent',
    'survey.response',
  ])
})

test('keeps KPIs of one idea apart by name where they count differently', () => {
  const pairs = [
    ['churn_rate', 'churn_rate_incl_new'],
    ['retention_rate', 'retention_simple'],
    ['clv', 'clv_simple'],
    ['time_to_resolution', 'time_to_first_resolution'],
    ['net_new_mrr', 'new_customer_revenue'],
    ['win_rate', 'close_rate'],
  ]

  for (const [one = '', other = ''] of pairs) {
    expect(kpiOf(one).definition).not.toBe(kpiOf(other).definition)
    expect(kpiOf(one).label).not.toBe(kpiOf(other).label)
  }
})
