import type { World } from './requests.ts'

/** Sends a request with a body of JSON, and resolves to what it is answered. */
export type Ask = <Body>(path: string, key: string, body?: unknown) => Promise<Body>

interface Made {
  readonly id: string
}

interface Tenant {
  readonly id: string
  readonly key: { readonly id: string; readonly secret: string }
}

/** Two tenants with one of everything, over HTTP, as their teams would. */
export async function settle(ask: Ask, adminKey: string): Promise<World> {
  const [own, other] = [await tenantOf(ask, adminKey), await tenantOf(ask, adminKey)]
  const { id, secret } = own.tenant.key
  const read = await ask<Tenant['key']>('/v1/keys', secret, { name: 'Read', scopes: ['read'] })
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` })
  const owner = bearer(adminKey)
  return {
    keys: [
      bearer(secret),
      bearer(read.secret),
      bearer(other.tenant.key.secret),
      { ...owner, 'tidemark-workspace': own.tenant.id },
      { ...owner, 'tidemark-workspace': 'nobody' },
      owner,
      bearer(`tm_${id}_${'x'.repeat(43)}`),
      bearer('x'),
      { authorization: 'Basic eDp5' },
      null,
    ],
    ids: Object.fromEntries(
      Object.entries(own.ids).map(([name, one]) => [name, [one, one, other.ids[name] ?? one, 'x']]),
    ),
  }
}

async function tenantOf(ask: Ask, adminKey: string) {
  const workspace = { name: 'Contract', timeZone: 'Europe/Warsaw', currency: 'EUR' }
  const tenant = await ask<Tenant>('/v1/workspaces', adminKey, workspace)
  const { secret } = tenant.key
  const post = (path: string, body: unknown) => ask<Made>(path, secret, body)
  const survey = await post('/v1/surveys', { kind: 'nps', name: 'Contract', properties: ['plan'] })
  const embed = await post('/v1/embeds', { kpi: 'nps', window: '30d', kind: 'line', minimum: 1 })
  const secrets = ['0123456789abcdef0123456789abcdef']
  const source = await post('/v1/sources', { vendor: 'pipedrive', name: 'Sales', secrets })
  const days = { from: '2026-01-01', to: '2026-12-31' }
  const target = await post('/v1/targets', { kpi: 'nps', baseline: 10, target: 20, ...days })
  const answer = { score: 9, comment: 'Fine', submission: 's1' }
  const { receipt } = await ask<{ receipt: string }>(`/s/${survey.id}`, secret, answer)
  const { items } = await ask<{ items: { url: string }[] }>(
    `/v1/surveys/${survey.id}/invitations`,
    secret,
    { recipients: [{ id: 'crm-1' }] },
  )
  const [credential = ''] = secrets
  const { delivery } = await ask<{ delivery: string }>(`/hooks/${source.id}`, credential, {})
  await post('/v1/rollups', undefined)
  const ids: Record<string, string> = {
    surveys: survey.id,
    survey: survey.id,
    embeds: embed.id,
    embed: embed.id,
    e: embed.id,
    sources: source.id,
    source: source.id,
    targets: target.id,
    deliveries: delivery,
    recipient: 'crm-1',
    receipt: receipt.slice('/a/'.length),
    token: new URL(items[0]?.url ?? '').pathname.slice('/i/'.length),
  }
  return { tenant, ids }
}
