import { expect, test } from 'vitest'
import { type Client, call, newWorkspace } from './client.ts'
import { sendJson } from './visitors.ts'

interface Shown extends Record<string, unknown> {
  readonly id: string
  readonly version: number
}

interface Refusal {
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

const base64 = (bytes: readonly number[]) => btoa(String.fromCharCode(...bytes))
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]
const pngUrl = `data:image/png;base64,${base64(png)}`

const drivers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `d${at}`, label: { en: `Driver ${at}` } }))

/** Every field, as the API shows it again. */
const whole = {
  kind: 'csat',
  name: 'After a call',
  question: { en: 'How was it?', de: 'Wie war es?' },
  ends: { low: { en: 'Bad' }, high: { en: 'Good' } },
  look: 'stars',
  followUp: { low: { en: 'What went wrong?' }, high: { en: 'What went well?' } },
  drivers: [
    { id: 'price', label: { en: 'Price', de: 'Preis' } },
    { id: 'speed', label: { en: 'Speed' } },
  ],
  thanks: { middle: { en: 'We will do better.' } },
  onward: { high: { href: 'https://example.com/review?x=1', label: { en: 'Review us' } } },
  hosts: ['example.com'],
  locales: ['en', 'de'],
  properties: ['plan'],
  comment: false,
  brand: 'Acme "&" <Sons>',
  accent: '#0b5c57',
  logo: pngUrl,
  opens: '2026-03-01T08:30:00.000Z',
  closes: '2040-03-01T08:30:00.000Z',
  quota: 100,
  policy: 'browser',
  mode: 'assisted',
  window: 48,
  frames: ['https://www.example.com', 'http://localhost:8787'],
  gap: 7,
} as const

const bare = { kind: 'nps', name: 'Test' }

