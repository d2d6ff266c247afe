import { charts } from '../src/charts/index.ts'
import { isOfAnswers } from '../src/disclosure.ts'
import type { Embed } from '../src/embed.ts'
import { kpis } from '../src/kpis/index.ts'
import { createEmbed, revokeEmbed } from '../src/store/embeds.ts'
import { rootCause } from '../src/store/failure.ts'
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
  try {
    for (const { embed, error } of await releaseEmbeds(db, { workspaces }, askedByEmbeds, now)) {
      console.error(JSON.stringify({ event: 'not released', embed, reason: rootCause(error) }))
    }
  } finally {
    await purge(context, workspaces.map(workspaceTag))
  }
}

/**
 * Makes an embed with what may be shown of it from the first; without that there is none, because what
 * everybody saw of it would not be known.
 */
export async function publishNew(
  db: D1Database,
  workspace: string,
  embed: Embed,
  now: number,
): Promise<void> {
  await createEmbed(db, workspace, embed)
  try {
    const [failed] = await releaseEmbeds(db, { embed: embed.id }, askedByEmbeds, now)
    if (failed !== undefined) throw failed.error
  } catch (error) {
    await revokeEmbed(db, workspace, embed.id, now)
    throw error
  }
}
