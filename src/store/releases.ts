import { dayFinder } from '../day.ts'
import type { FoundEmbed } from '../embed.ts'
import { releasesOf } from '../embed-release.ts'
import {
  type AskedByEmbeds,
  type EmbedRow,
  embedRows,
  foundEmbeds,
  parametersOf,
} from './embed-snapshots.ts'

/** Which embeds are looked at: those of workspaces whose numbers are others now, or one that is new. */
export type Concerned = { readonly workspaces: readonly string[] } | { readonly embed: string }

/** What is asked for where nothing is released yet that need not be held back. */
export interface AskedOfAnswers extends AskedByEmbeds {
  /** Ids of the KPIs over people's answers. */
  readonly ofAnswers: readonly string[]
}

/** Only what people answered is held back: what is counted of deals says nothing of anybody's answer. */
const held = `embed.minimum > 1 AND embed.kpi IN (SELECT value FROM json_each(?7))`

/** Embeds in one query: so that what they show, some hundred kilobytes each, can be held. */
export const embedsAtOnce = 25

const ofWorkspaces = embedRows(
  `embed.id IN (
    SELECT embed.id FROM embed
    WHERE embed.workspace IN (SELECT value FROM json_each(?6)) AND ${held}
      AND embed.revoked IS NULL AND embed.id > ?8
    ORDER BY embed.id LIMIT ${embedsAtOnce}
  )`,
  'false',
)
const ofOne = embedRows(`embed.id = ?6 AND ${held} AND embed.id > ?8`, 'false')

/** Of two runs at once the later one finds that it is late, and changes nothing. */
const writeReleases = `
  UPDATE embed SET released = next.released, step = embed.step + 1
  FROM (
    SELECT value ->> 'id' AS id, value ->> 'step' AS step, value ->> 'released' AS released
    FROM json_each(?1)
  ) next
  WHERE embed.id = next.id AND embed.step = next.step`

/** An embed that could not move on, and why. */
export interface Unreleased {
  readonly embed: string
  readonly error: unknown
}

/** What one embed may show from now on. */
interface Next {
  readonly id: string
  readonly step: number
  readonly released: string
}

/** Bytes in one statement's parameter, well below the 2 MB that D1 takes. */
const byteLimit = 1_000_000

/**
 * Releases to the public what enough people have answered, in two queries for so many embeds. It is called
 * after everything that changes snapshots, and when an embed is made, because what was public is only known
 * until the next change. The trouble of one embed is not the others'.
 */
export async function releaseEmbeds(
  db: D1Database,
  which: Concerned,
  asked: AskedOfAnswers,
  now: number,
): Promise<Unreleased[]> {
  const unreleased: Unreleased[] = []
  let after = ''
  for (;;) {
    const found = await readHeld(db, which, asked, now, after)
    const { next, failed } = nextOf(found, now)
    unreleased.push(...failed, ...(await writeNext(db, next)))
    after = found.at(-1)?.embed.id ?? after
    if (found.length < embedsAtOnce) return unreleased
  }
}

async function readHeld(
  db: D1Database,
  which: Concerned,
  { ofAnswers, ...asked }: AskedOfAnswers,
  now: number,
  after: string,
): Promise<FoundEmbed[]> {
  const [sql, name] =
    'embed' in which ? [ofOne, which.embed] : [ofWorkspaces, JSON.stringify(which.workspaces)]
  const { results } = await db
    .prepare(sql)
    // KPIs over answers do not look back.
    .bind(...parametersOf({ ...asked, lookBack: {} }, now), name, JSON.stringify(ofAnswers), after)
    .all<EmbedRow>()
  return foundEmbeds(results)
}

function nextOf(all: readonly FoundEmbed[], now: number) {
  const next: Next[] = []
  const failed: Unreleased[] = []
  for (const found of all) {
    const { embed, workspace, step } = found
    try {
      const released = JSON.stringify(releasesOf(found, dayFinder(workspace.zone)(now)))
      if (released !== JSON.stringify(found.released)) next.push({ id: embed.id, step, released })
    } catch (error) {
      failed.push({ embed: embed.id, error })
    }
  }
  return { next, failed }
}

/** What D1 refuses of several is tried again one by one. */
async function writeNext(db: D1Database, all: readonly Next[]): Promise<Unreleased[]> {
  const unreleased: Unreleased[] = []
  for (const chunk of chunksOf(all)) {
    try {
      await db.prepare(writeReleases).bind(JSON.stringify(chunk)).run()
    } catch (error) {
      unreleased.push(...(await writeApart(db, chunk, error)))
    }
  }
  return unreleased
}

async function writeApart(
  db: D1Database,
  chunk: readonly Next[],
  error: unknown,
): Promise<Unreleased[]> {
  if (chunk.length === 1) return chunk.map(({ id }) => ({ embed: id, error }))
  const unreleased: Unreleased[] = []
  for (const one of chunk) unreleased.push(...(await writeNext(db, [one])))
  return unreleased
}

function chunksOf(all: readonly Next[]): Next[][] {
  const chunks: Next[][] = []
  let bytes = Infinity
  for (const next of all) {
    // Quoted once more, as it is sent.
    const size = new TextEncoder().encode(JSON.stringify(next)).length
    if (bytes + size > byteLimit) {
      chunks.push([])
      bytes = 0
    }
    chunks.at(-1)?.push(next)
    bytes += size
  }
  return chunks
}
