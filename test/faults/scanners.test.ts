import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium, launch } from '../browser/browser.ts'
import { build } from '../program/build.ts'
import { type Host, type Team, migrations, newTeam, rollUp, start } from '../program/host.ts'
import { type Mailing, each, passAnHour, send } from './mail.ts'
import { answer, scanBefore } from './people.ts'
import { pressers } from './pressers.ts'
import { lookAhead, open, openAll, press, wait } from './scanner.ts'
import { type Row, scannersPage } from './scanners.ts'

const each200 = 200

/** As many browsers as two processors bear; each visit waits ten seconds. */
const browsed = 20
const width = 8

let folder: string
let host: Host
let team: Team
let browser: Browser
const rows: Row[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-scanners-'))
  host = await start({ bundle: build('workers/index.ts', folder), tables: migrations() })
  team = await newTeam(host)
  browser = await launch(findChromium(process.env))
})

afterAll(async () => {
  await browser.close()
  await host.dispose()
  rmSync(folder, { recursive: true, force: true })
})

/** The answers that count, by recipient. */
async function counted({ survey }: Mailing): Promise<[string, number][]> {
  const { results } = await host.db
    .prepare(
      `SELECT entity, value FROM fact
       WHERE type = 'survey.response' AND subject = ? AND replaced IS NULL`,
    )
    .bind(survey)
    .all<{ entity: string; value: number }>()
  return results.map(({ entity, value }) => [entity, value])
}

async function read<Body>(path: string): Promise<Body> {
  const headers = { authorization: `Bearer ${team.secret}` }
  const answer = await fetch(host.origin + path, { headers })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Body
}

/** What the visits of a kind have left; how many answers are in a KPI is asked of the KPI. */
async function rowOf(
  kind: string,
  mailing: Mailing,
  seen: { readonly pages: number; readonly asked?: number },
): Promise<Row> {
  await rollUp(host)
  const { survey, mails } = mailing
  const today = new Date()
  const from = new Date(today.getTime() - 86_400_000).toISOString().slice(0, 10)
  const window = `from=${from}&to=${today.toISOString().slice(0, 10)}`
  const { total } = await read<{ total: { n: number } }>(
    `/v1/kpis/nps?${window}&segment=survey:${survey}`,
  )
  const integrity = await read<{
    doubted: { provisional: number }
    confirm_rate: { value: number | null }
  }>(`/v1/surveys/${survey}/integrity`)
  const row: Row = {
    kind,
    visits: mails.length,
    pages: seen.pages,
    stored: (await counted(mailing)).length,
    provisional: integrity.doubted.provisional,
    counting: total.n,
    asked: seen.asked ?? null,
    confirmRate: integrity.confirm_rate.value,
  }
  rows.push(row)
  return row
}

test.each<[string, (url: string, at: number) => Promise<number>]>([
  ['opens every link at once', (url) => openAll(url)],
  ['asks for the head of every link', (url) => openAll(url, { method: 'HEAD' })],
  ['looks ahead at every link', lookAhead],
])('a scanner that %s leaves no answer', async (kind, scan) => {
  const mailing = await send(host, team, { count: each200, mode: 'confirm' })
  let pages = 0

  await each(mailing.mails, width, async ({ url }, at) => {
    const asked = await scan(url, at)
    pages += asked
  })

  const row = await rowOf(kind, mailing, { pages })
  expect(row).toMatchObject({ stored: 0, provisional: 0, counting: 0 })
})

/** Opens a link in a browser of its own; resolves when that has done what it does. */
async function browse(url: string, work: (page: Page) => Promise<unknown>) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${url}?score=0`)
  await work(page)
  await context.close()
}

test.each(['confirm', 'assisted'] as const)(
  'a browser that runs scripts and waits leaves no answer to a survey that is %s',
  async (mode) => {
    const mailing = await send(host, team, { count: 2 * browsed, mode })

    await each(mailing.mails, browsed, ({ url }) => browse(url, () => wait(10_000)))

    const kind = `runs scripts for ten seconds, \`${mode}\``
    const row = await rowOf(kind, mailing, { pages: 2 * browsed })
    expect(row).toMatchObject({ stored: 0, provisional: 0, counting: 0 })
  },
)

test.each(pressers)('an answer of a scanner that $kind counts: $counts', async (presser) => {
  const { kind, counts, visit } = presser
  const count = each200 / pressers.length
  const mailing = await send(host, team, { count, mode: 'confirm' })
  let pages = 0

  await each(mailing.mails, width, async ({ url }) => {
    const shown = await visit(url)
    pages += shown
  })

  const all = counts ? count : 0
  const row = await rowOf(kind, mailing, { pages })
  expect(row).toMatchObject({ stored: all, provisional: count - all, counting: all })
})

test('a scanner that answers in the second of sending is early', async () => {
  const mailing = await send(host, team, { count: 1, mode: 'confirm', ago: 0 })

  const [{ url } = { url: '' }] = mailing.mails
  const pressed = await press(await open(url, 0), url)

  expect(pressed.status).toBe(202)
  expect(await counted(mailing)).toEqual([])
})

test.each(['confirm', 'assisted'] as const)(
  'a browser that presses the button of a survey that is %s is a person to us',
  async (mode) => {
    const mailing = await send(host, team, { count: browsed, mode })

    await each(mailing.mails, browsed / 2, ({ url }) =>
      browse(url, (page) => page.getByRole('button').click()),
    )

    const kind = `a browser that presses the button, \`${mode}\``
    const row = await rowOf(kind, mailing, { pages: browsed })
    expect(row).toMatchObject({ stored: browsed, provisional: 0, counting: browsed })
  },
)

test.each(['confirm', 'assisted'] as const)(
  'people lose nothing in a survey that is %s: the last answer of each counts, once',
  async (mode) => {
    const mailing = await send(host, team, { count: 500, mode })
    const expected = new Map<string, number>()
    const seen = { pages: 0, asked: 0 }
    await each(mailing.mails, width, async (mail, at) => {
      const opened = await scanBefore(mail, at)
      seen.pages += opened
    })
    await passAnHour(host, mailing)

    await each(mailing.mails, width, async (mail, at) => {
      const { score, pages, asked } = await answer(mail, at)
      expected.set(mail.recipient, score)
      seen.pages += pages
      seen.asked += asked
    })

    const found = await counted(mailing)
    const row = await rowOf(`people, \`${mode}\``, mailing, seen)
    expect(found).toHaveLength(mailing.mails.length)
    expect(new Map(found)).toEqual(expected)
    expect(row).toMatchObject({ stored: 500, provisional: 0, counting: 500 })
  },
)

test('docs/scanners.md says what was counted', async () => {
  const people = rows.filter(({ kind }) => kind.startsWith('people'))
  const scanners = rows.filter((row) => !people.includes(row))

  console.table(rows)
  await expect(scannersPage(scanners, people)).toMatchFileSnapshot('../../docs/scanners.md')
})