const put = (client: Client, id: string, body: object) =>
  call(`/v1/surveys/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function made(client: Client, body: object): Promise<Shown> {
  const answer = await client.post('/v1/surveys', body)
  expect(answer.status).toBe(201)
  return answer.json<Shown>()
}

/** What a team has set, without what is said of the survey besides. */
function documentOf(shown: Shown): Record<string, unknown> {
  const besides = ['id', 'url', 'version', 'created', 'closed']
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !besides.includes(name)))
}

test('every field is shown as it was given, and a copy has all of them', async () => {
  const client = await newWorkspace()

  const survey = await made(client, whole)
  const answer = await client.post(`/v1/surveys/${survey.id}/copy`, { name: 'Copy' })
  const copy = await answer.json<Shown>()
  const same = await client.post(`/v1/surveys/${survey.id}/copy`, {})

  expect(documentOf(survey)).toEqual(whole)
  expect(answer.status).toBe(201)
  expect(documentOf(copy)).toEqual({ ...whole, name: 'Copy' })
  expect(documentOf(await same.json<Shown>())).toEqual(whole)
  expect(copy).toMatchObject({ version: 1, closed: null })
  expect(copy.id).not.toBe(survey.id)
})

test.each<[string, object, string]>([
  ['an offset', { opens: '2026-03-01T09:30:00+01:00' }, '2026-03-01T08:30:00.000Z'],
  ['fractions', { opens: '2026-03-01T08:30:00.250Z' }, '2026-03-01T08:30:00.250Z'],
])('a time with %s is shown in UTC', async (_, more, shown) => {
  const client = await newWorkspace()

  expect(await made(client, { ...bare, ...more })).toMatchObject({ opens: shown })
})

test.each<[string, object]>([
  ['twelve drivers', { drivers: drivers(12) }],
  [
    'a logo that is a JPEG',
    { brand: 'A', logo: `data:image/jpeg;base64,${base64([255, 216, 255, 224])}` },
  ],
  ['a window of none and a gap of none', { window: 0, gap: 0 }],
  ['a quota of one', { quota: 1 }],
  ['an origin with a port', { frames: ['https://example.com:8443'] }],
  ['an onward link on a listed host with a port', onwardTo('https://example.com:8443/a')],
  ['thumbs as thumbs', { kind: 'thumbs', look: 'thumbs' }],
  ['faces of csat', { kind: 'csat', look: 'faces' }],
  ['an accent that is just readable', { accent: '#767676' }],
])('%s may be', async (_, more) => {
  const client = await newWorkspace()

  expect(await made(client, { ...bare, ...more })).toMatchObject(more)
})

function onwardTo(href: string, hosts: readonly string[] = ['example.com']) {
  return { onward: { low: { href, label: { en: 'Go' } } }, hosts }
}

const label = { en: 'Label' }

test.each<[object, string, string]>([
  [{ kind: 'stars' }, 'kind', 'Expected one of'],
  [{ name: ' ' }, 'name', ''],
  [{ question: { xx: 'What?' } }, 'question.xx', 'Expected one of'],
  [{ question: { en: ' ' } }, 'question.en', 'The text is blank'],
  [{ question: { en: 'x'.repeat(301) } }, 'question.en', '300'],
  [{ ends: { low: { en: 'Bad' } } }, 'ends.high', ''],
  [{ look: 'hearts' }, 'look', 'Expected numbers, stars'],
  [{ look: 'stars' }, 'look', 'csat may be drawn'],
  [{ kind: 'thumbs', look: 'numbers' }, 'look', 'thumbs as thumbs'],
  [{ kind: 'csat', look: 'thumbs' }, 'look', 'csat may be drawn'],
  [{ followUp: { best: label } }, 'followUp.best', 'Unknown field'],
  [{ drivers: drivers(13) }, 'drivers', 'Expected at most 12 drivers'],
  [{ drivers: [...drivers(1), ...drivers(1)] }, 'drivers', 'An id occurs twice'],
  [{ drivers: [{ id: 'Price', label }] }, 'drivers.0.id', 'Expected an id'],
  [{ drivers: [{ id: 'price', label: {} }] }, 'drivers.0.label', 'at least one language'],
  [onwardTo('http://example.com/'), 'onward.low.href', 'Expected an https: URL'],
  [onwardTo('ftp://example.com/'), 'onward.low.href', 'Expected an https: URL'],
  [onwardTo('javascript://example.com/%0aalert(1)'), 'onward.low.href', 'Expected an https: URL'],
  [onwardTo('https://ann:pw@example.com/'), 'onward.low.href', 'without a user name'],
  [onwardTo('//example.com/'), 'onward.low.href', 'Expected an https: URL'],
  [onwardTo('https://example.com.evil.org/'), 'onward', '"hosts" lists'],
  [onwardTo('https://example.com./'), 'onward', '"hosts" lists'],
  [onwardTo('https://sub.example.com/'), 'onward', '"hosts" lists'],
  [onwardTo('https://example.com/', []), 'onward', '"hosts" lists'],
  [{ hosts: ['Example.com'] }, 'hosts.0', 'Expected a host in lower case'],
  [{ hosts: ['https://example.com'] }, 'hosts.0', 'Expected a host'],
  [{ hosts: ['a.com', 'a.com'] }, 'hosts', 'A host occurs twice'],
  [{ locales: ['en', 'xx'] }, 'locales.1', 'Expected one of'],
  [{ locales: ['en', 'en'] }, 'locales', 'A language occurs twice'],
  [{ properties: ['plan', 'plan'] }, 'properties', 'A property occurs twice'],
  [{ comment: 'yes' }, 'comment', 'Expected true or false'],
  [{ brand: 'x'.repeat(61) }, 'brand', '60'],
  [{ accent: 'red' }, 'accent', '#rrggbb'],
  [{ accent: '#0B5C57' }, 'accent', 'lower case'],
  [{ accent: '#000000}*{color:red' }, 'accent', '#rrggbb'],
  [{ accent: '#000000\n' }, 'accent', '#rrggbb'],
  [{ accent: '#777777' }, 'accent', 'Expected a contrast of 4.5'],
  [{ logo: pngUrl }, 'logo', 'Expected "brand" beside it'],
  [{ brand: 'A', logo: 'https://example.com/logo.png' }, 'logo', 'in base64'],
  [{ brand: 'A', logo: `data:image/svg+xml;base64,${btoa('<svg/>')}` }, 'logo', 'in base64'],
  [{ brand: 'A', logo: `data:image/png;base64,${btoa('<svg/>')}` }, 'logo', 'in base64'],
  [{ brand: 'A', logo: `data:image/png,${base64(png)}` }, 'logo', 'in base64'],
  [{ brand: 'A', logo: `${pngUrl}${'A'.repeat(44_000)}` }, 'logo', 'at most 32 kB'],
  [{ opens: '2026-03-01' }, 'opens', 'with an offset'],
  [{ closes: '2026-03-01T00:00:00' }, 'closes', 'with an offset'],
  [{ opens: whole.closes, closes: whole.opens }, 'closes', 'Expected a time after "opens"'],
  [{ opens: whole.opens, closes: whole.opens }, 'closes', 'Expected a time after "opens"'],
  [{ quota: 0 }, 'quota', 'Expected a whole number from 1'],
  [{ quota: 1.5 }, 'quota', 'Expected a whole number'],
  [{ policy: 'everybody' }, 'policy', 'Expected anonymous'],
  [{ mode: 'auto' }, 'mode', 'Expected confirm or assisted'],
  [{ window: 721 }, 'window', 'from 0 to 720'],
  [{ gap: -1 }, 'gap', 'from 0 to'],
  [{ frames: ['https://example.com/'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['example.com'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['null'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['data:text/html,x'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['*'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://*'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ["'self'"] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://a.com;report-uri'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://a.com,script-src'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://a.com https://b.com'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://a.com\r\nset-cookie:a=b'] }, 'frames.0', 'Expected an origin'],
  [{ frames: ['https://a.com', 'https://a.com'] }, 'frames', 'An origin occurs twice'],
  [{ colour: 'red' }, 'colour', 'Unknown field'],
  [{ version: 7 }, 'version', 'Unknown field'],
])('the document with %j is refused by its field and its rule', async (more, path, rule) => {
  const client = await newWorkspace()

  const answer = await client.post('/v1/surveys', { ...bare, ...more })
  const { errors } = await answer.json<Refusal>()

  expect(answer.status).toBe(422)
  expect(errors.map((error) => error.path)).toEqual([path])
  expect(errors[0]?.message).toContain(rule)
})

test('a change is a new version, the old ones stay listed, and answers keep what they were told by', async () => {
  const client = await newWorkspace()
  const { opens: _, ...open } = whole
  const { id } = await made(client, { ...open, mode: 'confirm' })
  await sendJson(`/s/${id}`, { score: 2, drivers: ['price', 'speed'] })

  const renamed = [{ id: 'speed', label: { en: 'How fast it was' } }]
  const changed = await put(client, id, { ...bare, kind: 'csat', drivers: renamed })
  const answered = await client.get(`/v1/surveys/${id}/responses`)
  const versions = await client.get(`/v1/surveys/${id}/versions`)

  expect([changed.status, (await changed.json<Shown>()).version]).toEqual([200, 2])
  expect(await answered.json()).toMatchObject({ items: [{ drivers: ['price', 'speed'] }] })
  const { items } = await versions.json<{ items: Shown[] }>()
  const known = new Map(items.map((item) => [item.version, item]))
  expect(known.get(1)).toMatchObject({ ...open, mode: 'confirm' })
  expect(known.get(2)).toMatchObject({ drivers: renamed, name: 'Test' })
  expect(known.get(2)).not.toHaveProperty('accent')
  expect(items.map(({ created }) => created)).toEqual([
    expect.stringMatching(/^\d{4}-.*Z$/),
    expect.stringMatching(/^\d{4}-.*Z$/),
  ])
})

test('a survey keeps its kind, and of changes at once one is told to read again', async () => {
  const client = await newWorkspace()
  const { id } = await made(client, bare)

  const kind = await put(client, id, { ...bare, kind: 'ces' })
  const races = await Promise.all(
    Array.from({ length: 8 }, (_, at) => put(client, id, { ...bare, name: `Name ${at}` })),
  )
  const now = await (await client.get(`/v1/surveys/${id}`)).json<Shown>()

  expect([kind.status, (await kind.json<Refusal>()).errors[0]?.path]).toEqual([422, 'kind'])
  const won = races.filter(({ status }) => status === 200).length
  expect(races.every(({ status }) => [200, 409].includes(status))).toBe(true)
  expect(won).toBeGreaterThan(0)
  expect(now.version).toBe(1 + won)
})
