import { dayFinder } from '../day.ts'
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

const ofWorkspaces = embedRows(
  `embed.workspace IN (SELECT value FROM json_each(?6)) AND ${held}`,
  'false',
)
const ofOne = embedRows(`embed.id = ?6 AND ${held}`, 'false')

/** Of two runs at once the later one finds that it is late, and changes nothing. */
const writeReleases = `
  UPDATE embed SET released = next.released, step = embed.step + 1
  FROM (
    SELECT value ->> 'id' AS id, value ->> 'step' AS step, value ->> 'released' AS released
    FROM json_each(?1)
  ) next
  WHERE embed.id = next.id AND embed.step = next.step`

/**
 * Releases to the public what enough people have answered, in two queries. It is called after everything
 * that changes snapshots, and when an embed is made, because what was public is only known until the
 * next change.
 */
export async function releaseEmbeds(
  db: D1Database,
  which: Concerned,
  { ofAnswers, ...asked }: AskedOfAnswers,
  now: number,
): Promise<void> {
  const [sql, name] =
    'embed' in which ? [ofOne, which.embed] : [ofWorkspaces, JSON.stringify(which.workspaces)]
  const { results } = await db
    .prepare(sql)
    // KPIs over answers do not look back.
    .bind(...parametersOf({ ...asked, lookBack: {} }, now), name, JSON.stringify(ofAnswers))
    .all<EmbedRow>()
  const next = foundEmbeds(results).flatMap((found) => {
    const { embed, workspace, step } = found
    const released = JSON.stringify(releasesOf(found, dayFinder(workspace.zone)(now)))
    return released === JSON.stringify(found.released) ? [] : [{ id: embed.id, step, released }]
  })
  if (next.length > 0) await db.prepare(writeReleases).bind(JSON.stringify(next)).run()
}
