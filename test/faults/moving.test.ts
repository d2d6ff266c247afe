import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../program/build.ts'
import { type Host, adminKey, migrations, newTeam, rollUp, start } from '../program/host.ts'

/** Enough for many pages, of kinds that come to thousands of rows: facts, snapshots. */
const facts = 20_000

const run = promisify(execFile)
let folder: string
let old: Host
let fresh: Host

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-moving-'))
  const bundle = build('workers/index.ts', join(folder, 'bundle'))
  const [one, other] = await Promise.all(
    ['old', 'fresh'].map((name) =>
      start({ bundle, folder: join(folder, name), tables: migrations() }),
    ),
  )
  if (one === undefined || other === undefined) throw new Error('Cannot start two hosts')
  old = one
  fresh = other
})

afterAll(async () => {
  await Promise.all([old.dispose(), fresh.dispose()])
  rmSync(folder, { recursive: true, force: true })
})

/** The commands of the guide that contain a text. */
function commandsWith(text: string): string {
  const guide = readFileSync(resolve('docs/export.md'), 'utf8')
  const blocks = guide.split(/\n\n(?=    )/).map((part) => part.split(/\n\n(?! {4})/)[0] ?? '')
  const found = blocks.find((block) => block.includes(text))
  if (found === undefined) throw new Error(`The guide has no commands with ${text}`)
  return found.replaceAll(/^ {4}/gm, '')
}

async function shell(script: string, cwd: string, env: Record<string, string>): Promise<void> {
  await run('bash', ['-e', '-c', script], {
    cwd,
    env: { ...process.env, ...env },
    timeout: 120_000,
  })
}

const pagesIn = (place: string) =>
  readdirSync(place)
    .filter((name) => name.startsWith('page-'))
    .sort()
    .map((name) => readFileSync(join(place, name), 'utf8'))

/** What the guide's commands bring from a deployment, once the address in them is this one's. */
async function exportTo(place: string, { origin }: Host, secret: string): Promise<string[]> {
  await run('mkdir', ['-p', place])
  const script = commandsWith('page=10001').replace('https://old.example.com', origin)
  await shell(script, place, { KEY: secret })
  return pagesIn(place)
}

/** A key of a workspace, made by the owner of its deployment. */
async function newKey({ origin }: Host, workspace: string): Promise<string> {
  const made = await fetch(`${origin}/v1/keys`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminKey}`,
      'tidemark-workspace': workspace,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'New', scopes: ['admin'] }),
  })
  const [secret = ''] = /tm_[\w-]+/.exec(await made.text()) ?? []
  return secret
}

test('a workspace of many pages moves by the commands of the guide, to the byte', async () => {
  const { secret, survey } = await newTeam(old)
  const begin = Date.parse('2025-01-01T00:00:00Z')
  const lines = Array.from({ length: facts }, (_, at) => {
    const time = new Date(begin + at * 900_000).toISOString()
    return `${time},${at % 11},"It was ${at % 11}, and ""so"" on",r${at % 5_000}`
  })
  const imported = await fetch(`${old.origin}/v1/import/survey.response?set=survey:${survey}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
    body: ['time,score,comment,respondent', ...lines, ''].join('\n'),
  })
  expect(await imported.json()).toMatchObject({ stored: facts })
  for (let turn = 0; turn < 4; turn++) await rollUp(old)

  const began = Date.now()
  const pages = await exportTo(join(folder, 'pages'), old, secret)
  const exported = Date.now()
  await shell(commandsWith('--data-binary'), join(folder, 'pages'), {
    NEW: fresh.origin,
    ADMIN_KEY: adminKey,
  })
  const moved = Date.now()

  expect(pages.length).toBeGreaterThan(4)
  for (const page of pages) expect(page.length).toBeLessThan(4_000_000)
  const [, workspace = ''] = /"workspace":"([^"]+)"/.exec(pages[0] ?? '') ?? []
  const secretThere = await newKey(fresh, workspace)
  expect(await exportTo(join(folder, 'again'), fresh, secretThere)).toEqual(pages)
  const rows = pages.reduce((sum, page) => sum + page.split('\n').length - 3, 0)
  console.log(
    `${pages.length} pages, ${rows} rows: ${exported - began} ms out, ${moved - exported} ms in`,
  )
})
