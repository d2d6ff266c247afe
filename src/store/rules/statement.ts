import { type FactType, vocabulary } from '../../fact.ts'
import { type Kpi, reads } from '../../kpi.ts'
import { type Holding, type HoldingRule, type Rule, typesOf } from '../../rule.ts'
import { carriers, formerCuts, formerThreads } from './carriers.ts'
import { holdingCounters, holdingStory } from './holding.ts'
import { anonymousCounters, distinctCounters, latestCounters } from './neighbours.ts'
import { listed, quoted, unionAll } from './sql.ts'
import { tallyCells, tallyCounters } from './tally.ts'
import { visitCells } from './visit.ts'

/** A rule that KPIs share, with the dimensions that any of them can be cut by. */
interface Shared {
  readonly name: string
  readonly rule: Rule
  readonly dimensions: Set<string>
}

/** The statement's data besides the days: which counter of which KPI a rule's counters are. */
export interface PartRow {
  readonly rule: string
  readonly kpi: string
  readonly version: number
  readonly part: string
  readonly dimensions: readonly string[]
}

/** What a KPI may have been published under, by the types of its facts. */
export interface KpiRow {
  readonly kpi: string
  readonly version: number
  readonly types: readonly string[]
  readonly dimensions: readonly string[]
  /** Whether values of a dimension that are too many for a day are told together. */
  readonly folds: boolean
}

/** Everything that one run of the statement is made of. */
export interface Compiled {
  /** Common table expressions from the carriers to `counter` (rule, workspace, day, segment or cut, key, n). */
  readonly sql: string
  readonly parts: readonly PartRow[]
  readonly kpis: readonly KpiRow[]
}

/** Compiles the rules of KPIs to SQL, each rule once, however many KPIs share it. */
export function compile(kpis: readonly Kpi[]): Compiled {
  const shared = new Map<string, Shared>()
  const parts: PartRow[] = []
  for (const kpi of kpis) {
    for (const [part, { rule }] of Object.entries(kpi.parts)) {
      if (rule.how === 'revision') continue
      const found = sharedRule(shared, rule)
      for (const dimension of kpi.dimensions) found.dimensions.add(dimension)
      const { id, version, dimensions } = kpi
      parts.push({ rule: found.name, kpi: id, version, part, dimensions })
    }
  }
  const rules = [...shared.values()]
  const types = vocabulary.filter((type) => kpis.some((kpi) => reads(kpi).includes(type)))
  return {
    sql: [
      ...types.map(carriers),
      ...definitions(rules),
      looseCounters(rules),
      tiedCounters(rules),
      former(types, rules),
    ].join(',\n  '),
    parts,
    kpis: kpis.map((kpi) => {
      const { id, version, dimensions } = kpi
      const folds = !Object.values(kpi.parts).some((part) => part.looksBack)
      return { kpi: id, version, types: reads(kpi), dimensions, folds }
    }),
  }
}

function sharedRule(shared: Map<string, Shared>, rule: Rule): Shared {
  const key = JSON.stringify(rule)
  const known = shared.get(key)
  if (known !== undefined) return known
  const found = { name: `rule_${shared.size + 1}`, rule, dimensions: new Set<string>() }
  shared.set(key, found)
  return found
}

/** Tables that rules read their counters from. */
function definitions(rules: readonly Shared[]): string[] {
  const cells = rules.flatMap(({ name, rule }) => {
    if (rule.how === 'tally') return [tallyCells(name, rule)]
    return rule.how === 'visit' ? [visitCells(name, rule)] : []
  })
  return [...cells, ...stories(rules)]
}

function stories(rules: readonly Shared[]): string[] {
  const holdings = new Map<
    string,
    { holding: Holding; rules: HoldingRule[]; dimensions: Set<string> }
  >()
  for (const { rule, dimensions } of rules) {
    if (rule.how !== 'holding') continue
    const { holding } = rule
    const known = holdings.get(holding.name)
    if (known === undefined) {
      holdings.set(holding.name, { holding, rules: [rule], dimensions: new Set(dimensions) })
    } else {
      known.rules.push(rule)
      for (const dimension of dimensions) known.dimensions.add(dimension)
    }
  }
  return [...holdings.values()].map(({ holding, rules: own, dimensions }) =>
    holdingStory(holding, [...new Set(own.map(({ book }) => book))], listed([...dimensions])),
  )
}

/** Whether threads hold for themselves, so that what they hold can be cut afterwards. */
function isOwnHolding(rule: Rule): rule is HoldingRule {
  return rule.how === 'holding' && rule.holding.holder === 'thread'
}

const nothing = (column: string) =>
  `SELECT NULL AS rule, NULL AS workspace, NULL AS day, NULL AS ${column}, NULL AS key, 0 AS n
    WHERE false`

/** Counters that are still to be cut: each belongs to every segment of its dimensions. */
function looseCounters(rules: readonly Shared[]): string {
  const selects = rules.flatMap(({ name, rule }) => {
    if (rule.how === 'tally') return tallyCounters(name, rule).map((select) => named(name, select))
    if (rule.how === 'visit') {
      return tallyCounters(name, { keep: 'bins' }).map((select) => named(name, select))
    }
    if (rule.how === 'intake') return [named(name, intakeCounters(rule.column))]
    if (rule.how === 'latest') return [named(name, anonymousCounters(rule))]
    return isOwnHolding(rule) ? [named(name, holdingCounters(rule))] : []
  })
  return `loose AS MATERIALIZED (${unionAll([...selects, nothing('cut')])})`
}

/** Counters that were told within their segment. */
function tiedCounters(rules: readonly Shared[]): string {
  const selects = rules.flatMap(({ name, rule, dimensions }) => {
    const known = listed([...dimensions])
    if (rule.how === 'distinct') return [named(name, distinctCounters(rule, known))]
    if (rule.how === 'latest') return [named(name, latestCounters(rule, known))]
    if (rule.how !== 'holding' || isOwnHolding(rule)) return []
    return [named(name, holdingCounters(rule))]
  })
  return `tied AS (${unionAll([...selects, nothing('segment')])})`
}

function named(rule: string, select: string): string {
  return `SELECT '${rule}' AS rule, * FROM (${select})`
}

function intakeCounters(column: string): string {
  return `SELECT tally.workspace, tally.day, json_object('source', tally.source) AS cut,
      '' AS key, tally.${column} AS n
    FROM target CROSS JOIN tally
    WHERE tally.workspace = target.workspace AND tally.day = target.day`
}

/** How facts may have been cut before, of days that were rolled up before. */
function former(types: readonly FactType[], rules: readonly Shared[]): string {
  const none = `SELECT NULL AS workspace, NULL AS day, NULL AS type, '{}' AS cut WHERE false`
  const byRules = rules.flatMap(({ rule }) => {
    if (rule.how === 'visit') {
      const { types: visitors, enters, dimension } = rule
      const name = quoted(dimension)
      const cut = `json_object(${name}, other.dimensions ->> ${name})`
      return visitors.map((type) => formerThreads(type, enters, cut))
    }
    const begins = rule.how === 'holding' ? (rule.holding.opens ?? rule.holding.sets) : null
    if (rule.how !== 'holding' || begins === null) return []
    return typesOf(rule.holding).map((type) => formerThreads(type, begins))
  })
  const selects = new Set([...types.flatMap(formerCuts), ...byRules, none])
  return `former AS MATERIALIZED (
    SELECT DISTINCT workspace, day, type, cut FROM (${unionAll([...selects])})
  )`
}
