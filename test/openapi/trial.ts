import type { Description } from '../../src/description.ts'
import { type Received, type Sent, contractOf } from './contract.ts'
import { randomOf } from './random.ts'
import { requestsOf } from './requests.ts'
import { type Ask, settle } from './world.ts'

/** What came of many requests. */
export interface Trial {
  /** What answers have broken, in words, with the request that did it. */
  readonly broken: readonly string[]
  /** How many answers there were of each status. */
  readonly statuses: ReadonlyMap<number, number>
}

/** A text of a body, however long it is, as far as it helps to send it again. */
const shortened = ({ body, ...sent }: Sent) =>
  JSON.stringify({ ...sent, body: typeof body === 'string' ? body.slice(0, 500) : body }).slice(
    0,
    900,
  )

/** Sends so many requests to two tenants that are made for it, the same ones for the same seed. */
export async function tryOut(
  description: Description,
  send: (sent: Sent) => Promise<Received>,
  options: { readonly seed: number; readonly requests: number; readonly adminKey: string },
): Promise<Trial> {
  const ask: Ask = async <Body>(path: string, key: string, body?: unknown) => {
    const { status, text } = await send({
      method: 'POST',
      path,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`)
    return JSON.parse(text) as Body
  }
  const world = await settle(ask, options.adminKey)
  const contract = contractOf(description)
  const broken: string[] = []
  const statuses = new Map<number, number>()
  const made = requestsOf(description, world, randomOf(options.seed)).take(options.requests)
  for (const { template, sent } of made) {
    const received = await send(sent)
    statuses.set(received.status, (statuses.get(received.status) ?? 0) + 1)
    for (const what of contract(template, sent, received)) {
      broken.push(`${sent.method} ${template} ${what.slice(0, 600)} <- ${shortened(sent)}`)
    }
  }
  return { broken, statuses }
}
