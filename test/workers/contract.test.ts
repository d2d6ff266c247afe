import { expect, test } from 'vitest'
import description from '../../docs/openapi.json'
import { tryOut } from '../openapi/trial.ts'
import { call } from './client.ts'

test('400 requests, as described or broken somewhere, are answered as described', async () => {
  const options = { seed: 20_261_124, requests: 400, adminKey: 'test-admin-key' }
  const { broken, statuses } = await tryOut(
    description,
    ({ path, ...init }) => read(call(path, init)),
    options,
  )

  expect(broken).toEqual([])
  expect([...statuses.keys()]).toEqual(
    expect.arrayContaining([200, 201, 204, 401, 403, 404, 405, 415, 422]),
  )
}, 60_000)

async function read(asked: Promise<Response>) {
  const answer = await asked
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
