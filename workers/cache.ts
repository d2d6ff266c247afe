/** Tags that one purge may name. */
const tagLimit = 30

/** The part of an invocation's context that a cache in front of the Worker is reached by. */
interface Context {
  waitUntil(promise: Promise<unknown>): void
  readonly cache?: CacheContext
}

/** The cache tag of everything that shows numbers of a workspace. */
export function workspaceTag(workspace: string): string {
  return `w_${workspace}`
}

/** The cache tag of one embed. */
export function embedTag(embed: string): string {
  return `e_${embed}`
}

/** Every tag of an answer that shows an embed. */
export function tagsOf(workspace: string, kpi: string, embed: string): string {
  return [workspaceTag(workspace), `m_${kpi}`, embedTag(embed)].join()
}

/**
 * How long an answer for everybody may be kept: by browsers and image proxies for 5 minutes; by
 * Cloudflare for a day where a purge takes it away as soon as its numbers change, and otherwise about as
 * long as from one rollup to the next. No `s-maxage` or `must-revalidate`: either would switch the stale
 * rules off.
 */
export function cached(context: Context, tags: string): Record<string, string> {
  const seconds = context.cache === undefined ? 600 : 86_400
  return {
    'Cache-Control': 'public, max-age=300',
    'Cloudflare-CDN-Cache-Control': `public, max-age=${seconds}, stale-while-revalidate=86400, stale-if-error=604800`,
    'Cache-Tag': tags,
  }
}

/**
 * Takes answers out of Workers Cache, where the platform has it: those with one of the tags, or all of
 * them where one purge cannot name so many.
 */
export async function purge(context: Context, tags: readonly string[]): Promise<void> {
  if (tags.length === 0 || context.cache === undefined) return
  try {
    const { success, errors } = await context.cache.purge(
      tags.length > tagLimit ? { purgeEverything: true } : { tags: [...tags] },
    )
    if (!success) throw new Error(errors.map(({ message }) => message).join('; '))
  } catch (error) {
    console.warn(JSON.stringify({ event: 'purge failed', reason: String(error) }))
  }
}
