import { and, asc, eq, gt, gte, isNull, lte } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Theme } from '../chart.ts'
import type { Day } from '../day.ts'
import type { Embed } from '../embed.ts'
import type { Grain } from '../window.ts'

export async function createEmbed(
  db: D1Database,
  workspace: string,
  embed: Omit<Embed, 'look'> & Partial<Pick<Embed, 'look'>>,
): Promise<void> {
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

/** Whether a target of a KPI and segment is in force on a day. */
export async function hasTarget(
  db: D1Database,
  workspace: string,
  { kpi, segment }: Pick<Embed, 'kpi' | 'segment'>,
  day: Day,
): Promise<boolean> {
  const { target } = schema
  const found = await drizzle(db)
    .select({ id: target.id })
    .from(target)
    .where(
      and(
        eq(target.workspace, workspace),
        eq(target.kpi, kpi),
        eq(target.segment, segment),
        lte(target.from, day),
        gte(target.to, day),
      ),
    )
    .limit(1)
  return found.length > 0
}

/** Rows are written by {@link createEmbed} alone, which takes nothing but checked ones. */
function embedOf(row: typeof schema.embed.$inferSelect): Embed {
  const { id, kpi, segment, days, kind, minimum, locale, look, created } = row
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
    look,
    created,
  }
}
