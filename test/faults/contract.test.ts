import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import description from '../../docs/openapi.json'
import type { Received, Sent } from '../openapi/contract.ts'
import { tryOut } from '../openapi/trial.ts'
import { build } from '../program/build.ts'
import { type Host, adminKey, migrations, start } from '../program/host.ts'

const folder = mkdtempSync(join(tmpdir(), 'tidemark-'))
let host: Host

beforeAll(async () => {
  host = await start({ bundle: build('workers/index.ts', folder), tables: migrations() })
})

afterAll(async () => {
  await host.dispose()
  rmSync(folder, { recursive: true })
})

async function send({ path, ...init }: Sent): Promise<Received> {
  const answer = await fetch(host.direct + path, {
    ...init,
    body: init.body as BodyInit | null,
    redirect: 'manual',
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const requests = 1_050

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  `${requests} requests of seed %d to the built Worker are answered as described`,
  async (seed) => {
    const { broken } = await tryOut(description, send, { seed, requests, adminKey })

    expect(broken).toEqual([])
  },
)
