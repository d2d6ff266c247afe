import { expect, test } from 'vitest'
import { app } from '../../workers/app.ts'
import { classes } from '../../workers/headers.ts'
import { call, newSurvey, newWorkspace } from './client.ts'

type Class = keyof typeof classes

/** The class that the answers of a path have, and of whatever else it answers; the first that fits. */
const expected: readonly (readonly [path: RegExp, classes: readonly Class[]])[] = [
  [/^\/v1\//, ['data']],
  [/^\/(?:hooks\/|healthz|readyz|metrics)/, ['data']],
  [/^\/e\//, ['embed', 'open']],
  [/^\/s\/[^/]+\/embed\.js$/, ['script']],
  [/^\/s\/[^/]+\/logo$/, ['picture', 'data']],
  [/^\/favicon\.ico$/, ['picture']],
  [/^\/(?:openapi\.json|docs)$/, ['reference']],
  [/^\/(?:[siar]\/|$)/, ['page', 'data']],
]

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const routes = app.routes.filter(({ method, path }) => methods.has(method) && !path.includes('*'))

/** What an answer has for its class; a page or picture that is made anew may be kept shorter. */
function keeps(headers: Headers, name: Class): boolean {
  return Object.entries(classes[name]).every(
    ([header, value]) =>
      headers.get(header) === value ||
      (header === 'Cache-Control' && headers.get(header)?.includes('no-store')) ||
      (header === 'Content-Type' && headers.has(header)),
  )
}

/** What no answer may lack, whatever its class. */
function lacks(headers: Headers, body: string): string[] {
  const type = headers.get('content-type') ?? ''
  const policy = headers.get('content-security-policy') ?? ''
  const active = type.startsWith('text/html') || type.startsWith('image/svg')
  return [
    ...(headers.has('cache-control') || body === '' ? [] : ['Cache-Control']),
    ...(headers.get('x-content-type-options') === 'nosniff' || body === '' ? [] : ['nosniff']),
    ...(active && !policy.includes("default-src 'none'") ? ['Content-Security-Policy'] : []),
    ...(headers.get('cache-control')?.includes('public') && headers.has('set-cookie')
      ? ['no Set-Cookie on what is kept for all']
      : []),
  ]
}

test('every route answers with the headers of its class, to strangers and to the owner', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const asked = await client.post('/v1/embeds', { kpi: 'nps', window: '7d', kind: 'badge' })
  const { id } = await asked.json<{ id: string }>()
  const broken: string[] = []
  for (const { method, path } of routes) {
    const [, allowed = []] = expected.find(([pattern]) => pattern.test(path)) ?? []
    const real = path
      .replace(':survey', survey)
      .replace(/^\/e\/:file$/, `/e/${id}.svg`)
      .replace(/:\w+/g, 'AAAAAAAAAAAAAAAAAAAAAA')
    for (const authorization of ['', `Bearer ${client.secret}`]) {
      const answer = await call(real, {
        method,
        headers: { ...(authorization && { authorization }) },
      })
      const body = await answer.text()
      const found = lacks(answer.headers, body)
      const named = allowed.some((name) => keeps(answer.headers, name)) || body === ''
      if (!named || found.length > 0) {
        broken.push(`${method} ${path} ${answer.status}: ${[...found, ...allowed].join(', ')}`)
      }
    }
  }

  expect(routes.length).toBeGreaterThan(60)
  expect(broken).toEqual([])
})

test('what a key protects is kept by nobody, whoever asks', async () => {
  const client = await newWorkspace()
  const protectedPaths = routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/'))
    .map(({ path }) => path.replace(/:\w+/g, 'nps'))
  for (const path of protectedPaths) {
    const { headers } = await client.get(path)

    expect(headers.get('cache-control'), path).toBe('private, no-store')
  }
  expect(protectedPaths.length).toBeGreaterThan(10)
})
