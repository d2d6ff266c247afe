import { type Day, addDays } from '../day.ts'
import { type Beat, rhythmOf } from '../rhythm.ts'

/** Days that tell how regularly a source sends. */
const rhythmDays = 28

/** Sources looked after by one run of the cron trigger. */
const sourcesAtOnce = 20

/** Names that are looked through at once, of all sources together: each is a row read or two. */
const namesAtOnce = 2_000

/** How many names that is for each of so many sources. */
const shareOf = (sources: readonly unknown[]) => Math.floor(namesAtOnce / sources.length)

const dayLength = 86_400_000

/** Which fact types a vendor can tell of. */
export type TypesOf = (vendor: string) => readonly string[]

/** Where a source's facts and deliveries lie. */
interface Place {
  readonly id: string
  readonly workspace: string
  readonly types: readonly string[]
  /** The days that may still get facts: the running one and the one before. */
  readonly days: readonly Day[]
  /** After which name to look. */
  readonly swept: string
}

/** Times of a source's facts of a day: a few seeks, and then only its own of that day. */
const beatsOf = `
  SELECT source, day, count(*) AS facts, min(received) AS first, max(received) AS last,
    coalesce(max(gap), 0) AS gap
  FROM (
    SELECT fact.source, fact.day, fact.received,
      fact.received - lag(fact.received) OVER (
        PARTITION BY fact.source, fact.day ORDER BY fact.received
      ) AS gap
    FROM json_each(?1) place
    CROSS JOIN json_each(place.value -> 'types') type
    CROSS JOIN json_each(place.value -> 'days') day
    CROSS JOIN fact
    WHERE fact.workspace = place.value ->> 'workspace' AND fact.type = type.value
      AND fact.day = day.value AND fact.source = place.value ->> 'id'
  )
  GROUP BY source, day`

const writeBeats = `
  INSERT INTO rhythm (source, day, facts, first, last, gap)
  SELECT source, day, facts, first, last, gap FROM (${beatsOf})
  WHERE true
  ON CONFLICT DO UPDATE SET
    facts = excluded.facts, first = excluded.first, last = excluded.last, gap = excluded.gap
  WHERE (rhythm.facts, rhythm.last) IS NOT (excluded.facts, excluded.last)`

const readBeats = `
  SELECT rhythm.source, rhythm.day, rhythm.facts, rhythm.first, rhythm.last, rhythm.gap
  FROM json_each(?1) place CROSS JOIN rhythm
  WHERE rhythm.source = place.value ->> 'id' AND rhythm.day >= ?2
  ORDER BY rhythm.source, rhythm.day`

/** Deliveries that told no fact, of a place's workspace and since its last fact: the newest of each state. */
const newestSigns = ['ignored', 'quarantined', 'conflict']
  .map(
    (state) => `SELECT * FROM (
      SELECT source, received FROM identity INDEXED BY identity_state
      WHERE state = '${state}' AND state IN ('ignored', 'quarantined', 'conflict')
        AND workspace = place.value ->> 'workspace' AND received > coalesce((
          SELECT last FROM rhythm WHERE source = place.value ->> 'id' ORDER BY day DESC LIMIT 1
        ), 0)
      ORDER BY received DESC LIMIT ?2
    )`,
  )
  .join(' UNION ALL ')

/** What lies behind a name: where it ends, how many names, and deliveries by state; and the last sign of life. */
const stretchesOf = `
  SELECT place.value ->> 'id' AS source, (
    SELECT max(received) FROM (${newestSigns}) WHERE source = place.value ->> 'id'
  ) AS sign, (
    SELECT json_object(
      'end', max(id), 'names', count(*), 'last', max(received), 'counts', json_object(
        'stored', total(state = 'stored'), 'ignored', total(state = 'ignored'),
        'quarantined', total(state = 'quarantined'), 'conflict', total(state = 'conflict'),
        'expired', total(state = 'expired')
      )
    )
    FROM (
      SELECT id, state, received FROM identity
      WHERE workspace = place.value ->> 'workspace' AND source = place.value ->> 'id'
        AND id > place.value ->> 'swept'
      ORDER BY id LIMIT ?2
    )
  ) AS stretch
  FROM json_each(?1) place`

/** A body past its time goes, and with it the hope to make sense of it. */
const sweepBodies = `
  UPDATE identity SET
    body = NULL, headers = NULL, reason = NULL,
    state = CASE WHEN state = 'stored' THEN state ELSE 'expired' END
  WHERE (workspace, source, id) IN (
    SELECT old.workspace, old.source, old.id
    FROM json_each(?1) place CROSS JOIN identity old
    WHERE old.workspace = place.value ->> 'workspace' AND old.source = place.value ->> 'id'
      AND old.id > place.value ->> 'swept' AND old.id <= place.value ->> 'end'
      AND old.body IS NOT NULL AND old.received < place.value ->> 'cutoff'
  )`

const writeWatched = `
  WITH looked AS MATERIALIZED (SELECT value, value ->> 'id' AS id FROM json_each(?1))
  UPDATE source SET
    watched = ?2, swept = value ->> 'next', silent = value ->> 'silent',
    counting = value -> 'counting', counts = value -> 'counts', counted = value ->> 'counted'
  FROM looked WHERE looked.id = source.id`

