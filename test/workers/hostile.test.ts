import naughtyStrings from 'big-list-of-naughty-strings/blns.json?raw'
import { parse } from 'csv-parse/sync'
import { SaxesParser } from 'saxes'
import { expect, test, vi } from 'vitest'
import { csvLine } from '../../src/csv.ts'
import { propertyLimit } from '../../src/survey.ts'
import { codePoints } from '../../src/text-field.ts'
import { xss } from '../data/xss.ts'
import { documentOf, packsOf } from '../hostile-survey.ts'
import { elements } from '../pages/html.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { sendForm, sendJson } from './visitors.ts'

// Hundreds of requests each.
vi.setConfig({ testTimeout: 60_000 })

const naughty = (JSON.parse(naughtyStrings) as string[]).filter((text) => text !== '')

/** What storage takes: no half characters, no NUL. */
const texts = [...new Set([...xss, ...naughty])].filter(
  (text) => text.isWellFormed() && !text.includes('\0'),
)

/** What is kept of a name or a property. */
const named = (text: string): string => text.trim().normalize('NFC')

/** What may be a property, as it is kept, each once. */
const properties = [
  ...new Set(texts.filter((text) => codePoints(text) <= propertyLimit).map(named)),
].filter((text) => text !== '')

/** Does something for each, so many at a time. */
async function each<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<unknown>,
): Promise<void> {
  const width = 16
  for (let from = 0; from < items.length; from += width) {
    await Promise.all(items.slice(from, from + width).map((item, at) => work(item, from + at)))
  }
}

interface Said {
  readonly id: string
  readonly comment: string | null
  readonly properties: Readonly<Record<string, string>>
}

/** Every answer of a survey, page by page. */
async function answersOf(client: Client, survey: string): Promise<Said[]> {
  const found: Said[] = []
  let target: string | undefined = `/v1/surveys/${survey}/responses?limit=200`
  while (target !== undefined) {
    const answer = await client.get(target)
    found.push(...(await answer.json<{ items: Said[] }>()).items)
    ;[, target] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? []
  }
  return found
}

/** The comment that an answer has, and its property where it may be one. */
const fieldsOf = (text: string): Record<string, string> =>
  codePoints(text) <= propertyLimit && named(text) !== ''
    ? { comment: text, 'p.team': text }
    : { comment: text }

const comments = (answers: readonly Said[]) =>
  new Map(answers.map(({ id, comment }) => [id, comment]))

const teams = (answers: readonly Said[]) =>
  new Map(
    answers.map((answer) => [answer.id, answer.properties['team'] ?? answer.properties['p.team']]),
  )

/** What is expected of answers that are called by their place in the list. */
const expected = <Value>(valueOf: (text: string) => Value) =>
  new Map(texts.map((text, at) => [`s${at}`, valueOf(text)]))

const teamOf = (text: string) => (fieldsOf(text)['p.team'] === undefined ? undefined : named(text))

test('hundreds of hostile texts, and as many of the list of naughty strings', () => {
  expect(xss.length).toBeGreaterThan(400)
  expect(new Set(xss).size).toBe(xss.length)
  expect(texts.length).toBeGreaterThan(800)
})

test('a comment and a property come back as they were sent, by form and by JSON', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['team'] })

  await each(texts, async (text, at) => {
    const fields = { score: '9', submission: `s${at}`, ...fieldsOf(text) }
    const path = `/s/${survey}`
    const sent = await (at % 2 === 0 ? sendForm(path, fields) : sendJson(path, fields))
    expect([201, 303], text).toContain(sent.status)
  })

  const answers = await answersOf(client, survey)
  expect(comments(answers)).toEqual(expected((text) => text))
  expect(teams(answers)).toEqual(expected(teamOf))
})

