import type { FactType } from '../../fact.ts'
import { never } from '../../part.ts'
import type { DistinctRule, Filter, LatestRule } from '../../rule.ts'
import { carriersOf } from './carriers.ts'
import { dimensionOf, matches, ordered, quoted, unionAll } from './sql.ts'

/**
 * One row per fact and cut of it: what comes before and after a fact is asked within the segment, because
 * that is what an analyst would count who looks at nothing else.
 */
function segments(type: FactType, dimensions: string, filter: Filter): string {
  return `FROM ${carriersOf(type)} c
    CROSS JOIN json_each(json_patch('{"":""}', c.cut)) segment
    WHERE c.replaced IS NULL AND ${matches('c.cut', filter)}
      AND (
        segment.key = '' OR substr(segment.key, 1, 2) = 'p.' OR segment.key IN (${dimensions})
      )`
}

const segmentName = `CASE segment.key WHEN '' THEN '' ELSE segment.key || ':' || segment.value END`

/**
 * The day of the entity's fact so many places before, or after, in the segment. Ordered as the index is,
 * which spares a sort: facts of one instant are of one day.
 */
function dayOf(type: FactType, filter: Filter, by: '<' | '>', place: number): string {
  const direction = by === '<' ? 'DESC' : 'ASC'
  return `coalesce((
        SELECT other.day FROM fact other INDEXED BY fact_whose
        WHERE other.workspace = c.workspace AND other.entity = c.entity
          AND other.type = ${quoted(type)} AND other.replaced IS NULL
          AND ${matches('other.dimensions', filter)}
          AND (
            segment.key = '' OR ${dimensionOf('other', type, 'segment.key')} = segment.value
          )
          AND ${ordered(['other', type], by, ['c', type])}
        ORDER BY other.time ${direction}, other.day ${direction}, other.source ${direction},
          other.id ${direction}
        LIMIT 1 OFFSET ${place - 1}
      ), ${quoted(never)})`
}

/** Materialized, or SQLite would look up every neighbour twice. */
function counted(select: string): string {
  return `SELECT * FROM (
      WITH found AS MATERIALIZED (${select})
      SELECT workspace, day, segment, key, count(*) AS n FROM found
      GROUP BY key, segment, day, workspace
    )`
}

/** Counters by segment: workspace, day, segment, key, n. Facts of nobody are nobody's. */
export function distinctCounters(rule: DistinctRule, dimensions: string): string {
  const [type] = rule.types
  const places = Array.from({ length: rule.back }, (_, index) => index + 1)
  const selects = places.map(
    (place) => `
      SELECT c.workspace, c.day, ${segmentName} AS segment,
        '${place}/' || ${dayOf(type, rule, '<', place)} AS key
      ${segments(type, dimensions, rule)} AND c.entity IS NOT NULL`,
  )
  return counted(unionAll(selects))
}

/** Counters by segment of the answers that are somebody's. */
export function latestCounters(rule: LatestRule, dimensions: string): string {
  const [type] = rule.types
  return counted(`
      SELECT c.workspace, c.day, ${segmentName} AS segment,
        c.value || '/' || ${dayOf(type, rule, '>', 1)} AS key
      ${segments(type, dimensions, rule)} AND c.entity IS NOT NULL`)
}

/** Counters, still to be cut, of anonymous answers: there is no next one in any segment. */
export function anonymousCounters(rule: LatestRule): string {
  const [type] = rule.types
  return `SELECT workspace, day, cut, value || '/${never}' AS key, count(*) AS n
    FROM ${carriersOf(type)} c
    WHERE c.replaced IS NULL AND c.entity IS NULL AND ${matches('c.cut', rule)}
    GROUP BY cut, value, day, workspace`
}
