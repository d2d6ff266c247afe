import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayFinder } from '../../src/day.ts'
import { utf8 } from '../../src/bytes.ts'
import { parseBody, readBody } from '../../src/delivery.ts'
import type { Inbound, Verdict } from '../../src/scheme.ts'
import type { Reading, Source } from '../../src/source.ts'

const folder = join(import.meta.dirname, '../../../shared/data/webhooks')

/** A body that a vendor has sent or published, or `null` where the samples are not at hand. */
export function readSample(file: string): string | null {
  const path = join(folder, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/** Days as a workspace in UTC has them. */
export const inUtc = dayFinder('UTC')

/** What a vendor knows besides the body. */
interface Beside {
  readonly headers?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly memory?: Readonly<Record<string, string>>
  readonly received?: number
}

/** What a vendor makes of a body, given as it is sent or as what is to be sent. */
export function tell(source: Source, body: unknown, beside: Beside = {}): Reading {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { headers = {}, config = {}, memory = {}, received = 0 } = beside
  return readBody(source, parseBody(source.format, utf8(text)), {
    headers: new Map(Object.entries(headers)),
    memory: new Map(Object.entries(memory)),
    config,
    received,
    dayOf: inUtc,
  })
}

/** What a request says of itself; what is left out is as it usually is. */
interface Sent extends Partial<Omit<Inbound, 'headers' | 'body'>> {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Whether a vendor takes a request for its own. */
export function verified(
  source: Source,
  {
    body,
    headers = {},
    method = 'POST',
    url = 'https://tidemark.test/hooks/source',
    token = null,
  }: Sent,
  secrets: readonly string[],
  { now = 0, config = {} }: { now?: number; config?: Readonly<Record<string, unknown>> } = {},
): Promise<Verdict> {
  const inbound = {
    method,
    url,
    token,
    headers: new Map(Object.entries(headers)),
    body: utf8(body),
  }
  return source.scheme(config).verify(inbound, secrets, now)
}
