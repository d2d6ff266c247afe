/** Tags that one purge may name. */
const tagLimit = 30

/** The cache tag of everything that shows numbers of a workspace. */
export function workspaceTag(workspace: string): string {
  return `w_${workspace}`
}

/**
 * Takes badges and charts of these workspaces out of Workers Cache, where the platform has it. Without
 * it, and past the purges that it allows, they are renewed when their few minutes are over.
 */
export async function purge(
  context: { waitUntil(promise: Promise<unknown>): void; cache?: CacheContext },
  workspaces: readonly string[],
): Promise<void> {
  if (workspaces.length === 0 || context.cache === undefined) return
  const tags = workspaces.slice(0, tagLimit).map(workspaceTag)
  try {
    await context.cache.purge({ tags })
  } catch (error) {
    console.warn(JSON.stringify({ event: 'purge failed', reason: String(error) }))
  }
}
