import naughtyStrings from 'big-list-of-naughty-strings/blns.json?raw'
import { beforeAll, expect, test } from 'vitest'
import { type Client, call, countFacts, newSurvey, newWorkspace } from './client.ts'

let client: Client
let survey: string

beforeAll(async () => {
  client = await newWorkspace()
  survey = await newSurvey(client, { properties: ['plan'] })
})

/** Runs a request that must be refused, and makes sure that nothing of it stays. */
async function refused(send: () => Promise<Response>): Promise<{ status: number; text: string }> {
  const before = await countFacts(client.workspace)
  const answer = await send()
  const text = await answer.text()
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(text).not.toMatch(/\bat .+:\d+:\d+/)
  expect(await countFacts(client.workspace)).toBe(before)
  return { status: answer.status, text }
}

const post = (path: string, body: BodyInit | null, type?: string) =>
  call(path, {
    method: 'POST',
    body,
    headers: type === undefined ? {} : { 'content-type': type },
  })

const answer = (fields: Record<string, unknown>) =>
  post(`/s/${survey}`, JSON.stringify(fields), 'application/json')

const form = (text: BodyInit, type = 'application/x-www-form-urlencoded') =>
  post(`/s/${survey}`, text, type)

const noScores = [
  '',
  '7.5',
  ' 7',
  '7 ',
  '07',
  '11',
  '-1',
  'NaN',
  '０',
  '٧',
  '1e1',
  '+7',
  '7.0',
  '0x7',
  '7abc',
  '-0',
]

test.each(noScores)('a score of %j is refused as form and as JSON', async (score) => {
  const asForm = await refused(() => form(new URLSearchParams({ score }).toString()))
  const asJson = await refused(() => answer({ score }))

  expect(asForm.status).toBe(422)
  expect(asForm.text).toContain('Please choose a number')
  expect(asJson.status).toBe(422)
  expect(JSON.parse(asJson.text)).toMatchObject({ errors: [{ path: 'score' }] })
})

test.each([7.5, 11, -1, true, null, [7], { valueOf: 7 }, undefined])(
  'a JSON score of %j is refused',
  async (score) => {
    expect((await refused(() => answer({ score }))).status).toBe(422)
  },
)

test('a score that is sent twice is refused by name, as form and as JSON', async () => {
  const asForm = await refused(() => form('score=7&score=10'))
  const asJson = await refused(() =>
    post(`/s/${survey}`, '{"score":7,"score":10}', 'application/json'),
  )

  expect([asForm.status, asJson.status]).toEqual([422, 422])
  expect(asForm.text).toContain('score')
  expect(asJson.text).toContain('occurs twice')
})

test.each([
  ['100 kB', 'x'.repeat(100_000), 'shorten your comment'],
  ['a NUL', 'a\0b', 'cannot be read'],
])('a comment of %s is refused, and the page keeps what was chosen', async (_, comment, words) => {
  const body = new URLSearchParams({ score: '7', comment }).toString()

  const { status, text } = await refused(() => form(body))

  expect(status).toBe(422)
  expect(text).toContain(words)
  expect(text).toMatch(/value="7"[^>]*checked|checked[^>]*value="7"/)
})

test.each([
  ['a NUL', '"a\\u0000b"', 'NUL'],
  ['a lone surrogate', '"a\\ud800b"', 'surrogate'],
])('a JSON comment with %s is refused by name', async (_, comment, word) => {
  const { status, text } = await refused(() =>
    post(`/s/${survey}`, `{"score":7,"comment":${comment}}`, 'application/json'),
  )

  expect(status).toBe(422)
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ path: 'comment', message: expect.stringContaining(word) }],
  })
})

