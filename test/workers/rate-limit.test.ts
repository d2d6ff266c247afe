import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { app as whole } from '../../workers/app.ts'
import { limitRequests } from '../../workers/rate-limit.ts'
import { newWorkspace } from './client.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00Z'), toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

/** Behind it there is no database: what counts requests can ask none. */
const app = new Hono<{ Bindings: Env }>()
  .use(limitRequests)
  .get('/:status', (c) => new Response(null, { status: Number(c.req.param('status')) }))
  .get('/broken/now', () => {
    throw new Error('broken')
  })
  .onError(() => new Response(null, { status: 500 }))

let keys = 0
const newKey = () => `key-${++keys}`

async function ask(key: string | null, path = '/200', bindings: object = {}): Promise<Response> {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` }
  return app.request(path, { headers }, { REQUESTS_PER_MINUTE: '3', ...bindings })
}

const left = (answer: Response) => answer.headers.get('ratelimit')

test('says how many requests are left, and until when', async () => {
  const key = newKey()
  const first = await ask(key)
  vi.setSystemTime(Date.now() + 12_345)
  const second = await ask(key)

  expect(first.headers.get('ratelimit-policy')).toBe('"default";q=3;w=60')
  expect(left(first)).toBe('"default";r=2;t=60')
  expect(left(second)).toBe('"default";r=1;t=48')
})

test('refuses what is too much until the window is over', async () => {
  const key = newKey()
  for (let at = 0; at < 3; at++) expect((await ask(key)).status).toBe(200)
  vi.setSystemTime(Date.now() + 30_000)
  const refused = await ask(key)

  expect(refused.status).toBe(429)
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(refused.headers.get('retry-after')).toBe('30')
  expect(left(refused)).toBe('"default";r=0;t=30')
  expect((await ask(newKey())).status).toBe(200)
  vi.setSystemTime(Date.now() + 30_000)
  expect((await ask(key)).status).toBe(200)
})

test('what comes at once is counted before it is answered', async () => {
  const key = newKey()
  const answers = await Promise.all(Array.from({ length: 9 }, () => ask(key)))

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429, 429, 429, 429])
})

test('an answer that the asker has already is not counted, an error is', async () => {
  const key = newKey()
  for (let at = 0; at < 5; at++) expect(left(await ask(key, '/304'))).toBe('"default";r=3;t=60')

  expect(left(await ask(key, '/404'))).toBe('"default";r=2;t=60')
  expect(left(await ask(key, '/broken/now'))).toBe('"default";r=1;t=60')
})

test('whoever has no valid key is told nothing and takes nothing of anybody', async () => {
  const key = newKey()
  for (let at = 0; at < 5; at++) {
    const refused = await ask(key, '/401')
    expect([refused.status, left(refused)]).toEqual([401, null])
  }

  expect(left(await ask(key))).toBe('"default";r=2;t=60')
  expect(left(await ask(null))).toBeNull()
})

test.each([['0'], [''], [undefined], ['many']])('a limit of %j is none', async (limit) => {
  const key = newKey()
  for (let at = 0; at < 5; at++) {
    const answer = await ask(key, '/200', { REQUESTS_PER_MINUTE: limit })
    expect([answer.status, left(answer)]).toEqual([200, null])
  }
})

test('where the platform has counted too many, the window ends here as well', async () => {
  const key = newKey()
  const asked: string[] = []
  const platform = (success: boolean) => ({
    REQUESTS: {
      limit: async ({ key: name }: { key: string }) => {
        asked.push(name)
        return { success }
      },
    },
  })
  expect(left(await ask(key, '/200', platform(true)))).toBe('"default";r=2;t=60')
  expect(left(await ask(key, '/304', platform(false)))).toBe('"default";r=2;t=60')
  expect(left(await ask(key, '/200', platform(false)))).toBe('"default";r=0;t=60')

  expect((await ask(key)).status).toBe(429)
  expect(asked).toHaveLength(2)
  expect(asked.join()).not.toContain(key)
})

test('every answer of the API to a key says what is left', async () => {
  const { secret } = await newWorkspace()
  const limited = { ...env, REQUESTS_PER_MINUTE: '600' }
  const get = (path: string, headers: Record<string, string> = {}) =>
    whole.request(path, { headers: { authorization: `Bearer ${secret}`, ...headers } }, limited)
  const found = await get('/v1/kpis')
  const known = await get('/v1/kpis', { 'if-none-match': found.headers.get('etag') ?? '' })
  const missing = await get('/v1/kpis/none')

  expect(left(found)).toBe('"default";r=599;t=60')
  expect([known.status, left(known)]).toEqual([304, '"default";r=599;t=60'])
  expect([missing.status, left(missing)]).toEqual([404, '"default";r=598;t=60'])
  const stranger = await get('/v1/kpis', { authorization: 'Bearer tm_none' })
  expect([stranger.status, left(stranger)]).toEqual([401, null])
})