test('and by a file, whose cells may hold anything', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['team'] })
  const rows = texts.map((text, at) => {
    const { comment = '', 'p.team': team = '' } = fieldsOf(text)
    const quoted = [comment, team].map((cell) => `"${cell.replaceAll('"', '""')}"`)
    return `2026-03-01T12:00:00Z,9,s${at},${quoted.join(',')}\n`
  })

  const sent = await client.send(
    `/v1/import/survey.response?set=survey:${survey}`,
    `time,score,id,comment,p.team\n${rows.join('')}`,
    'text/csv',
  )

  expect(await sent.json()).toMatchObject({ stored: texts.length, rejected: [] })
  const answers = await answersOf(client, survey)
  expect(comments(answers)).toEqual(expected((text) => text))
  expect(teams(answers)).toEqual(expected(teamOf))
})

test('and by lines of JSON, as facts and as an import', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['team'] })
  const time = new Date(Date.now() - 86_400_000).toISOString()
  const lines = texts.map((text, at) => ({ score: 9, time, id: `s${at}`, ...fieldsOf(text) }))
  const facts = lines.map(({ id, time: at, ...data }) => ({
    specversion: '1.0',
    id,
    source: 'facts',
    type: 'survey.response',
    time: at,
    data: { survey, ...data },
  }))
  const ndjson = (items: readonly object[]) =>
    items.map((item) => `${JSON.stringify(item)}\n`).join('')
  const type = 'application/x-ndjson'

  for (let from = 0; from < facts.length; from += 500) {
    const sent = await client.send('/v1/facts', ndjson(facts.slice(from, from + 500)), type)
    expect(await sent.json()).toMatchObject({ rejected: [] })
  }
  const told = await answersOf(client, survey)
  const imported = await newSurvey(client, { properties: ['team'] })
  const file = `/v1/import/survey.response?set=survey:${imported}`
  const sent = await client.send(file, ndjson(lines), type)

  expect(await sent.json()).toMatchObject({ stored: texts.length, rejected: [] })
  for (const answers of [told, await answersOf(client, imported)]) {
    expect(comments(answers)).toEqual(expected((text) => text))
    expect(teams(answers)).toEqual(expected(teamOf))
  }
})

/** Every page and mail that shows what a team has written, and how many elements each has. */
async function shown(client: Client, text: (slot: string) => string) {
  const document = documentOf(text)
  const made = await client.post('/v1/surveys', { kind: 'nps', name: 'Hostile', ...document })
  expect(made.status, await made.clone().text()).toBe(201)
  const { id: survey } = await made.json<{ id: string }>()
  const stored = await client.get(`/v1/surveys/${survey}`)
  const page = `/s/${survey}`
  const pageText = async (path: string) => (await call(path)).text()
  const error = await sendForm(`${page}?lang=en`, { comment: text('question') })
  const thanks = await Promise.all(
    [0, 7, 10].map(async (score) => {
      const { receipt } = await (await sendJson(page, { score })).json<{ receipt: string }>()
      return pageText(`${receipt}?lang=en&done=1`)
    }),
  )
  const mail = await (await client.get(`/v1/surveys/${survey}/email?lang=en`)).text()
  const pages = [await pageText(`${page}?lang=en`), await error.text(), ...thanks, mail]
  const program = await pageText(`${page}/embed.js`)
  const plain = await (await client.get(`/v1/surveys/${survey}/email?lang=en&part=text`)).text()
  return { document, stored: await stored.json(), counts: pages.map(elements), program, plain }
}

test('whatever a team writes is text on every page and in the mail, and comes back unchanged', async () => {
  const client = await newWorkspace()
  const harmless = await shown(client, () => 'x')

  await each(packsOf(texts), async (pack) => {
    const text = (slot: string) => pack.get(slot) ?? 'x'
    const found = await shown(client, text)

    expect(found.stored).toMatchObject(found.document)
    expect(found.counts, JSON.stringify([...pack.values()])).toEqual(harmless.counts)
    expect(found.program).toBe(harmless.program)
    expect(found.plain).toContain(text('question'))
  })
})

