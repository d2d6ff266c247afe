import { charts } from '../src/charts/index.ts'
import { isOfAnswers } from '../src/disclosure.ts'
import { kpis } from '../src/kpis/index.ts'
import { askedOf } from '../src/store/history.ts'
import { type AskedOfAnswers, releaseEmbeds } from '../src/store/releases.ts'
import { purge, workspaceTag } from './cache.ts'

/** What is asked of storage to show an embed. */
export const askedByEmbeds: AskedOfAnswers = {
  ...askedOf(kpis),
  twice: charts.filter(({ needs }) => needs === 'before').map(({ kind }) => kind),
  ofAnswers: kpis.filter(isOfAnswers).map(({ id }) => id),
}

/**
 * Brings what everybody sees of these workspaces up to date, after their numbers have changed: releases
 * what enough people have answered, then takes the former pictures out of the cache, in one purge.
 */
export async function publish(
  db: D1Database,
  context: Parameters<typeof purge>[0],
  workspaces: readonly string[],
  now: number,
): Promise<void> {
  if (workspaces.length === 0) return
  await releaseEmbeds(db, { workspaces }, askedByEmbeds, now)
  await purge(context, workspaces.map(workspaceTag))
}
