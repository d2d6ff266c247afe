import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { type Client, call, clientOf } from './client.ts'

const adminKey = { authorization: 'Bearer test-admin-key' }

/** Every table but those that D1 keeps for itself. */
export async function tableNames(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
     AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1\\_%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  return results.map(({ name }) => name)
}

/** What a deployment is before anything has happened in it. */
export async function newDeployment(): Promise<void> {
  const names = await tableNames()
  await env.DB.batch(names.map((name) => env.DB.prepare(`DELETE FROM "${name}"`)))
}

/** Every page of an export, by its links. */
export async function exportAll(client: Client): Promise<string[]> {
  const pages: string[] = []
  for (let path: string | undefined = '/v1/export'; path !== undefined;) {
    const answer: Response = await client.get(path)
    expect(answer.status).toBe(200)
    pages.push(await answer.text())
    path = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return pages
}

/** Sends a page to the deployment, as its owner would. */
export function importPage(body: string, type = 'application/x-ndjson'): Promise<Response> {
  const headers = { ...adminKey, 'content-type': type }
  return call('/v1/workspaces/import', { method: 'POST', headers, body })
}

/** Takes in all pages; resolves to a caller with a new key of the workspace. */
export async function importAll(pages: readonly string[]): Promise<Client> {
  let workspace = ''
  for (const [at, page] of pages.entries()) {
    const answer = await importPage(page)
    expect([answer.status, await answer.clone().text()]).toEqual([
      at === pages.length - 1 ? 201 : 200,
      expect.anything(),
    ])
    ;({ workspace } = await answer.json<{ workspace: string }>())
  }
  const answer = await call('/v1/keys', {
    method: 'POST',
    headers: {
      ...adminKey,
      'tidemark-workspace': workspace,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'After the move', scopes: ['admin'] }),
  })
  const { secret } = await answer.json<{ secret: string }>()
  return clientOf(workspace, secret)
}
