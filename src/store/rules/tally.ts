import type { FactType } from '../../fact.ts'
import { gamma, zero } from '../../histogram.ts'
import type { Measure, TallyRule } from '../../rule.ts'
import { carriersOf } from './carriers.ts'
import { condition } from './conditions.ts'
import { matches, quoted, unionAll } from './sql.ts'

function measured(measure: Measure): string {
  switch (measure) {
    case 'one':
      return '1'
    case 'value':
      return 'c.value'
    case 'margin':
      return 'c.value - c.cost'
    case 'costed':
      return 'CASE WHEN c.cost IS NOT NULL THEN c.value END'
    default:
      return `c.time - (
        SELECT min(since.time) FROM fact since INDEXED BY fact_thread
        WHERE since.workspace = c.workspace AND since.thread = c.thread
          AND since.type = ${quoted(measure.since)} AND since.replaced IS NULL
          AND since.time <= c.time
      )`
  }
}

function dividedBy(by: string): string {
  if (by === '') return "''"
  return by === 'value' ? 'c.value' : `c.cut ->> ${quoted(by)}`
}

/** The bin of a whole number from 0, as src/histogram.ts finds it. */
export function binOf(value: string): string {
  return `CASE ${value} WHEN 0 THEN ${quoted(zero)} ELSE
      CAST(ceil(round(ln(${value}) / ${Math.log(gamma)}, 9)) AS INTEGER) END`
}

function measuredFacts(type: FactType, rule: TallyRule): string {
  const wanted = [matches('c.cut', rule), ...rule.only.map((one) => condition(type, one))]
  return `
      SELECT workspace, day, cut, ${dividedBy(rule.by)} AS key, ${measured(rule.measure)} AS measure
      FROM ${carriersOf(type)} c
      WHERE c.replaced IS NULL AND ${wanted.join(' AND ')}`
}

/**
 * Cells of equal day, dimensions and key; what they hold follows from what the rule keeps. Measured facts
 * are materialized, or SQLite would look up what they are measured from once for every use of it.
 */
export function tallyCells(name: string, rule: TallyRule): string {
  const bin = rule.keep === 'bins' ? binOf('measure') : "''"
  return `${name}_fact AS MATERIALIZED (
    ${unionAll(rule.types.map((type) => measuredFacts(type, rule)))}
  ),
  ${name} AS MATERIALIZED (
    SELECT
      workspace, day, cut, key || CASE key WHEN '' THEN '' ELSE '/' END AS prefix, key,
      ${bin} AS bin, count(*) AS n, sum(measure) AS total
    FROM ${name}_fact
    WHERE measure IS NOT NULL AND key IS NOT NULL
    GROUP BY cut, key, 6, day, workspace
  )`
}

/** The counters of the cells: workspace, day, dimensions, key, n. */
export function tallyCounters(name: string, { keep }: Pick<TallyRule, 'keep'>): string[] {
  if (keep === 'number') return [`SELECT workspace, day, cut, key, n FROM ${name}`]
  // Bins are many: number and sum are told once, not once a bin.
  const totals = ['n', 'total'].map(
    (column) =>
      `SELECT workspace, day, cut, prefix || '${column === 'n' ? 'n' : 'sum'}' AS key,
        sum(${column}) AS n
      FROM ${name} GROUP BY cut, prefix, day, workspace`,
  )
  if (keep === 'sum') return totals
  return [...totals, `SELECT workspace, day, cut, prefix || 'b/' || bin AS key, n FROM ${name}`]
}
