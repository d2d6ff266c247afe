import type { Kpi } from '../../src/kpi.ts'
import { kpis } from '../../src/kpis/index.ts'
import { Problem } from '../../src/problem.ts'
import { type SnapshotQuery, readSnapshots } from '../../src/store/snapshots.ts'
import { type Credential, admit } from '../guard.ts'

/** @throws Problem 404 that names the KPIs there are. */
export function findKpi(id: string): Kpi {
  const kpi = kpis.find((candidate) => candidate.id === id)
  if (kpi !== undefined) return kpi
  const ids = kpis.map((candidate) => candidate.id).join(', ')
  throw new Problem('not-found', `Unknown KPI "${id}": expected one of ${ids}`)
}

/** Reads snapshots with the right to them, in the one query that a KPI costs. */
export async function readFor(db: D1Database, credential: Credential, query: SnapshotQuery) {
  const found = await readSnapshots(db, credential.asker, query)
  const workspace = admit(found?.holder ?? null, credential, 'read')
  return { workspace, segments: found?.segments ?? [], folded: found?.folded ?? [] }
}
