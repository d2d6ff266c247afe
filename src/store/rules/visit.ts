import type { VisitRule } from '../../rule.ts'
import { carriersOf } from './carriers.ts'
import { listed, quoted, rankIn, unionAll } from './sql.ts'
import { binOf } from './tally.ts'

/**
 * Where each thread that has a fact on a target day was before, and since when, told from its whole
 * story. A fact that says the same place again is no move.
 */
export function visitCells(name: string, { types, enters, dimension }: VisitRule): string {
  const threads = types.map((type) => `SELECT workspace, thread FROM ${carriersOf(type)}`)
  const leavers = types.map((type) => `SELECT * FROM ${carriersOf(type)} WHERE replaced IS NULL`)
  const order = `PARTITION BY workspace, thread ORDER BY time, rank, source, id`
  return `${name}_story AS (
    SELECT
      fact.workspace, fact.thread, fact.type, fact.day, fact.time, fact.source, fact.id,
      ${rankIn('fact', types)} AS rank,
      CASE fact.type WHEN ${quoted(enters)} THEN fact.dimensions ->> ${quoted(dimension)} END AS place
    FROM (SELECT DISTINCT workspace, thread FROM (${unionAll(threads)})) touched
    CROSS JOIN fact INDEXED BY fact_thread
    WHERE fact.workspace = touched.workspace AND fact.thread = touched.thread
      AND fact.type IN (${listed(types)}) AND fact.replaced IS NULL
  ),
  ${name}_move AS (
    SELECT *, lag(place) OVER (${order}) AS was FROM ${name}_story
  ),
  ${name}_stay AS (
    SELECT
      *,
      max(CASE WHEN place IS NOT was THEN time END) OVER (
        ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS entered
    FROM ${name}_move
  ),
  ${name} AS MATERIALIZED (
    SELECT workspace, day, cut, ${binOf('measure')} AS bin, '' AS prefix, count(*) AS n,
      sum(measure) AS total
    FROM (
      SELECT
        c.workspace, c.day,
        json_patch(c.cut, json_object(${quoted(dimension)}, stay.was)) AS cut,
        stay.time - stay.entered AS measure
      FROM (${unionAll(leavers)}) c
      JOIN ${name}_stay stay ON stay.workspace = c.workspace AND stay.thread = c.thread
        AND stay.type = c.type AND stay.source = c.source AND stay.id = c.id
      WHERE stay.was IS NOT NULL AND stay.place IS NOT stay.was
    )
    GROUP BY cut, 4, day, workspace
  )`
}
