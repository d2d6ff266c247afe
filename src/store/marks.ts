import type { Fact, FactType } from '../fact.ts'
import type { Looks } from '../looks.ts'

/** A statement of the intake with what it is bound to besides the facts: `?5`. */
export interface Mark {
  readonly sql: string
  readonly data: unknown
}

/** Only days that are closed need a mark: the days after are rolled up by every run. */
const closed = '+fact.day <= (SELECT closed FROM workspace WHERE id = ?1)'

const mark = (select: string) => `
  INSERT INTO dirty (workspace, day, type)
  ${select}
  ON CONFLICT DO NOTHING`

const ownDays = mark(`
  SELECT DISTINCT ?1, day, type FROM touched
  WHERE day <= (SELECT closed FROM workspace WHERE id = ?1)`)

/** CROSS JOIN and the indexes keep each of them to a few seeks, however long the history is. */
const affectedTypes = `
  FROM touched
  CROSS JOIN json_each(?5) cause
  CROSS JOIN json_each(cause.value) affected`

/** Facts that count before and after: those that are corrected now no longer do. */
const untouched = (alias: string) => `${alias}.replaced IS NULL
        AND (${alias}.source, ${alias}.id) NOT IN (SELECT source, id FROM touched)`

const thread = mark(`
  SELECT DISTINCT ?1, fact.day, fact.type ${affectedTypes}
  CROSS JOIN fact INDEXED BY fact_thread
  WHERE cause.key = touched.type AND fact.workspace = ?1 AND fact.thread = touched.thread
    AND fact.type = affected.value AND ${closed}`)

/**
 * The last fact that this one follows may count differently now: what came before that one is followed by
 * that one at the latest.
 */
const both = mark(`
  SELECT DISTINCT ?1, fact.day, fact.type ${affectedTypes}
  CROSS JOIN fact INDEXED BY fact_whose
  WHERE cause.key = touched.type AND fact.workspace = ?1 AND fact.entity = touched.entity
    AND fact.subject = touched.subject AND fact.type = affected.value
    AND fact.time = (
      SELECT max(other.time) FROM fact other INDEXED BY fact_whose
      WHERE other.workspace = ?1 AND other.entity = touched.entity AND other.type = affected.value
        AND other.subject = touched.subject AND other.time <= touched.time
        AND ${untouched('other')}
    )
    AND ${closed}`)

/** Whoever a thread is said to be of, by a new fact or by any that is known: all that they hold. */
const holder = mark(`
  SELECT DISTINCT ?1, fact.day, fact.type
  FROM json_each(?5) held
  CROSS JOIN json_each(held.value) type
  CROSS JOIN (
    SELECT type, type AS begins, entity FROM touched
    UNION
    SELECT touched.type, begun.type, begun.entity
    FROM touched CROSS JOIN fact begun INDEXED BY fact_thread
    WHERE begun.workspace = ?1 AND begun.thread = touched.thread
      AND begun.type IN (SELECT key FROM json_each(?5))
  ) said ON said.type = type.value AND said.begins = held.key
  CROSS JOIN fact own INDEXED BY fact_whose
  CROSS JOIN json_each(held.value) affected
  CROSS JOIN fact INDEXED BY fact_thread
  WHERE own.workspace = ?1 AND own.type = held.key
    AND own.entity = said.entity
    AND fact.workspace = ?1 AND fact.thread = own.thread AND fact.type = affected.value
    AND ${closed}`)

/** Whether a fact is one that a look looks at. */
const passes = (alias: string) => `NOT EXISTS (
          SELECT 1 FROM json_each(look.value, '$.where') wanted
          WHERE ${alias}.dimensions ->> wanted.key IS NOT wanted.value
        )
        AND NOT EXISTS (
          SELECT 1 FROM json_each(look.value, '$.unless') unwanted
          WHERE ${alias}.dimensions ->> unwanted.key IS unwanted.value
        )`

/**
 * In each segment of the fact by itself: there the next one may be another. A fact without a channel is
 * in a segment with the others that have none.
 */
