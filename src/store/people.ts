import type { Mention } from '../mention.ts'
import { bare } from './bare.ts'
import { emptyDelivery, emptyMentioning, endOfStretch, mentions } from './mentions.ts'

/** Who is to be erased, by all names that are known of them. */
export interface Erasure {
  readonly workspace: string
  /** The names, each with the one that takes its place in facts: random, so that it leads nowhere. */
  readonly names: readonly { readonly name: string; readonly as: string }[]
  /** SHA-256 of addresses, as invitations have them. */
  readonly mails: readonly string[]
  readonly mention: Mention
  /** The tombstone of each name. */
  readonly tombstones: readonly string[]
  /** The tombstones that who is asked for may have had before: by every key there is. */
  readonly known: readonly string[]
  readonly now: number
}

/** How many rows were emptied. */
export interface Erased {
  readonly facts: number
  readonly deliveries: number
  readonly invitations: number
  readonly provisional: number
}

/** Where looking through deliveries has stopped. */
export interface Place {
  readonly source: string
  readonly id: string
}

/** Which of these tombstones there are. */
export async function readTombstones(
  db: D1Database,
  workspace: string,
  asked: readonly string[],
): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `SELECT person FROM tombstone
       WHERE workspace = ?1 AND person IN (SELECT value FROM json_each(?2))`,
    )
    .bind(workspace, JSON.stringify(asked))
    .all<{ person: string }>()
  return new Set(results.map(({ person }) => person))
}

