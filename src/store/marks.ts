import type { Fact, FactType } from '../fact.ts'
import type { Looks } from '../looks.ts'

/** Only days that are closed need a mark: the days after are rolled up by every run. */
const closed = '+fact.day <= (SELECT closed FROM workspace WHERE id = ?1)'

const ownDays = `
  SELECT day, type FROM touched
  WHERE day <= (SELECT closed FROM workspace WHERE id = ?1)`

/** CROSS JOIN and the indexes keep each of them to a few seeks, however long the history is. */
const affectedTypes = (look: 'thread' | 'both') => `
  FROM touched
  CROSS JOIN json_each(?5, '$.${look}') cause
  CROSS JOIN json_each(cause.value) affected`

/** Facts that count before and after: those that are corrected now no longer do. */
const untouched = (alias: string) => `${alias}.replaced IS NULL
        AND (${alias}.source, ${alias}.id) NOT IN (SELECT source, id FROM touched)`

const thread = `
  SELECT fact.day, fact.type ${affectedTypes('thread')}
  CROSS JOIN fact INDEXED BY fact_thread
  WHERE cause.key = touched.type AND fact.workspace = ?1 AND fact.thread = touched.thread
    AND fact.type = affected.value AND ${closed}`

/**
 * The last fact that this one follows may count differently now: what came before that one is followed by
 * that one at the latest.
 */
const both = `
  SELECT fact.day, fact.type ${affectedTypes('both')}
  CROSS JOIN fact INDEXED BY fact_whose
  WHERE cause.key = touched.type AND fact.workspace = ?1 AND fact.entity = touched.entity
    AND fact.subject = touched.subject AND fact.type = affected.value
    AND fact.time = (
      SELECT max(other.time) FROM fact other INDEXED BY fact_whose
      WHERE other.workspace = ?1 AND other.entity = touched.entity AND other.type = affected.value
        AND other.subject = touched.subject AND other.time <= touched.time
        AND ${untouched('other')}
    )
    AND ${closed}`

/** Whoever a thread is said to be of, by a new fact or by any that is known: all that they hold. */
const holder = `
  SELECT fact.day, fact.type
  FROM json_each(?5, '$.holder') held
  CROSS JOIN json_each(held.value) type
  CROSS JOIN (
    SELECT type, type AS begins, entity FROM touched
    UNION
    SELECT touched.type, begun.type, begun.entity
    FROM touched CROSS JOIN fact begun INDEXED BY fact_thread
    WHERE begun.workspace = ?1 AND begun.thread = touched.thread
      AND begun.type IN (SELECT key FROM json_each(?5, '$.holder'))
  ) said ON said.type = type.value AND said.begins = held.key
  CROSS JOIN fact own INDEXED BY fact_whose
  CROSS JOIN json_each(held.value) affected
  CROSS JOIN fact INDEXED BY fact_thread
  WHERE own.workspace = ?1 AND own.type = held.key
    AND own.entity = said.entity
    AND fact.workspace = ?1 AND fact.thread = own.thread AND fact.type = affected.value
    AND ${closed}`

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
const neighbour = (look: 'next' | 'previous') => {
  const [by, direction] = look === 'next' ? ['>', 'ASC'] : ['<', 'DESC']
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
    CROSS JOIN json_each(?5, '$.${look}') look
    CROSS JOIN json_each(json_patch('{"":"","channel":""}', touched.dimensions)) segment
    WHERE look.value ->> 'type' = touched.type AND look.value ->> 'places' > ${offset}
      AND touched.entity IS NOT NULL AND ${passes('touched')}`
  return `
  SELECT day, type FROM (${place(0)} UNION ALL ${place(1)})
  WHERE day <= (SELECT closed FROM workspace WHERE id = ?1)`
}

const next = neighbour('next')
const previous = neighbour('previous')

/** Until whoever came first before has been away for long enough. */
const early = `
  SELECT fact.day, fact.type
  FROM touched
  CROSS JOIN json_each(?5, '$.early') look
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
    AND ${closed}`

/** The lead that a new deal names, and the one that the deal of a sale has named. */
const led = `
  SELECT fact.day, fact.type
  FROM json_each(?5, '$.led') look
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
    AND fact.type = look.value ->> 'from' AND ${closed}`

/** D1 takes no more than five SELECTs in one compound. */
const selectLimit = 5

/** A statement of the intake, with the looks that it asks for in `?5`; `null` where it asks for none. */
export interface Mark {
  readonly sql: string
  readonly looks: Partial<Looks> | null
}

/** A SELECT of days and types, and which looks it asks for. */
type Select = readonly [sql: string, look: keyof Looks | null]

function markOf(selects: readonly Select[], looks: Looks): Mark {
  const asked = selects.flatMap(([, look]) => (look === null ? [] : [[look, looks[look]] as const]))
  return {
    sql: `
  INSERT INTO dirty (workspace, day, type)
  SELECT ?1, day, type FROM (${selects.map(([sql]) => sql).join(' UNION')}) WHERE true
  ON CONFLICT DO NOTHING`,
    looks: asked.length === 0 ? null : Object.fromEntries(asked),
  }
}

/**
 * The marks that these facts may cause; most facts cause but their own day's. A correction may cause any:
 * what it corrects may be of another type, as a deal that is won after all. As few statements as can be,
 * because each finds out anew which of the facts are new.
 */
export function marksOf(facts: readonly Fact[], looks: Looks): Mark[] {
  const types = new Set(facts.map(({ type }) => type))
  const some = (asked: readonly FactType[]) => asked.some((type) => types.has(type))
  const keys = (record: Partial<Record<FactType, unknown>>) => Object.keys(record) as FactType[]
  const owned = facts.some(({ entity }) => entity !== null)
  const held = Object.values(looks.holder).flat()
  const found: [boolean, Select][] = [
    [true, [ownDays, null]],
    [some(keys(looks.thread)), [thread, 'thread']],
    [owned && some(keys(looks.both)), [both, 'both']],
    [some(held), [holder, 'holder']],
    [owned && some(looks.next.map(({ type }) => type)), [next, 'next']],
    [owned && some(looks.previous.map(({ type }) => type)), [previous, 'previous']],
    [owned && some(looks.early.flatMap(({ among }) => among)), [early, 'early']],
    [some(looks.led.flatMap(({ via, to }) => [via, to])), [led, 'led']],
  ]
  const selects = found
    .filter(([wanted]) => wanted || facts.some(corrects))
    .map(([, select]) => select)
  return divided(selects, looks)
}

/** The marks that a fact of any type may cause which no longer counts. */
export function marksOfAny(looks: Looks): Mark[] {
  const others = { thread, both, holder, next, previous, early, led }
  const names = Object.keys(others) as (keyof typeof others)[]
  return divided([[ownDays, null], ...names.map((name): Select => [others[name], name])], looks)
}

function divided(selects: readonly Select[], looks: Looks): Mark[] {
  return [selects.slice(0, selectLimit), selects.slice(selectLimit)]
    .filter((some) => some.length > 0)
    .map((some) => markOf(some, looks))
}

/** Whether a fact takes the place of another one. */
export const corrects = ({ replaces }: Fact): boolean => replaces !== undefined
