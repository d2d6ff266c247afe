import { beforeAll, expect, test } from 'vitest'
import { type Client, call, newWorkspace } from './client.ts'

let client: Client

beforeAll(async () => {
  client = await newWorkspace()
})

const ask = (method: string, path: string) =>
  call(path, { method, headers: { authorization: `Bearer ${client.secret}` } })

test.each([
  ['/v1/keys', 'GET, POST, HEAD, OPTIONS'],
  ['/v1/surveys/x', 'GET, PUT, HEAD, OPTIONS'],
  ['/v1/surveys/x/close', 'POST, OPTIONS'],
  ['/v1/kpis/nps.csv', 'GET, HEAD, OPTIONS'],
  ['/openapi.json', 'GET, HEAD, OPTIONS'],
  ['/docs', 'GET, HEAD, OPTIONS'],
  ['/s/x', 'GET, POST, HEAD, OPTIONS'],
])('%s says that it takes %s, and refuses other methods', async (path, allowed) => {
  const options = await ask('OPTIONS', path)
  const refused = await ask(allowed.includes('PATCH') ? 'PUT' : 'PATCH', path)

  expect([options.status, options.headers.get('allow')]).toEqual([204, allowed])
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, allowed])
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
})

test('whoever has no key learns no more than which methods there are', async () => {
  const answers = await Promise.all(
    ['OPTIONS', 'PUT'].map((method) => call('/v1/keys', { method })),
  )

  expect(answers.map(({ status }) => status)).toEqual([204, 405])
})

test.each(['GET', 'POST', 'OPTIONS', 'PUT'])('%s of what is not there is 404', async (method) => {
  const answer = await ask(method, '/v1/nothing')

  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ type: 'urn:tidemark:problem:not-found' })
})

test.each(['/v1/workspace', '/v1/kpis', '/v1/keys', '/openapi.json', '/docs', '/', '/healthz'])(
  'HEAD of %s is a GET without its body',
  async (path) => {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => ask(method, path)))

    expect(head?.status).toBe(200)
    expect(await head?.text()).toBe('')
    for (const name of ['content-type', 'etag', 'cache-control']) {
      expect(head?.headers.get(name)).toBe(get?.headers.get(name))
    }
  },
)

test('an address of a webhook answers no method with 404 or another address', async () => {
  const answers = await Promise.all(
    ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) =>
      ask(method, '/hooks/Zk3qV0pYt8mA1sRw5LxEuQ'),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual([405, 200, 401, 405, 405, 405, 405])
})

test('a description and a page say what can be called here', async () => {
  const description = await call('/openapi.json')
  const { headers } = description
  const again = await call('/openapi.json', {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  })
  const page = await call('/docs')
  const text = await page.text()

  expect(await description.json()).toMatchObject({ openapi: '3.1.1' })
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(again.status).toBe(304)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(text).toContain('<h3 id="createKey">')
  expect(text).toContain('<dt id="problem-too-many">')
  expect(text).not.toMatch(/undefined|\[object|NaN/)
})
