import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const port = '8795'
const origin = `http://localhost:${port}`

let folder: string
const started: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-start-'))
})

afterAll(() => {
  for (const { pid, exitCode } of started) {
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start` without npm, as the leader of its own group. */
function begin(): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, ['demo/start.ts'], {
    detached: true,
    env: { ...process.env, PORT: port, TIDEMARK_STATE: folder },
  })
  started.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text.toString()
    })
  }
  return { child, said: () => said }
}

async function until(holds: () => boolean): Promise<void> {
  const limit = Date.now() + 60_000
  while (!holds()) {
    if (Date.now() > limit) throw new Error('It never came about')
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

/** Processes of a group that are still there. */
function left(group: number): number {
  const all = execFileSync('ps', ['-eo', 'pgid='], { encoding: 'utf8' })
  return all.split('\n').filter((line) => Number(line) === group).length
}

test('the first page is alive, a taken port is refused in words, and ending it ends everything', async () => {
  const first = begin()
  await until(() => first.said().includes('Tidemark is at'))
  const page = await (await fetch(origin)).text()
  const badge = await (await fetch(`${origin}/e/demo-nps-badge.svg`)).text()

  const second = begin()
  const [code] = await once(second.child, 'exit')
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')
  await until(() => left(first.child.pid ?? 0) === 0)

  expect(page).toContain('/e/demo-nps-chart.svg')
  expect(badge).toContain('n = 132')
  expect(code).toBe(1)
  expect(second.said()).toContain(`Port ${port} cannot be used`)
  expect(second.said()).not.toContain('Tidemark is at')
})

test('what was answered is there after a restart', async () => {
  const first = begin()
  await until(() => first.said().includes('Tidemark is at'))
  const answer = await fetch(`${origin}/s/demo-nps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"score":10,"submission":"before"}',
  })
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')

  const second = begin()
  await until(() => second.said().includes('Tidemark is at'))
  const repeat = await fetch(`${origin}/s/demo-nps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"score":10,"submission":"before"}',
  })
  second.child.kill('SIGTERM')
  await once(second.child, 'exit')

  expect([answer.status, repeat.status]).toEqual([201, 200])
})
