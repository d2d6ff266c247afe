import { type Day, addDays } from '../day.ts'
import { rhythmOf } from '../rhythm.ts'
import {
  type Counts,
  type SourceBeat,
  type Stretch,
  type TypesOf,
  beatsOf,
  dayLength,
  namesAtOnce,
  placeOf,
  readBeats,
  sinceDay,
  stretchesIn,
  stretchesOf,
} from './sending.ts'

/** Sources looked after by one run of the cron trigger. */
const sourcesAtOnce = 20

const writeBeats = `
  INSERT INTO rhythm (source, day, facts, first, last, gap)
  SELECT source, day, facts, first, last, gap FROM (${beatsOf})
  WHERE true
  ON CONFLICT DO UPDATE SET
    facts = excluded.facts, first = excluded.first, last = excluded.last, gap = excluded.gap
  WHERE (rhythm.facts, rhythm.last) IS NOT (excluded.facts, excluded.last)`

/** A body past its time goes, and with it the hope to make sense of it. */
const sweepBodies = `
  UPDATE identity SET
    body = NULL, headers = NULL, reason = NULL,
    state = CASE WHEN state = 'stored' THEN state ELSE 'expired' END
  WHERE (workspace, source, id) IN (SELECT * FROM (
    SELECT old.workspace, old.source, old.id
    FROM json_each(?1) place CROSS JOIN identity old
    WHERE old.workspace = place.value ->> 'workspace' AND old.source = place.value ->> 'id'
      AND old.id > place.value ->> 'swept' AND old.id <= place.value ->> 'end'
      AND old.body IS NOT NULL AND old.received < place.value ->> 'cutoff'
    UNION ALL
    SELECT old.workspace, old.source, old.id
    FROM json_each(?1) place
    CROSS JOIN json_each('["ignored","quarantined","conflict"]') kind
    CROSS JOIN identity old INDEXED BY identity_state
    WHERE old.state = kind.value AND old.state IN ('ignored', 'quarantined', 'conflict')
      AND old.workspace = place.value ->> 'workspace' AND old.received < place.value ->> 'cutoff'
      AND old.source = place.value ->> 'id'
  ))`

const writeWatched = `
  WITH looked AS MATERIALIZED (SELECT value, value ->> 'id' AS id FROM json_each(?1))
  UPDATE source SET
    watched = ?2, swept = value ->> 'next', begun = value ->> 'begun', silent = value ->> 'silent',
    counting = value -> 'counting', counts = value -> 'counts', counted = value ->> 'counted'
  FROM looked WHERE looked.id = source.id`

/** A source to be looked after; one that has been removed is until the last of its bodies has gone. */
interface Watched {
  readonly id: string
  readonly workspace: string
  readonly vendor: string
  readonly retention: number
  readonly swept: string
  readonly counting: string
  readonly counts: string
  readonly counted: number | null
  readonly removed: number | null
  readonly begun: number
  readonly watched: number
  readonly closed: Day
  readonly due: number
}

const readWatched = `
  SELECT source.id, source.workspace, source.vendor, source.retention, source.swept,
    source.counting, source.counts, source.counted, source.removed, source.begun, source.watched,
    workspace.closed, workspace.due
  FROM source JOIN workspace ON workspace.id = source.workspace
  WHERE source.removed IS NULL OR coalesce(source.counted, 0) <= source.removed
  ORDER BY source.watched, source.id LIMIT ${sourcesAtOnce}`

/**
 * How many names a source is thought to have left: as many as there can be amid a round, and few where
 * nobody has looked yet.
 */
function namesLeft({ swept, counts }: Watched): number {
  if (swept !== '') return namesAtOnce
  return Object.values(JSON.parse(counts) as Counts).reduce((all, n) => all + n, 1)
}

/** Those that have waited longest, as many as a run has room for: many small ones, or a large one. */
function fitting(sources: readonly Watched[]): readonly Watched[] {
  let room = namesAtOnce
  return sources.filter((source, at) => {
    room -= Math.min(namesLeft(source), namesAtOnce)
    return at === 0 || room >= 0
  })
}

/** The day before is looked at until it has been for an hour after its end. */
const lateness = 3_600_000

function daysToLookAt({ closed, due, watched }: Watched): readonly Day[] {
  const today = addDays(closed, 1)
  return watched > due - dayLength + lateness ? [today] : [closed, today]
}

function sum(one: Counts, other: Counts): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]))
}

/** Where the next look begins, and what all deliveries came to where this one has reached the end. */
function progress(
  { swept, begun, counting, counts, counted }: Watched,
  stretch: Stretch | undefined,
  now: number,
) {
  const found = sum(JSON.parse(counting) as Counts, stretch?.counts ?? {})
  const since = swept === '' ? now : begun
  const whole = stretch === undefined || stretch.names < namesAtOnce
  return whole
    ? { next: '', begun: since, counting: {}, counts: found, counted: since }
    : {
        next: stretch.end,
        begun: since,
        counting: found,
        counts: JSON.parse(counts) as Counts,
        counted,
      }
}

/**
 * Looks after the sources that have waited longest: keeps the rhythm of their facts, says which are silent,
 * counts their deliveries and drops bodies past their time. Running it twice, late or concurrently does
 * the same once.
 */
export async function watch(db: D1Database, typesOf: TypesOf, now: number): Promise<void> {
  const { results } = await db.prepare(readWatched).all<Watched>()
  if (results.length === 0) return
  const sources = fitting(results)
  const places = JSON.stringify(
    sources.map((source) => placeOf(source, source.workspace, daysToLookAt(source), typesOf)),
  )
  const [, stretches, beats] = await db.batch([
    db.prepare(writeBeats).bind(places),
    db.prepare(stretchesOf).bind(places, namesAtOnce),
    db.prepare(readBeats).bind(places, sinceDay(now)),
  ])
  const found = stretchesIn(stretches?.results ?? [])
  const bySource = Map.groupBy((beats?.results ?? []) as SourceBeat[], ({ source }) => source)
  const looked = sources.map((source) => {
    const stretch = found.get(source.id)
    const { silent, last } = rhythmOf(bySource.get(source.id) ?? [], stretch?.last ?? null, now)
    return {
      id: source.id,
      workspace: source.workspace,
      swept: source.swept,
      end: stretch?.end ?? '',
      // Nobody can read again what has no source.
      cutoff: source.removed === null ? now - source.retention * dayLength : now + 1,
      silent: silent && source.removed === null ? last : null,
      ...progress(source, stretch, now),
    }
  })
  const json = JSON.stringify(looked)
  await db.batch([db.prepare(sweepBodies).bind(json), db.prepare(writeWatched).bind(json, now)])
}