/** A team whose name is harmless. */
const plain = 'Plain'

/** A workspace with an answer of every team, no more a day than a day keeps apart. */
async function teamed() {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { properties: ['team'] })
  const today = Date.now() - 86_400_000
  const rows = [plain, ...properties].map((team, at) => {
    const time = new Date(today - Math.floor(at / 150) * 86_400_000).toISOString()
    return `${time},10,s${at},"${team.replaceAll('"', '""')}"\n`
  })
  const file = `time,score,id,p.team\n${rows.join('')}`
  await client.send(`/v1/import/survey.response?set=survey:${survey}`, file, 'text/csv')
  await rollUp(client)
  const from = new Date(today - 20 * 86_400_000).toISOString().slice(0, 10)
  return { client, window: `from=${from}&to=${new Date(today).toISOString().slice(0, 10)}` }
}

/** What a spreadsheet shows: a formula is led by an apostrophe, which says that it is text. */
const cellOf = (text: string) => parse(csvLine([text]))[0] as string[]

/** @throws Error where a picture is not well-formed XML. */
function tags(svg: string): string[] {
  const found: string[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    found.push(name, ...Object.keys(attributes).filter((attribute) => attribute.startsWith('on')))
  })
  parser.write(svg).close()
  return found
}

test('a KPI is cut by any text; its CSV has no formula, its pictures no markup of it', async () => {
  const { client, window } = await teamed()
  const embed = async (kind: string, team: string) => {
    const body = { kpi: 'nps', segment: `p.team:${team}`, window: '30d', kind, minimum: 1 }
    const made = await client.post('/v1/embeds', body)
    const { id } = await made.json<{ id: string }>()
    return (await call(`/e/${id}.svg`)).text()
  }
  const listed = await client.get(`/v1/kpis/nps/segments?${window}&dimension=p.team`)
  const harmless = tags(await embed('badge', plain))

  const { items } = await listed.json<{ items: { segment: string; n: number }[] }>()
  expect(new Set(items.map(({ segment }) => segment))).toEqual(
    new Set([plain, ...properties].map((team) => `p.team:${team}`)),
  )
  await each(
    properties.filter((_, at) => at % 6 === 0),
    async (team) => {
      const segment = `p.team:${team}`
      const csv = await client.get(
        `/v1/kpis/nps.csv?${window}&segment=${encodeURIComponent(segment)}`,
      )
      const rows = parse<{ segment: string }>(await csv.text(), { columns: true })

      expect(new Set(rows.map((row) => row.segment))).toEqual(new Set(cellOf(segment)))
      expect(tags(await embed('badge', team)), team).toEqual(harmless)
      expect(tags(await embed('line', team)).filter((tag) => tag.startsWith('on'))).toEqual([])
    },
  )
})

test('recipients may be called anything, and the CSV of their links has no formula', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const names = [...new Set(texts.filter((text) => codePoints(text) <= 200).map(named))].filter(
    (text) => text !== '',
  )
  const batches = Array.from({ length: Math.ceil(names.length / 100) }, (_, at) =>
    names.slice(at * 100, at * 100 + 100),
  )

  for (const batch of batches) {
    const sent = await client.post(`/v1/surveys/${survey}/invitations`, {
      recipients: batch.map((id) => ({ id })),
    })
    expect(sent.status).toBeLessThan(300)
  }

  const recipients: string[] = []
  let target: string | undefined = `/v1/surveys/${survey}/invitations.csv?limit=200`
  while (target !== undefined) {
    const answer = await client.get(target)
    const rows = parse<{ recipient: string }>(await answer.text(), { columns: true })
    recipients.push(...rows.map(({ recipient }) => recipient))
    ;[, target] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? []
  }
  expect(new Set(recipients)).toEqual(new Set(names.flatMap(cellOf)))
  expect(recipients.filter((cell) => /^\s*[=+\-@＝＋－＠\t\r]/.test(cell))).toEqual([])
})
