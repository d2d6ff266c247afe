import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '../../workers/index.ts'
import { newSurvey, newWorkspace } from './client.ts'

const context = createExecutionContext()

/** The Worker on a database whose every call fails as D1 does when it is overloaded. */
async function onBrokenStorage(path: string, init: RequestInit = {}): Promise<Response> {
  const fail = () => Promise.reject(new Error('D1 DB is overloaded. Too many requests queued.'))
  const statement: D1PreparedStatement = Object.create(env.DB.prepare('SELECT 1'), {
    bind: { value: () => statement },
    run: { value: fail },
    all: { value: fail },
    first: { value: fail },
    raw: { value: fail },
  })
  const broken: D1Database = Object.create(env.DB, {
    prepare: { value: () => statement },
    batch: { value: fail },
  })
  const request = new Request(`https://tidemark.test${path}`, init)
  return worker.fetch(request, { ...env, DB: broken }, context)
}

test('an answer that cannot be stored gets a page that says so, with 503 and Retry-After', async () => {
  const answer = await onBrokenStorage('/s/nobody-has-asked-yet', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'score=7',
  })

  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(await answer.text()).toContain('<!doctype html>')
})

test('an answer to a survey that is remembered is not acknowledged while storage fails', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const body = JSON.stringify({ score: 7, submission: 'once' })
  await worker.fetch(new Request(`https://tidemark.test/s/${survey}`), env, context)
  const send = { method: 'POST', headers: { 'content-type': 'application/json' }, body }

  const answer = await onBrokenStorage(`/s/${survey}`, send)

  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({
    status: 503,
    type: 'urn:tidemark:problem:unavailable',
  })
})

test('an embed stays an image while storage fails, and nobody keeps it', async () => {
  const answer = await onBrokenStorage('/e/whatever.svg')

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('image/svg+xml')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toContain('<svg')
})

test.each(['/v1/kpis/nps?last=30d', '/v1/surveys', '/readyz', '/e/whatever.json'])(
  '%s answers 503 with Retry-After while storage fails',
  async (path) => {
    const key = `tm_${'a'.repeat(12)}_${'b'.repeat(43)}`

    const answer = await onBrokenStorage(path, { headers: { authorization: `Bearer ${key}` } })

    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await answer.text()).not.toContain('overloaded')
  },
)
