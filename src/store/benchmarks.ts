import { and, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { Benchmark } from '../benchmark.ts'
import { type NewestCursor, after, newestFirst } from './newest.ts'

const insertBenchmark = `
  INSERT INTO benchmark
    (id, workspace, kpi, low, middle, high, industry, source, year, url, created)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
  WHERE (SELECT count(*) FROM benchmark WHERE workspace = ?2) < ?12`

/** Keeps a benchmark, unless the workspace has `most` already; says whether it did. */
export async function createBenchmark(
  db: D1Database,
  workspace: string,
  benchmark: Benchmark,
  most: number,
): Promise<boolean> {
  const { id, kpi, low, middle, high, industry, source, year, url, created } = benchmark
  const changed = await db
    .prepare(insertBenchmark)
    .bind(id, workspace, kpi, low, middle, high, industry, source, year, url, created, most)
    .run()
  return changed.meta.changes === 1
}

/** Benchmarks of a workspace from after `cursor`, the newest first. */
export async function listBenchmarks(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: NewestCursor | null; limit: number },
): Promise<Benchmark[]> {
  const found = await drizzle(db)
    .select()
    .from(schema.benchmark)
    .where(and(eq(schema.benchmark.workspace, workspace), after(schema.benchmark, cursor)))
    .orderBy(...newestFirst(schema.benchmark))
    .limit(limit)
  return found.map(({ workspace: _workspace, ...benchmark }) => benchmark)
}

/** Takes a benchmark away; `false` where the workspace has no such benchmark. */
export async function removeBenchmark(
  db: D1Database,
  workspace: string,
  benchmark: string,
): Promise<boolean> {
  const changed = await drizzle(db)
    .delete(schema.benchmark)
    .where(and(eq(schema.benchmark.workspace, workspace), eq(schema.benchmark.id, benchmark)))
  return changed.meta.changes === 1
}