const neighbour = (by: '<' | '>') => {
  const direction = by === '<' ? 'DESC' : 'ASC'
  const place = (offset: number) => `
    SELECT touched.type, (
      SELECT fact.day FROM fact INDEXED BY fact_whose
      WHERE fact.workspace = ?1 AND fact.entity = touched.entity AND fact.type = touched.type
        AND fact.time ${by}= touched.time
        AND (fact.time, fact.source, fact.id) ${by} (touched.time, touched.source, touched.id)
        AND fact.replaced IS NULL
        AND ${passes('fact')}
        AND (
          segment.key = '' OR coalesce(fact.dimensions ->> segment.key, '') = segment.value
        )
      ORDER BY fact.time ${direction}, fact.source ${direction}, fact.id ${direction}
      LIMIT 1 OFFSET ${offset}
    ) AS day
    FROM touched
    CROSS JOIN json_each(?5) look
    CROSS JOIN json_each(json_patch('{"":"","channel":""}', touched.dimensions)) segment
    WHERE look.value ->> 'type' = touched.type AND look.value ->> 'places' > ${offset}
      AND touched.entity IS NOT NULL AND ${passes('touched')}`
  return mark(`
  SELECT DISTINCT ?1, day, type FROM (${place(0)} UNION ALL ${place(1)})
  WHERE day <= (SELECT closed FROM workspace WHERE id = ?1)`)
}

/** Until whoever came first before has been away for long enough. */
const early = mark(`
  SELECT DISTINCT ?1, fact.day, fact.type
  FROM touched
  CROSS JOIN json_each(?5) look
  CROSS JOIN json_each(look.value -> 'among') type
  CROSS JOIN json_each(look.value -> 'among') affected
  CROSS JOIN fact INDEXED BY fact_whose
  WHERE type.value = touched.type AND fact.workspace = ?1 AND fact.entity = touched.entity
    AND fact.type = affected.value AND fact.time >= touched.time
    AND fact.time <= (look.value ->> 'within') + max(touched.time, coalesce((
      SELECT min(other.time) FROM fact other INDEXED BY fact_whose
      WHERE other.workspace = ?1 AND other.entity = touched.entity
        AND other.type IN (SELECT value FROM json_each(look.value -> 'among'))
        AND other.value > 0 AND ${untouched('other')}
    ), ${Number.MAX_SAFE_INTEGER - 1e13}))
    AND ${closed}`)

/** The lead that a new deal names, and the one that the deal of a sale has named. */
const led = mark(`
  SELECT DISTINCT ?1, fact.day, fact.type
  FROM json_each(?5) look
  CROSS JOIN touched
  CROSS JOIN (
    SELECT touched.type AS via, touched.entity AS subject, touched.source, touched.id FROM touched
    UNION ALL
    SELECT via.type, via.entity, touched.source, touched.id
    FROM touched CROSS JOIN fact via INDEXED BY fact_thread
    WHERE via.workspace = ?1 AND via.thread = touched.thread AND via.type <> touched.type
  ) named ON named.source = touched.source AND named.id = touched.id
    AND named.via = look.value ->> 'via'
  CROSS JOIN fact INDEXED BY fact_thread
  WHERE touched.type IN (look.value ->> 'via', look.value ->> 'to')
    AND fact.workspace = ?1 AND fact.thread = 'lead:' || named.subject
    AND fact.type = look.value ->> 'from' AND ${closed}`)

/**
 * The marks that these facts may cause; most facts cause but their own day's. A correction may cause any:
 * what it corrects may be of another type, as a deal that is won after all.
 */
export function marksOf(facts: readonly Fact[], looks: Looks): Mark[] {
  const types = new Set(facts.map(({ type }) => type))
  const some = (asked: readonly FactType[]) => asked.some((type) => types.has(type))
  const keys = (record: Partial<Record<FactType, unknown>>) => Object.keys(record) as FactType[]
  const owned = facts.some(({ entity }) => entity !== null)
  const held = Object.values(looks.holder).flat()
  const found: [boolean, Mark][] = [
    [true, { sql: ownDays, data: null }],
    [some(keys(looks.thread)), { sql: thread, data: looks.thread }],
    [owned && some(keys(looks.both)), { sql: both, data: looks.both }],
    [some(held), { sql: holder, data: looks.holder }],
    [owned && some(looks.next.map(({ type }) => type)), { sql: neighbour('>'), data: looks.next }],
    [
      owned && some(looks.previous.map(({ type }) => type)),
      { sql: neighbour('<'), data: looks.previous },
    ],
    [owned && some(looks.early.flatMap(({ among }) => among)), { sql: early, data: looks.early }],
    [some(looks.led.flatMap(({ via, to }) => [via, to])), { sql: led, data: looks.led }],
  ]
  const corrects = facts.some(({ replaces }) => replaces !== undefined)
  return found.filter(([wanted]) => wanted || corrects).map(([, one]) => one)
}