type Counts = Readonly<Record<string, number>>

/** Names of a source in a row, and what they are. */
interface Stretch {
  readonly end: string | null
  readonly names: number
  /** When one last came, of these and of those that told no fact. */
  readonly last: number | null
  readonly counts: Counts
}

type SourceBeat = Beat & { readonly source: string }

function stretchesIn(rows: readonly unknown[]): Map<string, Stretch> {
  return new Map(
    (rows as { source: string; sign: number | null; stretch: string }[]).map((row) => {
      const stretch = JSON.parse(row.stretch) as Stretch
      const last = row.sign === null ? stretch.last : Math.max(row.sign, stretch.last ?? 0)
      return [row.source, { ...stretch, last }]
    }),
  )
}

const placeOf = (
  { id, vendor, swept = '' }: { id: string; vendor: string; swept?: string },
  workspace: { readonly id: string; readonly closed: Day },
  typesOf: TypesOf,
): Place => ({
  id,
  workspace: workspace.id,
  types: typesOf(vendor),
  days: [workspace.closed, addDays(workspace.closed, 1)],
  swept,
})

const sinceDay = (now: number) => new Date(now - rhythmDays * dayLength).toISOString().slice(0, 10)

/** How a source sends: the days of its facts, and its deliveries by state where they are few. */
export interface Sending {
  readonly beats: readonly Beat[]
  /** When a delivery last came, of those looked at. */
  readonly last: number | null
  /** `null` where there are too many to be counted now. */
  readonly counts: Counts | null
}

/** How sources of one workspace have sent in the last four weeks, the running day included. */
export async function readSending(
  db: D1Database,
  workspace: { readonly id: string; readonly closed: Day },
  sources: readonly { readonly id: string; readonly vendor: string }[],
  typesOf: TypesOf,
  now: number,
): Promise<ReadonlyMap<string, Sending>> {
  const json = JSON.stringify(
    sources.map(({ id, vendor }) => placeOf({ id, vendor }, workspace, typesOf)),
  )
  const [kept, open, stretches] = await db.batch([
    db.prepare(readBeats).bind(json, sinceDay(now)),
    db.prepare(beatsOf).bind(json),
    db.prepare(stretchesOf).bind(json, shareOf(sources)),
  ])
  const days = new Map<string, Map<Day, Beat>>()
  for (const beat of [...(kept?.results ?? []), ...(open?.results ?? [])] as SourceBeat[]) {
    const known = days.get(beat.source) ?? new Map<Day, Beat>()
    days.set(beat.source, known.set(beat.day, beat))
  }
  const found = stretchesIn(stretches?.results ?? [])
  return new Map(
    sources.map(({ id }) => {
      const { names = 0, counts = {}, last = null } = found.get(id) ?? {}
      const beats = [...(days.get(id)?.values() ?? [])].sort((one, other) =>
        one.day < other.day ? -1 : 1,
      )
      return [id, { beats, last, counts: names < shareOf(sources) ? counts : null }]
    }),
  )
}

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
  readonly closed: Day
}

const readWatched = `
  SELECT source.id, source.workspace, source.vendor, source.retention, source.swept,
    source.counting, source.counts, source.counted, source.removed, workspace.closed
  FROM source JOIN workspace ON workspace.id = source.workspace
  WHERE source.removed IS NULL
    OR coalesce(source.counted, 0) <= source.removed + source.retention * ${dayLength}
  ORDER BY source.watched, source.id LIMIT ${sourcesAtOnce}`

function sum(one: Counts, other: Counts): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]))
}

/** Where the next look begins, and what all deliveries came to where this one has reached the end. */
function progress(
  { counting, counts, counted }: Watched,
  stretch: Stretch | undefined,
  share: number,
  now: number,
) {
  const found = sum(JSON.parse(counting) as Counts, stretch?.counts ?? {})
  const whole = stretch === undefined || stretch.names < share
  return whole
    ? { next: '', counting: {}, counts: found, counted: now }
    : { next: stretch.end, counting: found, counts: JSON.parse(counts) as Counts, counted }
}

/**
 * Looks after the sources that have waited longest: keeps the rhythm of their facts, says which are silent,
 * counts their deliveries and drops bodies past their time. Running it twice, late or concurrently does
 * the same once.
 */
export async function watch(db: D1Database, typesOf: TypesOf, now: number): Promise<void> {
  const { results: sources } = await db.prepare(readWatched).all<Watched>()
  if (sources.length === 0) return
  const places = JSON.stringify(
    sources.map((source) =>
      placeOf(source, { id: source.workspace, closed: source.closed }, typesOf),
    ),
  )
  const [, stretches, beats] = await db.batch([
    db.prepare(writeBeats).bind(places),
    db.prepare(stretchesOf).bind(places, shareOf(sources)),
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
      cutoff: now - source.retention * dayLength,
      silent: silent && source.removed === null ? last : null,
      ...progress(source, stretch, shareOf(sources), now),
    }
  })
  const json = JSON.stringify(looked)
  await db.batch([db.prepare(sweepBodies).bind(json), db.prepare(writeWatched).bind(json, now)])
}
