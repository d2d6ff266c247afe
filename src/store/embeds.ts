import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Theme } from '../chart.ts'
import type { Grain } from '../window.ts'

/** One KPI, one segment, shown in one way, to anybody who has the id. */
export interface Embed {
  readonly id: string
  readonly kpi: string
  /** `<dimension>:<value>`, or `''` for all. */
  readonly segment: string
  /** The window: so many days, the running one included. */
  readonly days: number
  readonly grain: Grain
  readonly kind: string
  /** Values from fewer answers are not shown. */
  readonly minimum: number
  readonly locale: string
  readonly theme: Theme
  readonly created: number
}

export async function createEmbed(db: D1Database, workspace: string, embed: Embed): Promise<void> {
  await drizzle(db)
    .insert(schema.embed)
    .values({ ...embed, workspace })
}

/** Embeds in use of a workspace by id, from after `cursor`. */
export async function listEmbeds(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<Embed[]> {
  const found = await drizzle(db)
    .select()
    .from(schema.embed)
    .where(
      and(
        eq(schema.embed.workspace, workspace),
        gt(schema.embed.id, cursor),
        isNull(schema.embed.revoked),
      ),
    )
    .orderBy(asc(schema.embed.id))
    .limit(limit)
  return found.map(embedOf)
}

/** Ends an embed at once; `false` where the workspace has no such embed in use. */
export async function revokeEmbed(
  db: D1Database,
  workspace: string,
  id: string,
  now: number,
): Promise<boolean> {
  const changed = await drizzle(db)
    .update(schema.embed)
    .set({ revoked: now })
    .where(
      and(
        eq(schema.embed.workspace, workspace),
        eq(schema.embed.id, id),
        isNull(schema.embed.revoked),
      ),
    )
  return changed.meta.changes === 1
}

/** Rows are written by {@link createEmbed} alone, which takes nothing but checked ones. */
function embedOf(row: typeof schema.embed.$inferSelect): Embed {
  const { id, kpi, segment, days, kind, minimum, locale, created } = row
  return {
    id,
    kpi,
    segment,
    days,
    grain: row.grain as Grain,
    kind,
    minimum,
    locale,
    theme: row.theme as Theme,
    created,
  }
}