test('every naughty string comes back unchanged, through JSON, urlencoded and multipart', async () => {
  const own = await newWorkspace()
  const naughty = await newSurvey(own)
  const strings = (JSON.parse(naughtyStrings) as string[]).filter((text) => text !== '')
  const send = async (text: string, at: number) => {
    const fields = { score: '7', comment: text }
    const multipart = new FormData()
    for (const [name, value] of Object.entries({ ...fields, submission: `m${at}` })) {
      multipart.append(name, value)
    }
    return [
      await post(
        `/s/${naughty}`,
        JSON.stringify({ ...fields, submission: `j${at}` }),
        'application/json',
      ),
      await post(
        `/s/${naughty}`,
        new URLSearchParams({ ...fields, submission: `u${at}` }).toString(),
        'application/x-www-form-urlencoded',
      ),
      await post(`/s/${naughty}`, multipart),
    ].map(({ status }) => status)
  }

  for (const [at, text] of strings.entries())
    expect(await send(text, at), text).toEqual([201, 303, 303])

  const stored = new Map<string, string | null>()
  for (let cursor = ''; ;) {
    const page = await own.get(
      `/v1/surveys/${naughty}/responses?limit=200&cursor=${encodeURIComponent(cursor)}`,
    )
    const { items, next } = await page.json<{
      items: { id: string; comment: string | null }[]
      next: string | null
    }>()
    for (const { id, comment } of items) stored.set(id, comment)
    if (next === null) break
    cursor = next
  }
  for (const [at, text] of strings.entries()) {
    expect(stored.get(`j${at}`)).toBe(text)
    expect(stored.get(`u${at}`)).toBe(text)
    // The multipart standard itself turns single line ends into CRLF.
    expect(stored.get(`m${at}`)?.replaceAll('\r\n', '\n')).toBe(text.replaceAll('\r\n', '\n'))
  }
}, 60_000)

const invalidUtf8 = new Uint8Array([...new TextEncoder().encode('score=7&comment='), 0xff, 0xfe])
const truncated =
  '--x\r\nContent-Disposition: form-data; name="score"\r\n\r\n7\r\n--x\r\nContent-Dis'
const deep = '['.repeat(100_000) + ']'.repeat(100_000)
const manyFields = Array.from({ length: 10_000 }, (_, at) => `f${at}=1`).join('&')

test.each<[string, BodyInit, string | undefined, number]>([
  ['bytes that are not UTF-8', invalidUtf8, 'application/x-www-form-urlencoded', 400],
  ['an escape that is not UTF-8', 'score=7&comment=%ff', 'application/x-www-form-urlencoded', 400],
  ['a broken escape', 'score=7&comment=%zz', 'application/x-www-form-urlencoded', 400],
  ['a truncated multipart form', truncated, 'multipart/form-data; boundary=x', 400],
  ['a multipart form without a boundary', truncated, 'multipart/form-data', 400],
  ['a wrong content type', 'score=7', 'text/plain', 415],
  ['10,000 fields', manyFields, 'application/x-www-form-urlencoded', 422],
  ['an unknown field', 'score=7&workspace=x', 'application/x-www-form-urlencoded', 422],
  [
    'a property that the survey does not allow',
    'score=7&p.other=x',
    'application/x-www-form-urlencoded',
    422,
  ],
  ['JSON 100,000 deep', `{"score":${deep}}`, 'application/json', 400],
  ['JSON that names __proto__', '{"score":7,"__proto__":{"admin":true}}', 'application/json', 422],
  ['a field twice', '{"score":7,"comment":"a","c\\u006fmment":"b"}', 'application/json', 422],
  ['an unknown JSON field', '{"score":7,"respondent":"somebody else"}', 'application/json', 422],
  ['a JSON array', '[7]', 'application/json', 400],
  ['no JSON', '{"score":7', 'application/json', 400],
  ['a submission id with spaces', '{"score":7,"submission":"a b"}', 'application/json', 422],
])('%s is refused', async (_, body, type, status) => {
  expect((await refused(() => post(`/s/${survey}`, body, type))).status).toBe(status)
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('a missing content type is refused', async () => {
  const bytes = new TextEncoder().encode('score=7')

  expect((await refused(() => post(`/s/${survey}`, bytes))).status).toBe(415)
})

test('a body over the limit is refused although it does not state its length', async () => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < 300; at++) controller.enqueue(new Uint8Array(1024).fill(97))
      controller.close()
    },
  })

  const { status } = await refused(() => form(stream))

  expect(status).toBe(413)
})

