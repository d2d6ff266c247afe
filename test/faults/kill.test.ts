import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textAt } from '../../src/at.ts'
import { utf8 } from '../../src/bytes.ts'
import { build } from '../program/build.ts'
import { type Team, migrations, newTeam, start } from '../program/host.ts'
import { signingOf } from '../sources/signing.ts'

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

/** What is sent and what of it was acknowledged, by id. */
interface Journal {
  readonly sent: string[]
  readonly acked: Set<string>
}

/** Sends one thing after another until the program is gone, and notes those that were acknowledged. */
async function write(
  { sent, acked }: Journal,
  send: (id: string) => Promise<Response>,
): Promise<void> {
  for (;;) {
    const id = crypto.randomUUID()
    sent.push(id)
    try {
      if ((await send(id)).ok) acked.add(id)
    } catch {
      return
    }
  }
}

const signal = () => AbortSignal.timeout(3_000)

const answerTo = (origin: string, survey: string) => (submission: string) =>
  fetch(`${origin}/s/${survey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ score: submission.charCodeAt(0) % 11, submission }),
    signal: signal(),
  })

const signing = signingOf('standard')

/** A webhook of a ticket, signed as its sender would. */
const deliverTo = (origin: string, source: string) => async (id: string) => {
  const event = { specversion: '1.0', id, source: 'desk', type: 'ticket.created' }
  const body = JSON.stringify({ ...event, time: '2026-03-01T10:00:00Z', data: { ticket: id } })
  const { headers } = await signing.sign(utf8(body), {
    secret: signing.secret,
    now: Date.now(),
    id,
  })
  return fetch(`${origin}/hooks/${source}`, { method: 'POST', headers, body, signal: signal() })
}

async function newSource(origin: string, { secret }: Team): Promise<string> {
  const answer = await fetch(`${origin}/v1/sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ vendor: 'standard', name: 'Desk', secrets: [signing.secret] }),
  })
  const made: unknown = await answer.json()
  return textAt(made, 'id')
}

/** Holds what is stored against what was sent. */
function compare({ sent, acked }: Journal, stored: readonly string[]): void {
  const found = new Set(stored)
  expect(acked.size).toBeGreaterThan(rounds)
  expect(found.size).toBe(stored.length)
  expect([...acked].filter((id) => !found.has(id))).toEqual([])
  expect(stored.filter((id) => !sent.includes(id))).toEqual([])
}

test('nothing acknowledged is ever lost and nothing is stored twice or by half, however often the program is killed', async () => {
  const answers: Journal = { sent: [], acked: new Set() }
  const deliveries: Journal = { sent: [], acked: new Set() }
  let team: Team | undefined
  let source: string | undefined
  for (let round = 0; round < rounds; round++) {
    const origin = await serve()
    team ??= await newTeam({ origin })
    source ??= await newSource(origin, team)
    const [answer, deliver] = [answerTo(origin, team.survey), deliverTo(origin, source)]
    const writing = Array.from({ length: writers }, (_, at) =>
      at % 2 === 0 ? write(answers, answer) : write(deliveries, deliver),
    )
    await new Promise((wake) => setTimeout(wake, 150 + ((round * 97) % 500)))
    kill()
    await Promise.all(writing)
  }

  const host = await start({ bundle, folder: join(folder, 'data'), tables: migrations() })
  const idsOf = async (sql: string) =>
    (await host.db.prepare(sql).all<{ id: string }>()).results.map(({ id }) => id)
  const answered = await idsOf("SELECT id FROM fact WHERE type = 'survey.response'")
  const told = await idsOf("SELECT id FROM fact WHERE type = 'ticket.created'")
  const delivered = await idsOf(
    "SELECT id FROM identity WHERE state = 'stored' AND length(body) > 0",
  )
  const half = await host.db.prepare('PRAGMA quick_check').first()
  await host.dispose()

  console.log(
    [answers, deliveries]
      .map(({ sent, acked }) => `${sent.length} sent, ${acked.size} acknowledged`)
      .join('; '),
    `by ${rounds} kills; ${answered.length} and ${delivered.length} stored`,
  )
  compare(answers, answered)
  compare(deliveries, delivered)
  expect(told.toSorted()).toEqual(delivered.toSorted())
  expect(half).toEqual({ quick_check: 'ok' })
})
