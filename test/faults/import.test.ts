import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../program/build.ts'
import { type Host, migrations, newTeam, start } from '../program/host.ts'

/** A warm-up, after which the heap has its usual size, and a file of a little under 100 MiB. */
const few = 100_000
const many = 700_000

let folder: string
let host: Host

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-import-'))
  host = await start({
    bundle: build('workers/index.ts', join(folder, 'bundle')),
    folder: join(folder, 'data'),
    tables: migrations(),
  })
})

afterAll(async () => {
  await host.dispose()
  rmSync(folder, { recursive: true, force: true })
})

/** Memory of the workerd that this process has started, in MiB. */
function workerdMemory(): number {
  const pids = execFileSync('ps', ['--ppid', String(process.pid), '-o', 'pid=,comm='], {
    encoding: 'utf8',
  })
  const [pid = ''] =
    pids
      .split('\n')
      .find((line) => line.includes('workerd'))
      ?.trim()
      .split(' ') ?? []
  const [, kibibytes = '0'] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}

/** A file, made as it is sent. */
function file(lines: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const start = Date.parse('2024-01-01T00:00:00Z')
  let line = 0
  return new ReadableStream({
    pull(controller) {
      const rows: string[] = line === 0 ? ['time,score,comment'] : []
      const end = Math.min(lines, line + 1_000)
      for (; line < end; line++) {
        const time = new Date(start + line * 60_000).toISOString()
        rows.push(`${time},${line % 11},"${'a comment of many words '.repeat(4)}"`)
      }
      controller.enqueue(encoder.encode(`${rows.join('\n')}\n`))
      if (line >= lines) controller.close()
    },
  })
}

/** Imports so many lines; resolves to what the answer says and to the most memory seen meanwhile. */
async function importLines(lines: number): Promise<{ tally: unknown; peak: number }> {
  const { secret, survey } = await newTeam(host)
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, workerdMemory())
  }, 250)
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
    body: file(lines),
    duplex: 'half',
  }
  const answer = await fetch(`${host.direct}/v1/import/survey.response?set=survey:${survey}`, init)
  const tally: unknown = await answer.json()
  clearInterval(watch)
  return { tally, peak }
}

test('a file of nearly 100 MiB is stored whole, in memory that does not grow with it', async () => {
  const small = await importLines(few)
  const large = await importLines(many)

  const growth = Math.round(large.peak - small.peak)
  console.log(
    `${many / few} times the lines: workerd grew by ${growth} of ${Math.round(small.peak)} MiB`,
  )
  expect(small.tally).toMatchObject({ received: few, stored: few, rejected: [] })
  expect(large.tally).toMatchObject({ received: many, stored: many, duplicate: 0, rejected: [] })
  expect(large.peak).toBeLessThan(2 * small.peak)
})