test('unknown and closed surveys have their own page and problem, and store nothing', async () => {
  const closed = await newSurvey(client)
  await client.post(`/v1/surveys/${closed}/close`)
  const send = (id: string, type: string, body: string) =>
    refused(() => post(`/s/${id}`, body, type))

  const statuses = [
    (await send('nobody', 'application/json', '{"score":7}')).status,
    (await send('nobody', 'application/x-www-form-urlencoded', 'score=7')).status,
    (await send(closed, 'application/json', '{"score":7}')).status,
    (await send(closed, 'application/x-www-form-urlencoded', 'score=7')).status,
    (await refused(() => call(`/s/${closed}`))).status,
    (await refused(() => call('/s/nobody'))).status,
    (await refused(() => call('/s/%F0%9F%92%A9'))).status,
    (await refused(() => call(`/s/${survey}?nobody=asked`))).status,
    (await refused(() => post(`/s/${survey}?nobody=asked`, '{"score":7}', 'application/json')))
      .status,
  ]

  expect(statuses).toEqual([404, 404, 410, 410, 410, 404, 404, 422, 422])
})

const csv = 'application/x'
const importPath = (query: string) => `/v1/import/survey.response?${query}`

test.each<[string, string, string | undefined, string, number]>([
  ['a broken quote', 'time,score\n2026-01-01,"7\n', undefined, '', 422],
  ['a quote inside a cell', 'time,score\n2026-01-01,7"7\n', undefined, '', 422],
  [
    'a mapped column that is missing',
    'time,score\n2026-01-01,7\n',
    undefined,
    '&map=score:Nothing',
    422,
  ],
  ['no time column', 'when,score\n2026-01-01,7\n', undefined, '', 422],
  ['a cell of 2 MB', `time,score\n2026-01-01,"${'7'.repeat(2_000_000)}"\n`, undefined, '', 422],
  ['a wrong zone', 'time,score\n2026-01-01,7\n', undefined, '&tz=Mars/Olympus', 422],
  ['a fixed offset for a zone', 'time,score\n2026-01-01,7\n', undefined, '&tz=%2B02:00', 422],
  ['an unknown parameter', 'time,score\n2026-01-01,7\n', undefined, '&zone=UTC', 422],
  ['an unknown field', 'time,score\n2026-01-01,7\n', undefined, '&map=rating:score', 422],
  ['a map without a colon', 'time,score\n2026-01-01,7\n', undefined, '&map=score', 422],
  ['a column named twice', 'time,score,score\n2026-01-01,7,8\n', undefined, '', 422],
  ['an empty file', '', undefined, '', 422],
  ['a wrong content type', 'time,score\n2026-01-01,7\n', csv, '', 415],
  ['a content type named constructor', 'time\n', 'constructor', '', 415],
  [
    '2,000 columns',
    Array.from({ length: 2_000 }, (_, at) => `c${at}`).join(','),
    undefined,
    '',
    422,
  ],
])('an import with %s is refused whole', async (_, body, type = 'text/csv', more, status) => {
  const path = importPath(`set=survey:${survey}${more}`)

  const found = await refused(() => client.send(path, body, type))

  expect(found.status).toBe(status)
  expect(JSON.parse(found.text)).toMatchObject({ status, detail: expect.any(String) })
})

test('CRLF, a byte order mark and lines to be skipped are no trouble', async () => {
  const own = await newWorkspace()
  const id = await newSurvey(own)
  const body = '\ufefftime,score,note\r\n2026-01-01,7,"a\r\nb"\r\n\r\n2026-01-02 10:00,9,\r\n'

  const tally = await own.send(importPath(`set=survey:${id}`), body, 'text/csv')

  expect(await tally.json()).toMatchObject({ received: 2, stored: 2, rejected: [] })
})

