import { env, exports } from 'cloudflare:workers'

/** What the deployment's own key is in tests. */
const adminKey = 'test-admin-key'

/** A request to the Worker, through its front door. */
export function call(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://tidemark.test${path}`, { redirect: 'manual', ...init }),
  )
}

export interface Client {
  readonly workspace: string
  readonly secret: string
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  readonly post: (path: string, body?: unknown) => Promise<Response>
  readonly send: (path: string, body: BodyInit, type: string) => Promise<Response>
  readonly remove: (path: string) => Promise<Response>
}

/** A caller with a key. */
export function clientOf(workspace: string, secret: string): Client {
  const authorization = `Bearer ${secret}`
  return {
    workspace,
    secret,
    get: (path, headers = {}) => call(path, { headers: { authorization, ...headers } }),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    send: (path, body, type) =>
      call(path, { method: 'POST', headers: { authorization, 'content-type': type }, body }),
    remove: (path) => call(path, { method: 'DELETE', headers: { authorization } }),
  }
}

/** A new workspace, called by its own admin key. */
export async function newWorkspace(timeZone = 'UTC'): Promise<Client> {
  const answer = await call('/v1/workspaces', {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Test', timeZone, currency: 'EUR' }),
  })
  const { id, key } = await answer.json<{ id: string; key: { secret: string } }>()
  return clientOf(id, key.secret)
}

/** A new survey of a workspace; resolves to its id. */
export async function newSurvey(
  client: Client,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await client.post('/v1/surveys', { kind: 'nps', name: 'Test', ...more })
  const { id } = await answer.json<{ id: string }>()
  return id
}

/** Rolls up until nothing is left. */
export async function rollUp(client: Client): Promise<void> {
  for (let remaining = 1; remaining > 0;) {
    const answer = await client.post('/v1/rollups')
    ;({ remaining } = await answer.json<{ remaining: number }>())
  }
}

/** How many facts a workspace has. */
export async function countFacts(workspace: string): Promise<number> {
  const found = await env.DB.prepare('SELECT count(*) AS n FROM fact WHERE workspace = ?')
    .bind(workspace)
    .first<{ n: number }>()
  return found?.n ?? 0
}

/**
 * Snapshot rows without what differs between two workspaces, two moments and two ways in: how much came
 * twice, late or was rejected is told of the way in itself.
 */
export async function snapshotRows(workspace: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT kpi, version, segment, day, revision, counters FROM snapshot
     WHERE workspace = ? AND segment NOT LIKE 'survey:%'
       AND kpi NOT IN ('duplicate_rate', 'reject_rate', 'late_share')
     ORDER BY kpi, version, segment, day, revision`,
  )
    .bind(workspace)
    .all()
  return results
}
