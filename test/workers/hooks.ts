import { env } from 'cloudflare:workers'
import { watch } from '../../src/store/watch.ts'
import { typesOf } from '../../workers/vendors.ts'
import { type Client, call } from './client.ts'

/** A source made over the API, as its team knows it. */
export interface TeamSource {
  readonly id: string
  readonly url: string
}

/** A new source of a vendor; resolves to its id and path. */
export async function newSource(
  client: Client,
  vendor: string,
  {
    secrets,
    config = {},
    ...more
  }: { secrets: readonly string[]; config?: object; retention?: number },
): Promise<TeamSource> {
  const answer = await client.post('/v1/sources', {
    vendor,
    name: vendor,
    secrets,
    config,
    ...more,
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json<TeamSource>()
}

/** Posts to a source, as its vendor would. */
export function post(
  { url }: Pick<TeamSource, 'url'>,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return call(new URL(url).pathname, { method: 'POST', body, headers })
}

/** Looks after all sources there are: a run takes those that have waited longest, and no more than 20. */
export async function watchAll(now: number): Promise<void> {
  const sources = await env.DB.prepare('SELECT count(*) AS n FROM source').first<{ n: number }>()
  for (let run = 0; run * 20 < (sources?.n ?? 0); run++) await watch(env.DB, typesOf, now + run)
}