test('a line that cannot be read costs no other line, in CSV and in NDJSON', async () => {
  const own = await newWorkspace()
  const id = await newSurvey(own)
  const csvBody = 'time,score\n2026-01-01,7\n2026-01-02\n2026-01-03,8,9\n2026-01-04,10\n'
  const ndjson = '{"time":"2026-02-01","score":7}\n{"time":\n[1]\n{"time":"2026-02-02","score":8}\n'

  const fromCsv = await own.send(importPath(`set=survey:${id}`), csvBody, 'text/csv')
  const fromNdjson = await own.send(importPath(`set=survey:${id}`), ndjson, 'application/x-ndjson')

  expect(await fromCsv.json()).toMatchObject({
    received: 4,
    stored: 2,
    rejected: [{ line: 3 }, { line: 4 }],
  })
  expect(await fromNdjson.json()).toMatchObject({
    received: 4,
    stored: 2,
    rejected: [{ line: 2 }, { line: 3 }],
  })
})

test('a file that breaks off after some of it was stored says how much, and can be sent again', async () => {
  const own = await newWorkspace()
  const id = await newSurvey(own)
  const rows = Array.from({ length: 6_000 }, (_, at) => `${at},2026-01-01,7`)
  const broken = ['id,time,score', ...rows, '6000,2026-01-01,"7'].join('\n')

  const first = await own.send(importPath(`set=survey:${id}`), broken, 'text/csv')
  const again = await own.send(importPath(`set=survey:${id}`), broken.replace('"', ''), 'text/csv')

  expect(first.status).toBe(422)
  expect(await first.json()).toMatchObject({ detail: expect.stringContaining('5000') })
  expect(await again.json()).toMatchObject({ received: 6_001, stored: 1_001, duplicate: 5_000 })
})

test('an import of an unknown type, and of an unknown survey, says what it does not know', async () => {
  const type = await refused(() => client.send('/v1/import/deal.wonn', 'time\n', 'text/csv'))
  const before = await countFacts(client.workspace)
  const unknown = await client.send(
    importPath('set=survey:nobody'),
    'time,score\n2026-01-01,7\n',
    'text/csv',
  )

  expect(type.text).toContain('deal.wonn')
  expect(await unknown.json()).toMatchObject({
    stored: 0,
    rejected: [{ line: 2, errors: [{ path: 'survey', message: 'Unknown survey "nobody"' }] }],
  })
  expect(await countFacts(client.workspace)).toBe(before)
})

const event = (more: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id: 'e1',
  source: 'test',
  type: 'survey.response',
  time: '2026-01-01T00:00:00Z',
  data: { survey, score: 7 },
  ...more,
})

test.each<[string, Record<string, unknown>, string]>([
  ['an unknown type', { type: 'deal.wonn' }, 'type'],
  ['a time without an offset', { time: '2026-01-01T00:00:00' }, 'time'],
  ['a time that does not exist', { time: '2026-02-30T00:00:00Z' }, 'time'],
  ['another specversion', { specversion: '0.3' }, 'specversion'],
  ['a blank id', { id: ' ' }, 'id'],
  ['an id with a NUL', { id: 'a\0b' }, 'id'],
  ['an unknown attribute', { colour: 'red' }, 'colour'],
  ['no data', { data: undefined }, 'data'],
  ['an unknown data field', { data: { survey: 's', score: 7, scores: 8 } }, 'scores'],
  ['a survey of nobody', { data: { survey: 'nobody', score: 7 } }, 'survey'],
])('a fact with %s is rejected by itself, naming the field', async (_, more, path) => {
  const good = event({ id: `good ${path} ${JSON.stringify(more)}`.slice(0, 150) })

  const taken = await client.send(
    '/v1/facts',
    JSON.stringify([event(more), good]),
    'application/cloudevents-batch+json',
  )

  expect(await taken.json()).toMatchObject({
    received: 2,
    stored: 1,
    rejected: [{ index: 0, errors: [{ path }] }],
  })
})

test.each<[string, string, string, number]>([
  ['application/json', '[]', 'application/json', 415],
  ['a type named constructor', '[]', 'constructor', 415],
  ['a type named __proto__', '[]', '__proto__', 415],
  [
    '1,001 facts',
    JSON.stringify(Array.from({ length: 1_001 }, () => 1)),
    'application/cloudevents-batch+json',
    413,
  ],
  ['a batch that is no array', '{}', 'application/cloudevents-batch+json', 400],
  ['more than 2 MiB', ' '.repeat(2 * 1024 * 1024 + 1), 'application/x-ndjson', 413],
])('a body of %s is refused', async (_, body, type, status) => {
  expect((await refused(() => client.send('/v1/facts', body, type))).status).toBe(status)
})

