import { type FactType, attributed, origins } from '../../fact.ts'
import { quoted } from './sql.ts'

/** The name of the facts of a type on the days of a run. */
export function carriersOf(type: FactType): string {
  return `carrier_${type.replace('.', '_')}`
}

const unattributed = `'{"channel":"unattributed"}'`

/** Dimensions with those of the thread's beginning below them, and the channel below those. */
function inherited(type: FactType, own: string, beginning: string | null): string {
  const merged = beginning === null ? own : `json_patch(${beginning}, ${own})`
  return attributed.has(type) ? `json_patch(${unattributed}, ${merged})` : merged
}

function firstOrigin(origin: FactType): string {
  return `coalesce((
        SELECT origin.dimensions FROM fact origin INDEXED BY fact_thread
        WHERE origin.workspace = fact.workspace AND origin.thread = fact.thread
          AND origin.type = ${quoted(origin)} AND origin.replaced IS NULL
        ORDER BY origin.time, origin.day, origin.source, origin.id LIMIT 1
      ), '{}')`
}

/**
 * The facts of one type on the target days, corrected ones among them, with the dimensions they count
 * under. CROSS JOIN keeps SQLite to one stretch of the table per day, however long the history is. A
 * closed day is read whole, so that a run that began earlier cannot take back what a later one has seen.
 */
export function carriers(type: FactType): string {
  const origin = origins[type]
  const beginning = origin === undefined ? null : firstOrigin(origin)
  return `${carriersOf(type)} AS MATERIALIZED (
    SELECT
      fact.workspace, fact.type, fact.day, fact.time, fact.source, fact.id, fact.subject,
      fact.thread, fact.entity, fact.value, fact.cost, fact.replaced, fact.dimensions,
      target.known,
      ${inherited(type, 'fact.dimensions', beginning)} AS cut
    FROM target CROSS JOIN fact
    WHERE fact.workspace = target.workspace AND fact.type = ${quoted(type)}
      AND fact.day = target.day AND (fact.time <= ?3 OR target.day <= target.closed)
  )`
}

/**
 * The dimensions under which facts of a type may have been counted by an earlier run: their own, and in
 * threads those of every beginning. What was published for them and is no more must be written again, if
 * only as nothing; of days that are rolled up for the first time there is no such.
 */
export function formerCuts(type: FactType): string[] {
  const origin = origins[type]
  const own = `
    SELECT workspace, day, type, ${inherited(type, 'c.dimensions', null)} AS cut
    FROM ${carriersOf(type)} c WHERE c.known`
  return origin === undefined ? [own] : [own, formerThreads(type, origin)]
}

/** The same for what is cut by other facts of the thread, called `other`. */
export function formerThreads(
  type: FactType,
  others: FactType,
  cut = inherited(others, 'other.dimensions', null),
): string {
  return `
    SELECT c.workspace, c.day, c.type, ${cut} AS cut
    FROM ${carriersOf(type)} c CROSS JOIN fact other INDEXED BY fact_thread
    WHERE c.known AND other.workspace = c.workspace AND other.thread = c.thread
      AND other.type = ${quoted(others)}`
}
