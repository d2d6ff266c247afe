import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
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
function begin(
  cwd = '.',
  more: Record<string, string> = {},
): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [resolve('demo/start.ts')], {
    cwd,
    detached: true,
    env: { ...process.env, PORT: port, TIDEMARK_STATE: folder, ...more },
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

/** A checkout of its own: what is written is here, the rest is shared. */
function checkout(): string {
  const copy = mkdtempSync(join(folder, 'checkout-'))
  for (const file of ['wrangler.toml', '.dev.vars.example', 'package.json', 'tsconfig.json']) {
    copyFileSync(file, join(copy, file))
  }
  for (const name of ['src', 'workers', 'drizzle', 'node_modules']) {
    symlinkSync(resolve(name), join(copy, name))
  }
  return copy
}

test('secrets that a new version wants are added to those of an old one, which stay', async () => {
  const copy = checkout()
  const vars = join(copy, '.dev.vars')
  const old = '# Ours.\nADMIN_KEY="of-an-old-version"\nOTHER=kept'
  writeFileSync(vars, old)
  const as = (bearer: string, path: string, body: object) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  const first = begin(copy, { TIDEMARK_DEMO: '0', TIDEMARK_STATE: join(copy, 'state') })
  await until(() => first.said().includes('Tidemark is at'))
  const made = await as('of-an-old-version', '/v1/workspaces', {
    name: 'Test',
    timeZone: 'UTC',
    currency: 'EUR',
  })
  const { key }: { key: { secret: string } } = await made.json()
  const sealed = await as(key.secret, '/v1/sources', {
    vendor: 'shopify',
    name: 'Shop',
    secrets: ['shopify-secret'],
  })
  const { url }: { url: string } = await sealed.json()
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')
  const between = readFileSync(vars, 'utf8')

  const second = begin(copy, { TIDEMARK_DEMO: '0', TIDEMARK_STATE: join(copy, 'state') })
  await until(() => second.said().includes('Tidemark is at'))
  const opened = await fetch(url, { method: 'POST', body: '{}' })
  second.child.kill('SIGTERM')
  await once(second.child, 'exit')

  expect([made.status, sealed.status]).toEqual([201, 201])
  expect(between.startsWith(`${old}\n`)).toBe(true)
  expect(parseEnv(between)).toEqual({
    ADMIN_KEY: 'of-an-old-version',
    OTHER: 'kept',
    SEAL_KEY: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(opened.status).toBe(401)
  expect(readFileSync(vars, 'utf8')).toBe(between)
})