test('a line of NDJSON that cannot be read costs no other line', async () => {
  const lines = [
    JSON.stringify(event({ id: 'l1' })),
    '{"broken',
    JSON.stringify(event({ id: 'l3' })),
  ]

  const taken = await client.send('/v1/facts', lines.join('\n'), 'application/x-ndjson')

  expect(await taken.json()).toMatchObject({ received: 3, stored: 2, rejected: [{ index: 1 }] })
})

test.each([
  ['ends before it starts', 'from=2026-02-01&to=2026-01-01'],
  ['spans 200 years', 'from=1970-01-01&to=2170-01-01'],
  ['has no end', 'from=2026-01-01'],
  ['is given twice over', 'from=2026-01-01&to=2026-01-31&last=30d'],
  ['begins on a day that does not exist', 'from=2026-02-30&to=2026-03-01'],
  ['is of no days', 'last=0d'],
  ['is cut by nothing known', 'last=30d&by=fortnight'],
  ['is of an unknown segment', 'last=30d&segment=colour:red'],
  ['has a parameter twice', 'last=30d&last=30d'],
  ['has an unknown parameter', 'last=30d&page=2'],
  ['is as of no time', 'last=30d&as_of=yesterday'],
])('a window that %s is refused by name', async (_, query) => {
  const { status, text } = await refused(() => client.get(`/v1/kpis/nps?${query}`))

  expect(status).toBe(422)
  expect(JSON.parse(text)).toMatchObject({
    title: expect.any(String),
    errors: [{ path: expect.any(String) }],
  })
})

test('an unknown KPI names those there are', async () => {
  const { status, text } = await refused(() => client.get('/v1/kpis/nsp?last=30d'))

  expect(status).toBe(404)
  expect(text).toContain('nps')
})

test('a compressed import is refused: a limit on bytes would not limit what they become', async () => {
  const { status } = await refused(() =>
    call(importPath(`set=survey:${survey}`), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.secret}`,
        'content-type': 'text/csv',
        'content-encoding': 'gzip',
      },
      body: 'time,score\n2026-01-01,7\n',
    }),
  )

  expect(status).toBe(415)
})

test('a column named like a property fills it without being mapped', async () => {
  const own = await newWorkspace()
  const id = await newSurvey(own, { properties: ['plan'] })

  await own.send(
    importPath(`set=survey:${id}`),
    'time,score,p.plan\n2026-01-01,7,pro\n',
    'text/csv',
  )

  const found = await own.get(`/v1/surveys/${id}/responses`)
  expect(await found.json()).toMatchObject({ items: [{ properties: { 'p.plan': 'pro' } }] })
})

test('a sending may not carry properties that its survey does not allow, nor more than twenty', async () => {
  const data = { survey, recipient: 'ann' }
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`p.x${at}`, 'x']))
  const events = [{ 'p.other': 'x' }, many].map((more, at) =>
    event({ id: `sent ${at}`, type: 'survey.sent', data: { ...data, ...more } }),
  )

  const taken = await client.send(
    '/v1/facts',
    JSON.stringify(events),
    'application/cloudevents-batch+json',
  )

  expect(await taken.json()).toMatchObject({
    stored: 0,
    rejected: [{ errors: [{ path: 'p.other' }] }, { errors: [{ path: 'p' }] }],
  })
})

test('a list can be followed to its end however long the ids in it are', async () => {
  const own = await newWorkspace()
  const id = await newSurvey(own)
  const long = '語'.repeat(190)
  const events = [1, 2, 3].map((at) =>
    event({ id: `${long}${at}`, source: long, data: { survey: id, score: 7 } }),
  )
  await own.send('/v1/facts', JSON.stringify(events), 'application/cloudevents-batch+json')

  const seen: number[] = []
  for (let path: string | null = `/v1/surveys/${id}/responses?limit=1`; path !== null;) {
    const page = await own.get(path)
    const { items } = await page.json<{ items: unknown[] }>()
    seen.push(items.length)
    path = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1] ?? null
  }

  expect(seen).toEqual([1, 1, 1])
})
