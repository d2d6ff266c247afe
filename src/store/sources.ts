import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { SealedSecret } from '../seal.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

/** An inbound webhook endpoint. */
export interface StoredSource {
  readonly id: string
  readonly workspace: string
  readonly vendor: string
  readonly name: string
  /** One more with every change of what deliveries are verified and read by. */
  readonly version: number
  readonly config: Readonly<Record<string, unknown>>
  readonly secrets: readonly SealedSecret[]
  /** For how many days bodies are kept. */
  readonly retention: number
  readonly created: number
  /** When a request was last refused, to the minute, and why. */
  readonly refused: number | null
  readonly refusal: string | null
  /** How many deliveries there were by state, when all were last looked through; `null` before that. */
  readonly counts: Readonly<Record<string, number>>
  readonly counted: number | null
  /** Since when nothing has come, where that is longer than usual. */
  readonly silent: number | null
}

/** A source with the workspace that its deliveries belong to. */
export interface TakingSource extends StoredSource {
  readonly home: Workspace
}

type NewSource = Pick<
  StoredSource,
  'id' | 'workspace' | 'vendor' | 'name' | 'config' | 'secrets' | 'retention'
>

/** Creates a source, unless the workspace has `most` already; says whether it did. */
export async function createSource(
  db: D1Database,
  source: NewSource,
  now: number,
  most: number,
): Promise<boolean> {
  const { id, workspace, vendor, name, config, secrets, retention } = source
  const made = await db
    .prepare(
      `INSERT INTO source (id, workspace, vendor, name, version, config, secrets, retention, created)
       SELECT ?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8
       WHERE (SELECT count(*) FROM source WHERE workspace = ?2 AND removed IS NULL) < ?9`,
    )
    .bind(
      id,
      workspace,
      vendor,
      name,
      JSON.stringify(config),
      JSON.stringify(secrets),
      retention,
      now,
      most,
    )
    .run()
  return made.meta.changes === 1
}

/** The source of this public id that takes deliveries, whosever it is: for its sender. */
export async function readTakingSource(db: D1Database, id: string): Promise<TakingSource | null> {
  const [found] = await drizzle(db)
    .select({ source: schema.source, workspace: schema.workspace })
    .from(schema.source)
    .innerJoin(schema.workspace, eq(schema.workspace.id, schema.source.workspace))
    .where(and(eq(schema.source.id, id), isNull(schema.source.removed)))
  return found === undefined ? null : { ...found.source, home: workspaceOf(found.workspace) }
}

const own = (workspace: string, id: string) =>
  and(
    eq(schema.source.workspace, workspace),
    eq(schema.source.id, id),
    isNull(schema.source.removed),
  )

/** A source of the workspace, unless it has been removed. */
export async function readSource(
  db: D1Database,
  workspace: string,
  id: string,
): Promise<StoredSource | null> {
  const [found] = await drizzle(db).select().from(schema.source).where(own(workspace, id))
  return found ?? null
}

/** Sources of a workspace by id, from after `cursor`. */
export async function listSources(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<StoredSource[]> {
  return drizzle(db)
    .select()
    .from(schema.source)
    .where(
      and(
        eq(schema.source.workspace, workspace),
        gt(schema.source.id, cursor),
        isNull(schema.source.removed),
      ),
    )
    .orderBy(asc(schema.source.id))
    .limit(limit)
}

/**
 * Changes what is given, if nobody has changed the source since this version was read; says whether it
 * did. Deliveries that were read by the version before are read again.
 */
export async function changeSource(
  db: D1Database,
  { workspace, id, version }: Pick<StoredSource, 'workspace' | 'id' | 'version'>,
  change: Partial<Pick<StoredSource, 'name' | 'config' | 'secrets' | 'retention'>>,
): Promise<boolean> {
  const { config, secrets, ...rest } = change
  const changed = await drizzle(db)
    .update(schema.source)
    .set({
      ...rest,
      ...(config !== undefined && { config: { ...config } }),
      ...(secrets !== undefined && { secrets: [...secrets] }),
      version: version + 1,
    })
    .where(and(own(workspace, id), eq(schema.source.version, version)))
  return changed.meta.changes === 1
}

/** Ends a source at once; `false` where the workspace has no such source. What it has told stays. */
export async function removeSource(
  db: D1Database,
  workspace: string,
  id: string,
  now: number,
): Promise<boolean> {
  const changed = await drizzle(db)
    .update(schema.source)
    .set({ removed: now, secrets: [], silent: null })
    .where(own(workspace, id))
  return changed.meta.changes === 1
}

/**
 * Refusals of one source are written so far apart at least, in milliseconds: where the reason is the same,
 * and where it is another. They cost its sender nothing.
 */
const refusalsApart = { same: 60_000, other: 5_000 }

/** Keeps why a request was refused, for the team to see. */
export async function noteRefusal(
  db: D1Database,
  id: string,
  reason: string,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE source SET refused = ?2, refusal = ?3
       WHERE id = ?1 AND removed IS NULL AND coalesce(refused, 0) <= ?2 - CASE
         WHEN refusal IS ?3 THEN ${refusalsApart.same} ELSE ${refusalsApart.other}
       END`,
    )
    .bind(id, now, reason)
    .run()
}
