import { and, desc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { AlertFormat, AlertRule, Finding, OutboxState } from '../alert.ts'
import type { Day } from '../day.ts'
import { tight } from './tight.ts'

/** What an alert has found when it looked at a day; `null` where that is nothing. */
export interface Looked {
  readonly alert: string
  readonly workspace: string
  readonly day: Day
  readonly found: { readonly subject: string; readonly finding: Finding } | null
}

/** What was looked at has been found with these; a subject that is known was found before. */
const insertFound = `
  INSERT INTO outbox (alert, subject, workspace, finding, created, state, due)
  SELECT value ->> 'alert', value -> 'found' ->> 'subject', value ->> 'workspace',
    value -> 'found' -> 'finding', ?2, 'waiting', ?2
  FROM json_each(?1)
  WHERE value ->> 'found' IS NOT NULL
    AND EXISTS (SELECT 1 FROM alert WHERE id = value ->> 'alert')
  UNION ALL
  SELECT alert.id, source.id || ' ' || source.silent, source.workspace,
    json_object('kind', 'source', 'source', source.id, 'name', source.name, 'since', source.silent),
    ?2, 'waiting', ?2
  FROM source JOIN alert ON alert.workspace = source.workspace AND alert.kind = 'source'
  WHERE source.silent IS NOT NULL AND coalesce(alert.rule ->> 'source', source.id) = source.id
  ON CONFLICT DO NOTHING`

const markChecked = `
  UPDATE alert SET checked = looked.day
  FROM (SELECT value ->> 'alert' AS id, value ->> 'day' AS day FROM json_each(?1)) looked
  WHERE alert.id = looked.id AND alert.checked < looked.day`

/** Writes what was found, and which sources are silent, in one transaction: however often, once. */
export async function writeFound(
  db: D1Database,
  looked: readonly Looked[],
  now: number,
): Promise<void> {
  const json = JSON.stringify(looked)
  const write = db.prepare(tight(insertFound)).bind(json, now)
  const mark = db.prepare(tight(markChecked)).bind(json)
  await db.batch(looked.length === 0 ? [write] : [write, mark])
}

/** Something to be sent, with all that sending needs. */
export interface Outgoing {
  readonly alert: string
  readonly subject: string
  readonly workspace: string
  readonly finding: Finding
  readonly created: number
  /** This one counted. */
  readonly attempts: number
  readonly name: string
  readonly rule: AlertRule
  readonly format: AlertFormat
  readonly target: string
  readonly currency: string
  /** What the respondent has written, where the alert asks for it and it is still known. */
  readonly comment: string | null
}

/** Nobody else takes it for so long, in milliseconds; whoever dies while sending leaves it to the next. */
const lease = 120_000

/** Each source has a cool-down of its own: what is told of one says nothing of another. */
const about = (row: string) =>
  `CASE ${row}.finding ->> 'kind' WHEN 'source' THEN ${row}.finding ->> 'source' END`

/** The answer of a finding as it counts now: as it was given first, or the correction of it. */
const answers = (row: string) => [
  `FROM fact WHERE fact.workspace = ${row}.workspace AND fact.type = 'survey.response'
    AND fact.day = ${row}.finding ->> 'day' AND fact.source = ${row}.finding ->> 'source'
    AND fact.id = ${row}.finding ->> 'id' AND fact.replaced IS NULL`,
  `FROM fact INDEXED BY fact_replaces WHERE fact.workspace = ${row}.workspace
    AND fact.source = ${row}.finding ->> 'source'
    AND fact.replaces = substr(${row}.subject, length(${row}.finding ->> 'source') + 2)
    AND fact.replaced IS NULL`,
]

/**
 * What is found while an alert is to be quiet is kept, and not told; what is being retried is not new.
 * Nor is a detractor told of whose answer has been withdrawn or corrected to something better.
 */
const mute = `
  UPDATE outbox SET state = 'muted', due = ?1
  WHERE state = 'waiting' AND due <= ?1 AND (
    attempts = 0 AND EXISTS (
      SELECT 1 FROM alert JOIN outbox told ON told.alert = alert.id
      WHERE alert.id = outbox.alert AND told.state = 'delivered'
        AND told.due > ?1 - alert.cooldown * 3600000 AND ${about('told')} IS ${about('outbox')}
    )
    OR finding ->> 'kind' = 'detractor' AND ${answers('outbox')
      .map((from) => `NOT EXISTS (SELECT 1 ${from} AND fact.value BETWEEN 0 AND 6)`)
      .join(' AND ')}
  )`

/** Of what a cool-down separates one is told: the others wait until it has been, and are muted then. */
const claim = `
  UPDATE outbox SET attempts = attempts + 1, due = ?1 + ${lease}
  WHERE (alert, subject) IN (
    SELECT alert, subject FROM (
      SELECT waiting.alert, waiting.subject, waiting.due,
        row_number() OVER (
          PARTITION BY waiting.alert, ${about('waiting')} ORDER BY waiting.due, waiting.subject
        ) AS place,
        alert.cooldown
      FROM outbox waiting JOIN alert ON alert.id = waiting.alert
      WHERE waiting.state = 'waiting' AND waiting.due <= ?1 AND (
        alert.cooldown = 0 OR NOT EXISTS (
          SELECT 1 FROM outbox tried
          WHERE tried.alert = waiting.alert AND tried.state = 'waiting' AND tried.attempts > 0
            AND tried.due > ?1 AND ${about('tried')} IS ${about('waiting')}
        )
      )
    )
    WHERE place = 1 OR cooldown = 0
    ORDER BY due, alert, subject LIMIT ?2
  )
  RETURNING alert, subject, workspace, finding, created, attempts`

const readClaimed = `
  SELECT taken.alert, taken.subject, alert.name, alert.rule, alert.format, alert.target,
    workspace.currency,
    CASE WHEN alert.rule ->> 'comment' = 1 THEN coalesce(${answers('taken')
      .map((from) => `(SELECT fact.data ->> 'comment' ${from})`)
      .join(', ')}) END AS comment
  FROM (
    SELECT value ->> 'alert' AS alert, value ->> 'subject' AS subject,
      value ->> 'workspace' AS workspace, value -> 'finding' AS finding
    FROM json_each(?1)
  ) taken
  JOIN alert ON alert.id = taken.alert
  JOIN workspace ON workspace.id = alert.workspace`

/** A finding as it is claimed, its JSON still a text. */
interface Claimed extends Omit<Outgoing, 'finding' | 'rule'> {
  readonly finding: string
  readonly rule: string
}

/**
 * Takes what is due to be sent, and nobody else can for as long as that may take. What an alert has found
 * during its cool-down is not told.
 *
 * @param limit so many at most.
 */
export async function claimOutgoing(
  db: D1Database,
  now: number,
  limit: number,
): Promise<Outgoing[]> {
  const [, taken] = await db.batch<Claimed>([
    db.prepare(tight(mute)).bind(now),
    db.prepare(tight(claim)).bind(now, limit),
  ])
  const claimed = (taken?.results ?? []).map((row) => {
    return { ...row, finding: JSON.parse(row.finding) as Finding }
  })
  if (claimed.length === 0) return []
  const { results } = await db
    .prepare(tight(readClaimed))
    .bind(JSON.stringify(claimed))
    .all<Claimed>()
  const byPlace = new Map(results.map((row) => [`${row.alert} ${row.subject}`, row]))
  return claimed.flatMap((row) => {
    const more = byPlace.get(`${row.alert} ${row.subject}`)
    if (more === undefined) return []
    return [{ ...more, ...row, rule: JSON.parse(more.rule) as AlertRule }]
  })
}

/** What became of an attempt. */
export interface Attempt {
  readonly alert: string
  readonly subject: string
  readonly state: Exclude<OutboxState, 'muted'>
  /** When to try next; of what is settled, when it was. */
  readonly due: number
  /** Of the answer; `null` where there was none, and `error` then says why. */
  readonly status: number | null
  readonly error: string | null
}

/** What was settled longer ago is nobody's business any more, in milliseconds. */
const kept = 90 * 86_400_000

const settle = `
  UPDATE outbox SET state = tried.state, due = tried.due, status = tried.status, error = tried.error
  FROM (
    SELECT value ->> 'alert' AS alert, value ->> 'subject' AS subject, value ->> 'state' AS state,
      value ->> 'due' AS due, value ->> 'status' AS status, value ->> 'error' AS error
    FROM json_each(?1)
  ) tried
  WHERE outbox.alert = tried.alert AND outbox.subject = tried.subject AND outbox.state = 'waiting'`

const beginCooldown = `
  UPDATE alert SET told = ?2
  WHERE id IN (
    SELECT value ->> 'alert' FROM json_each(?1) WHERE value ->> 'state' = 'delivered'
  ) AND told < ?2`

const forgetSettled = `
  DELETE FROM outbox
  WHERE state IN ('delivered', 'failed', 'muted') AND due < ?1 - ${kept}`

/** Notes what became of what was sent, and forgets what was settled long ago. */
export async function settleOutgoing(
  db: D1Database,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  const json = JSON.stringify(attempts)
  await db.batch([
    db.prepare(tight(settle)).bind(json),
    db.prepare(tight(beginCooldown)).bind(json, now),
    db.prepare(tight(forgetSettled)).bind(now),
  ])
}

/** A finding with what became of it. */
export type Delivery = Omit<typeof schema.outbox.$inferSelect, 'workspace'>

/** Where a page of findings ended. */
export type DeliveryCursor = Pick<Delivery, 'created' | 'subject'>

/** What an alert has found, the newest first, from after `cursor`. */
export async function listFound(
  db: D1Database,
  alert: string,
  { cursor, limit }: { cursor: DeliveryCursor | null; limit: number },
): Promise<Delivery[]> {
  const { created, subject } = schema.outbox
  const older =
    cursor === null
      ? undefined
      : sql`(${created}, ${subject}) < (${cursor.created}, ${cursor.subject})`
  return drizzle(db)
    .select()
    .from(schema.outbox)
    .where(and(eq(schema.outbox.alert, alert), older))
    .orderBy(desc(created), desc(subject))
    .limit(limit)
}