/** What invitations know of somebody: by which names, and which addresses, they were invited. */
export async function readInvited(
  db: D1Database,
  workspace: string,
  names: readonly string[],
  mails: readonly string[],
): Promise<{ names: string[]; mails: string[] }> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT recipient, mail FROM invitation
       WHERE workspace = ?1 AND (
         recipient IN (SELECT value FROM json_each(?2))
         OR mail IN (SELECT value FROM json_each(?3))
       ) AND recipient <> ''`,
    )
    .bind(workspace, JSON.stringify(names), JSON.stringify(mails))
    .all<{ recipient: string; mail: string | null }>()
  return {
    names: results.map(({ recipient }) => recipient),
    mails: results.flatMap(({ mail }) => (mail === null ? [] : [mail])),
  }
}

/** The names of `?2`, each with what takes its place. */
const person = `(
    SELECT value ->> 'name' AS name, value ->> 'as' AS stand FROM json_each(?2)
  ) person`

const names = `(SELECT value ->> 'name' FROM json_each(?2))`

/** Segments that are called as the person, while their facts still say which: nobody else is in them. */
const dropSegments = `
  DELETE FROM snapshot
  WHERE (workspace, kpi, version, segment) IN (
    SELECT ?1, kpi.id, kpi.version, called.segment
    FROM (
      SELECT DISTINCT property.key || ':' || property.value AS segment
      FROM ${person} CROSS JOIN fact INDEXED BY fact_whose
      CROSS JOIN json_each(fact.dimensions) property
      WHERE fact.workspace = ?1 AND fact.entity = person.name
        AND substr(property.key, 1, 2) = 'p.'
        AND lower(property.value) IN (SELECT lower(value ->> 'name') FROM json_each(?2))
    ) called CROSS JOIN kpi
  )`

/** Whose they are: what looks from one of their facts to the next finds it as before. */
const renameFacts = `
  UPDATE fact INDEXED BY fact_whose SET
    entity = person.stand,
    subject = CASE WHEN subject = entity THEN person.stand ELSE subject END,
    data = '{}',
    dimensions = CASE
      WHEN type IN ('survey.response', 'survey.sent') THEN ${bare('fact.dimensions')}
      ELSE dimensions
    END
  FROM ${person}
  WHERE fact.workspace = ?1 AND fact.entity = person.name`

/** Visitors are nobody's: they are looked for among all visits. */
const renameVisitors = `
  UPDATE fact SET subject = person.stand
  FROM ${person}
  WHERE fact.workspace = ?1 AND fact.type = 'visit.started' AND fact.subject = person.name`

/** A lead's thread is what deals find it by. */
const renameLeads = `
  UPDATE fact INDEXED BY fact_thread SET subject = person.stand, thread = 'lead:' || person.stand
  FROM ${person}
  WHERE fact.workspace = ?1 AND fact.thread = 'lead:' || person.name`

/** Tickets and deals say whose they are beside what counts. */
const emptyCustomers = `
  UPDATE fact SET data = '{}'
  WHERE workspace = ?1 AND type IN ('ticket.created', 'deal.created')
    AND data ->> 'customer' IN ${names}`

/** What told the facts that have just been renamed. */
const emptyTellers = `
  UPDATE identity SET ${emptyDelivery}
  WHERE (workspace, source, id) IN (
    SELECT ?1, fact.source, coalesce(fact.delivery, fact.id)
    FROM ${person} CROSS JOIN fact INDEXED BY fact_whose
    WHERE fact.workspace = ?1 AND fact.entity = person.stand
  ) AND body IS NOT NULL`

const invited = `(
    recipient IN ${names} OR mail IN (SELECT value FROM json_each(?3))
  )`

/** The score and the time stay, as they do in a fact. */
const emptyProvisional = `
  UPDATE provisional SET
    fact = json_set(
      json_remove(fact, '$.invitation'), '$.entity', NULL, '$.data', json('{}'),
      '$.dimensions', json(${bare("provisional.fact -> 'dimensions'")})
    ),
    state = CASE state WHEN 'provisional' THEN 'discarded' ELSE state END
  WHERE workspace = ?1 AND (
    fact ->> 'entity' IN ${names} OR ${mentions('fact', '?4')}
    OR fact ->> 'invitation' IN (SELECT id FROM invitation WHERE workspace = ?1 AND ${invited})
  )`

const emptyInvitations = `
  UPDATE invitation SET
    recipient = '', mail = NULL, properties = '{}', revoked = coalesce(revoked, ?4)
  WHERE workspace = ?1 AND ${invited}`

const emptyMemory = `
  DELETE FROM memory
  WHERE workspace = ?1 AND (${mentions('value', '?2')} OR ${mentions('name', '?2')})`

const countPerson = `
  UPDATE workspace SET erased = erased + 1
  WHERE id = ?1 AND NOT EXISTS (
    SELECT 1 FROM tombstone
    WHERE workspace = ?1 AND person IN (SELECT value FROM json_each(?2))
  )`

const setTombstones = `
  INSERT INTO tombstone (workspace, person, created)
  SELECT ?1, value, ?3 FROM json_each(?2) WHERE true
  ON CONFLICT DO NOTHING`

/** Deliveries that were read before anybody had been erased are read again. */
const outdateSources = `UPDATE source SET version = version + 1 WHERE workspace = ?1`

/**
 * Erases somebody from all that is found by name, in one transaction; from then on whoever is called so is
 * anonymous. Repeating it finds nothing more. Bodies that name them besides are {@link emptyBodies}'s.
 */
export async function erase(db: D1Database, erasure: Erasure): Promise<Erased> {
  const { workspace, now } = erasure
  const called = JSON.stringify(erasure.names)
  const mails = JSON.stringify(erasure.mails)
  const mention = JSON.stringify(erasure.mention)
  const run = (sql: string, ...values: (string | number)[]) =>
    db.prepare(sql).bind(workspace, ...values)
  const [, ...results] = await db.batch([
    run(dropSegments, called),
    run(renameFacts, called),
    run(renameVisitors, called),
    run(renameLeads, called),
    run(emptyCustomers, called),
    run(emptyTellers, called),
    run(emptyProvisional, called, mails, mention),
    run(emptyInvitations, called, mails, now),
    run(emptyMemory, mention),
    run(countPerson, JSON.stringify(erasure.known)),
    run(setTombstones, JSON.stringify(erasure.tombstones), now),
    run(outdateSources),
  ])
  const [facts, visitors, leads, customers, deliveries, provisional, invitations] = results.map(
    ({ meta }) => meta.changes,
  )
  const sum = [facts, visitors, leads, customers].reduce<number>((all, n = 0) => all + n, 0)
  return {
    facts: sum,
    deliveries: deliveries ?? 0,
    provisional: provisional ?? 0,
    invitations: invitations ?? 0,
  }
}

/** Names of deliveries that are looked through by one statement: their bodies are read. */
export const namesAtOnce = 2_000

/**
 * Empties the bodies of deliveries that name somebody, whatever they tell, from after a place.
 *
 * @param stretches how many statements that may take, two each.
 * @returns how many, and where to go on; `null` where all have been looked through.
 */
export async function emptyBodies(
  db: D1Database,
  { workspace, mention }: Pick<Erasure, 'workspace' | 'mention'>,
  from: Place | null,
  { stretches, names: atOnce = namesAtOnce }: { stretches: number; names?: number },
): Promise<{ emptied: number; next: Place | null }> {
  const json = JSON.stringify(mention)
  let emptied = 0
  let place = from ?? { source: '', id: '' }
  for (let done = 0; done < stretches; done++) {
    const bound = [workspace, json, place.source, place.id, atOnce]
    const [updated, end] = await db.batch<Place>([
      db.prepare(emptyMentioning).bind(...bound),
      db.prepare(endOfStretch).bind(...bound),
    ])
    emptied += updated?.meta.changes ?? 0
    const [next] = end?.results ?? []
    if (next === undefined) return { emptied, next: null }
    place = next
  }
  return { emptied, next: place }
}
