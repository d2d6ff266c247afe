import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { cached, purge, tagsOf, workspaceTag } from '../../workers/cache.ts'
import { publish } from '../../workers/published.ts'

/** A context with a cache that does as it is told, and remembers what it was told. */
function contextWith(answer: () => Promise<CachePurgeResult>) {
  const asked: CachePurgeOptions[] = []
  const act = (options: CachePurgeOptions) => {
    asked.push(options)
    return answer()
  }
  return { asked, waitUntil: () => {}, cache: { purge: act, invalidate: act } }
}

const well = () => Promise.resolve({ success: true, errors: [] })
const bare = { waitUntil: () => {} }

test('an answer is kept for a day where a purge can take it away, and as long as to the next rollup elsewhere', () => {
  const kept = (context: Parameters<typeof cached>[0]) =>
    cached(context, '')['Cloudflare-CDN-Cache-Control']

  expect(kept(contextWith(well))).toBe(
    'public, max-age=86400, stale-while-revalidate=86400, stale-if-error=604800',
  )
  expect(kept(bare)).toBe(
    'public, max-age=600, stale-while-revalidate=86400, stale-if-error=604800',
  )
})

test('what changed is purged at once, by its tags', async () => {
  const context = contextWith(well)

  await purge(context, ['one', 'two'].map(workspaceTag))

  expect(context.asked).toEqual([{ tags: ['w_one', 'w_two'] }])
  expect(tagsOf('one', 'nps', 'id')).toBe('w_one,m_nps,e_id')
})

test('more than one purge can name is purged as everything, because nothing may be a day old', async () => {
  const context = contextWith(well)

  await purge(
    context,
    Array.from({ length: 31 }, (_, index) => `w_${index}`),
  )

  expect(context.asked).toEqual([{ purgeEverything: true }])
})

test.each([
  [
    'refuses',
    () => Promise.resolve({ success: false, errors: [{ code: 1, message: 'Too many' }] }),
  ],
  ['fails', () => Promise.reject(new Error('Too many'))],
])('a cache that %s is no trouble of the rollup, and is told of', async (_, answer) => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})

  await purge(contextWith(answer), ['w_one'])

  expect(warned).toHaveBeenCalledWith(expect.stringContaining('Too many'))
  warned.mockRestore()
})

test('without a cache, and without anything that changed, nothing is purged', async () => {
  const context = contextWith(well)

  await purge(bare, ['w_one'])
  await purge(context, [])

  expect(context.asked).toEqual([])
})

test('what could not be released is purged all the same', async () => {
  const context = contextWith(well)
  await env.DB.prepare('ALTER TABLE embed RENAME TO away').run()
  try {
    await expect(publish(env.DB, context, ['one'], 0)).rejects.toThrow('no such table')

    expect(context.asked).toEqual([{ tags: ['w_one'] }])
  } finally {
    await env.DB.prepare('ALTER TABLE away RENAME TO embed').run()
  }
})
