import { type Day, addDays, dayFinder } from '../day.ts'
import type { Fact } from '../fact.ts'
import { bare, hasProperties } from './bare.ts'

/** Answers that one statement looks at, or one day where it has more. */
const answersAtOnce = 2_000

/** Up to which day a workspace's answers have been emptied is kept as a heartbeat of this name. */
const beatOf = (workspace: string) => `retention ${workspace}`

interface Keeping {
  readonly id: string
  readonly retention: number
}

const dayLength = 86_400_000

const utcDay = dayFinder('UTC')

/** The first day that is still kept. A day more, because no zone's day ends as UTC's does. */
const keptFrom = (retention: number, now: number): Day => utcDay(now - (retention + 1) * dayLength)

const startOf = (day: Day) => Date.parse(`${day}T00:00:00Z`)

/**
 * Notes that answers come whose time is over already: their days are looked through again. They count, and
 * are told by their properties, before those go.
 */
export async function rewindRetention(
  db: D1Database,
  { id, retention }: Keeping,
  facts: readonly Fact[],
  received: number,
): Promise<void> {
  const limit = keptFrom(retention, received)
  const days = facts.flatMap(({ type, day }) =>
    type === 'survey.response' && day < limit ? [day] : [],
  )
  const [first] = days.sort()
  if (first === undefined) return
  await db
    .prepare(`UPDATE heartbeat SET time = ?2 WHERE name = ?1 AND time > ?2`)
    .bind(beatOf(id), startOf(first))
    .run()
}

interface Waiting extends Keeping {
  readonly from: string
}

/** Who has waited longest of those that have days to be emptied, on the day `?1` since 1970. */
const readWaiting = `
  SELECT workspace.id, workspace.retention,
    coalesce(date(beat.time / 1000, 'unixepoch'), '1970-01-01') AS "from"
  FROM workspace LEFT JOIN heartbeat beat ON beat.name = 'retention ' || workspace.id
  WHERE workspace.retention IS NOT NULL
    AND coalesce(beat.time, 0) < (?1 - workspace.retention - 1) * ${dayLength}
  ORDER BY coalesce(beat.time, 0) + workspace.retention * ${dayLength}, workspace.id
  LIMIT 1`

/** The day after which nothing is looked at this time: it holds the last of so many answers. */
const readEnd = `
  SELECT day FROM fact
  WHERE workspace = ?1 AND type = 'survey.response' AND day >= ?2 AND day < ?3
  ORDER BY day LIMIT 1 OFFSET ${answersAtOnce}`

const emptyAnswers = `
  UPDATE fact SET data = '{}', dimensions = ${bare('fact.dimensions')}
  WHERE workspace = ?1 AND type = 'survey.response' AND day >= ?2 AND day < ?3
    AND (data <> '{}' OR ${hasProperties('dimensions')})`

/** Answers that nobody has decided about in all that time no longer can be. */
const emptyDoubted = `
  UPDATE provisional SET
    fact = json_set(fact, '$.data', json('{}'), '$.dimensions', json(${bare("provisional.fact -> 'dimensions'")})),
    state = CASE state WHEN 'provisional' THEN 'discarded' ELSE state END
  WHERE workspace = ?1 AND received < ?2
    AND (fact -> 'data' <> '{}' OR ${hasProperties("(fact -> 'dimensions')")})`

const beat = `
  INSERT INTO heartbeat (name, time) VALUES (?1, ?2)
  ON CONFLICT (name) DO UPDATE SET time = excluded.time`

/**
 * Empties comments and properties of answers past their workspace's retention, from where the last run has
 * stopped: one workspace a run, in five queries. Counts and snapshots stay. Running it twice, late or at the
 * same time does the same once.
 *
 * @returns how many answers were emptied.
 */
export async function forgetAnswers(db: D1Database, now: number): Promise<number> {
  const waiting = await db
    .prepare(readWaiting)
    .bind(Math.floor(now / dayLength))
    .first<Waiting>()
  if (waiting === null) return 0
  const { id, retention, from } = waiting
  const limit = keptFrom(retention, now)
  const end = await db.prepare(readEnd).bind(id, from, limit).first<{ day: Day }>()
  const to = end === null ? limit : endAfter(from, end.day)
  const [answers, doubted] = await db.batch([
    db.prepare(emptyAnswers).bind(id, from, to),
    db.prepare(emptyDoubted).bind(id, startOf(to)),
    db.prepare(beat).bind(beatOf(id), startOf(to)),
  ])
  return (answers?.meta.changes ?? 0) + (doubted?.meta.changes ?? 0)
}

/** A day that holds more answers than are looked at is emptied at once, or there would be no going on. */
const endAfter = (from: string, day: Day): Day => (day > from ? day : addDays(day, 1))
