import { type Day, addDays } from '../day.ts'
import type { Beat } from '../rhythm.ts'

/** Days that tell how regularly a source sends. */
const rhythmDays = 28

/** Names that are looked through at once, of all sources together: each is a row read or two. */
export const namesAtOnce = 2_000

/** How many names that is for each of so many sources, where all are shown at once. */
const shareOf = (sources: readonly unknown[]) => Math.floor(namesAtOnce / sources.length)

export const dayLength = 86_400_000

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
export const beatsOf = `
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

export const readBeats = `
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
export const stretchesOf = `
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

export type Counts = Readonly<Record<string, number>>

/** Names of a source in a row, and what they are. */
export interface Stretch {
  readonly end: string | null
  readonly names: number
  /** When one last came, of these and of those that told no fact. */
  readonly last: number | null
  readonly counts: Counts
}

export type SourceBeat = Beat & { readonly source: string }

export function stretchesIn(rows: readonly unknown[]): Map<string, Stretch> {
  return new Map(
    (rows as { source: string; sign: number | null; stretch: string }[]).map((row) => {
      const stretch = JSON.parse(row.stretch) as Stretch
      const last = row.sign === null ? stretch.last : Math.max(row.sign, stretch.last ?? 0)
      return [row.source, { ...stretch, last }]
    }),
  )
}

export const placeOf = (
  { id, vendor, swept = '' }: { id: string; vendor: string; swept?: string },
  workspace: string,
  days: readonly Day[],
  typesOf: TypesOf,
): Place => ({ id, workspace, types: typesOf(vendor), days, swept })

export const sinceDay = (now: number) =>
  new Date(now - rhythmDays * dayLength).toISOString().slice(0, 10)

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
  const days = [workspace.closed, addDays(workspace.closed, 1)]
  const json = JSON.stringify(
    sources.map(({ id, vendor }) => placeOf({ id, vendor }, workspace.id, days, typesOf)),
  )
  const [kept, open, stretches] = await db.batch([
    db.prepare(readBeats).bind(json, sinceDay(now)),
    db.prepare(beatsOf).bind(json),
    db.prepare(stretchesOf).bind(json, shareOf(sources)),
  ])
  const beatsBy = new Map<string, Map<Day, Beat>>()
  for (const beat of [...(kept?.results ?? []), ...(open?.results ?? [])] as SourceBeat[]) {
    const known = beatsBy.get(beat.source) ?? new Map<Day, Beat>()
    beatsBy.set(beat.source, known.set(beat.day, beat))
  }
  const found = stretchesIn(stretches?.results ?? [])
  return new Map(
    sources.map(({ id }) => {
      const { names = 0, counts = {}, last = null } = found.get(id) ?? {}
      const beats = [...(beatsBy.get(id)?.values() ?? [])].sort((one, other) =>
        one.day < other.day ? -1 : 1,
      )
      return [id, { beats, last, counts: names < shareOf(sources) ? counts : null }]
    }),
  )
}
