import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import worker from '../../workers/index.ts'
import { newSurvey, newWorkspace } from './client.ts'
import { answersOf, pageOf } from './visitors.ts'

const keys = { TURNSTILE_SITE_KEY: 'site-key', TURNSTILE_SECRET: 'secret-key' }

afterEach(() => vi.unstubAllGlobals())

/** Cloudflare, as its documentation says it answers; `null` is one that cannot be reached. */
function stubVerifier(success: boolean | null) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, { body }: { body: URLSearchParams }) => {
    asked.push(`${url} ${body.toString()}`)
    if (success === null) throw new Error('unreachable')
    return Response.json({ success })
  })
  return asked
}

async function send(path: string, fields: Record<string, string>): Promise<Response> {
  const request = new Request(`https://tidemark.test${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  })
  return worker.fetch(request, { ...env, ...keys }, createExecutionContext())
}

async function opened() {
  const client = await newWorkspace()
  const id = await newSurvey(client)
  return { client, id, path: `/s/${id}` }
}

test('a deployment with keys shows the challenge, admitted by its policy, and one without does not', async () => {
  const { path } = await opened()
  const request = () => new Request(`https://tidemark.test${path}`)

  const challenged = await worker.fetch(request(), { ...env, ...keys }, createExecutionContext())
  const plain = await worker.fetch(request(), env, createExecutionContext())

  const policy = challenged.headers.get('content-security-policy')
  expect(policy).toContain('frame-src https://challenges.cloudflare.com')
  expect(policy).toMatch(/script-src 'sha256-[^']+' https:\/\/challenges\.cloudflare\.com/)
  expect(await challenged.text()).toContain('data-sitekey="site-key"')
  expect(plain.headers.get('content-security-policy')).not.toContain('challenges')
  expect(await plain.text()).not.toContain('turnstile')
})

test('whoever passes is believed, by the secret and the token', async () => {
  const { client, id, path } = await opened()
  const asked = stubVerifier(true)

  const answer = await send(path, { score: '9', 'cf-turnstile-response': 'token' })

  expect(answer.status).toBe(303)
  expect(asked).toEqual([
    'https://challenges.cloudflare.com/turnstile/v0/siteverify secret=secret-key&response=token',
  ])
  expect(await answersOf(client, id)).toMatchObject([{ score: 9 }])
})

test.each<[string, Record<string, string>, boolean | null]>([
  ['has no token', {}, true],
  ['fails', { 'cf-turnstile-response': 'token' }, false],
  ['cannot be verified', { 'cf-turnstile-response': 'token' }, null],
])(
  'an answer whose sender %s is kept and doubted, also when it is sent again',
  async (_, more, success) => {
    const { client, id, path } = await opened()
    stubVerifier(success)

    const answer = await send(path, { score: '0', ...more })
    const page = await pageOf(answer)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const again = await send(path, { ...page.hidden, score: '0', ...more })

    expect([answer.status, again.status]).toEqual([202, 202])
    expect(await answersOf(client, id)).toEqual([])
    const doubted = await client.get(`/v1/surveys/${id}/provisional`)
    expect(await doubted.json()).toMatchObject({ items: [{ reasons: ['challenge'], score: 0 }] })
  },
)
