import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../program/build.ts'
import { type Team, migrations, newTeam, start } from '../program/host.ts'

const rounds = 25
const writers = 16

let folder: string
let bundle: string
let running: ChildProcess | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-kill-'))
  bundle = build('workers/index.ts', join(folder, 'bundle'))
})

afterAll(() => {
  kill()
  rmSync(folder, { recursive: true, force: true })
})

/** Ends the process and the workerd it has started, without a chance to clean up. */
function kill(): void {
  if (running?.pid !== undefined) process.kill(-running.pid, 'SIGKILL')
  running = undefined
}

/** Starts the program on the data that the one before has left; resolves to its origin. */
async function serve(): Promise<string> {
  const child = spawn(process.execPath, ['test/faults/serve.ts', bundle, join(folder, 'data')], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running = child
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()))
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}`)))
  })
}

/** Sends answers until the program is gone, and notes those that were acknowledged. */
async function write(
  origin: string,
  survey: string,
  sent: string[],
  acked: Set<string>,
): Promise<void> {
  for (;;) {
    const submission = crypto.randomUUID()
    sent.push(submission)
    try {
      const answer = await fetch(`${origin}/s/${survey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ score: sent.length % 11, submission }),
        signal: AbortSignal.timeout(3_000),
      })
      if (answer.status === 201) acked.add(submission)
    } catch {
      return
    }
  }
}

test('an acknowledged answer is never lost and none is stored twice, however often the program is killed', async () => {
  const sent: string[] = []
  const acked = new Set<string>()
  let team: Team | undefined
  for (let round = 0; round < rounds; round++) {
    const origin = await serve()
    const { survey } = (team ??= await newTeam({ origin }))
    const writing = Array.from({ length: writers }, () => write(origin, survey, sent, acked))
    await new Promise((wake) => setTimeout(wake, 150 + ((round * 97) % 500)))
    kill()
    await Promise.all(writing)
  }

  const host = await start({ bundle, folder: join(folder, 'data'), tables: migrations() })
  const { results } = await host.db
    .prepare("SELECT id FROM fact WHERE type = 'survey.response'")
    .all<{ id: string }>()
  const half = await host.db.prepare('PRAGMA quick_check').first()
  await host.dispose()

  const stored = results.map(({ id }) => id)
  console.log(
    `${rounds} kills: ${sent.length} sent, ${acked.size} acknowledged, ${stored.length} stored`,
  )
  expect(acked.size).toBeGreaterThan(rounds)
  expect(new Set(stored).size).toBe(stored.length)
  expect([...acked].filter((id) => !stored.includes(id))).toEqual([])
  expect(stored.filter((id) => !sent.includes(id))).toEqual([])
  expect(half).toEqual({ quick_check: 'ok' })
})
