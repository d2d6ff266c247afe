import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { languages } from '../../src/languages/index.ts'
import { type Client, call, countFacts, newSurvey, newWorkspace, rollUp } from './client.ts'

interface SurveyJson {
  id: string
  url: string
  kind: string
  locales: string[]
  properties: string[]
  question: Record<string, string>
  closed: string | null
}

interface Problem {
  status: number
  errors?: { path: string; message: string }[]
}

interface ResponseJson {
  id: string
  score: number
  comment: string | null
  locale: string | null
  properties: Record<string, string>
}

const formType = 'application/x-www-form-urlencoded'

function sendForm(path: string, fields: Record<string, string>): Promise<Response> {
  return call(path, {
    method: 'POST',
    headers: { 'content-type': formType },
    body: new URLSearchParams(fields).toString(),
  })
}

function sendJson(path: string, fields: Record<string, unknown>): Promise<Response> {
  return call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
}

async function openSurvey(more: Record<string, unknown> = {}) {
  const client = await newWorkspace()
  const id = await newSurvey(client, more)
  return { client, id, path: `/s/${id}` }
}

async function responses(client: Client, survey: string): Promise<ResponseJson[]> {
  const answer = await client.get(`/v1/surveys/${survey}/responses`)
  return (await answer.json<{ items: ResponseJson[] }>()).items
}

const languageOf = (html: string) => /<html lang="([^"]*)"/.exec(html)?.[1]

const checkedScores = (html: string) =>
  (html.match(/<input[^>]*name="score"[^>]*>/g) ?? [])
    .filter((input) => /\schecked\b/.test(input))
    .map((input) => /value="(\d+)"/.exec(input)?.[1])

async function page(path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await call(path, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/html\b/)
  return answer.text()
}

test('a new survey has every language, no property and a comment box unless it says otherwise', async () => {
  const client = await newWorkspace()

  const answer = await client.post('/v1/surveys', { kind: 'nps', name: 'Onboarding' })
  const survey = await answer.json<SurveyJson>()

  expect(answer.status).toBe(201)
  expect(survey).toMatchObject({
    kind: 'nps',
    name: 'Onboarding',
    question: {},
    locales: languages.map(({ id }) => id),
    properties: [],
    comment: true,
    closed: null,
  })
  expect(survey.url).toBe(`https://tidemark.test/s/${survey.id}`)
  await page(new URL(survey.url).pathname)
})

test.each(['nps', 'nps5', 'csat', 'ces', 'thumbs'])(
  'a survey of kind %s asks on its own scale',
  async (kind) => {
    const { path } = await openSurvey({ kind })
    const ends =
      { nps: [0, 10], nps5: [1, 5], csat: [1, 5], ces: [1, 7], thumbs: [0, 1] }[kind] ?? []
    const [from = 0, to = 0] = ends

    const html = await page(path)
    const statuses = [
      await sendJson(path, { score: from }),
      await sendJson(path, { score: to }),
      await sendJson(path, { score: from - 1 }),
      await sendJson(path, { score: to + 1 }),
    ].map(({ status }) => status)

    const values = [...html.matchAll(/name="score" value="(\d+)"/g)].map(([, value]) =>
      Number(value),
    )
    expect(values).toEqual(Array.from({ length: to - from + 1 }, (_, index) => from + index))
    expect(statuses).toEqual([201, 201, 422, 422])
  },
)

test("a team's own question is asked only in the languages it is written in", async () => {
  const client = await newWorkspace()
  const body = { kind: 'csat', name: 'Call', question: { en: 'How was the call & the rest?' } }

  const survey = await (await client.post('/v1/surveys', body)).json<SurveyJson>()
  const html = await page(`/s/${survey.id}?lang=pl`, { 'accept-language': 'ru' })

  expect(survey.locales).toEqual(['en'])
  expect(languageOf(html)).toBe('en')
  expect(html).toContain('How was the call &amp; the rest?')
})

test.each([
  ['kind', { kind: 'stars' }],
  ['name', { name: '' }],
  ['locales', { locales: [] }],
  ['properties.0', { properties: ['Not A Name'] }],
  ['color', { color: 'red' }],
])('a survey with a bad %s is refused by that name', async (path, more) => {
  const client = await newWorkspace()

  const answer = await client.post('/v1/surveys', { kind: 'nps', name: 'Test', ...more })
  const { errors = [] } = await answer.json<Problem>()

  expect(answer.status).toBe(422)
  expect(errors.map((error) => error.path)).toEqual([path])
})

test('a survey is read alone and in the list, as it was made', async () => {
  const client = await newWorkspace()
  const body = { kind: 'ces', name: 'Help', properties: ['plan'], locales: ['pl', 'en'] }
  const made = await (await client.post('/v1/surveys', body)).json<SurveyJson>()

  const alone = await client.get(`/v1/surveys/${made.id}`)
  const listed = await client.get('/v1/surveys')

  expect(made).toMatchObject(body)
  expect(await alone.json()).toEqual(made)
  expect(await listed.json()).toEqual({ items: [made], next: null })
})

test('an answer as JSON is created once, and its repeat says so and changes nothing', async () => {
  const { client, id, path } = await openSurvey()

  const first = await sendJson(path, { score: 9, comment: 'Good', submission: 'one' })
  const again = await sendJson(path, { score: 0, comment: 'Bad', submission: 'one' })

  expect([first.status, again.status]).toEqual([201, 200])
  expect(await first.json()).toEqual({ response: 'one', receipt: expect.stringMatching(/^\/a\//) })
  expect(await again.json()).toEqual({ response: 'one' })
  const items = await responses(client, id)
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ id: 'one', score: 9, comment: 'Good' })
})

test('the same submission sent many times at once counts once', async () => {
  const { client, path } = await openSurvey()

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => sendJson(path, { score: 9, submission: 'one' })),
  )

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(19)
  expect(await countFacts(client.workspace)).toBe(1)
})

test('one submission may answer two surveys', async () => {
  const { client, path } = await openSurvey()
  const other = await newSurvey(client)

  const answers = [
    await sendJson(path, { score: 9, submission: 'one' }),
    await sendJson(`/s/${other}`, { score: 9, submission: 'one' }),
  ]

  expect(answers.map(({ status }) => status)).toEqual([201, 201])
})

test('the page carries a submission, and sending it twice counts once and leads elsewhere', async () => {
  const { client, id, path } = await openSurvey()
  const [, submission = ''] = /name="submission" value="([^"]+)"/.exec(await page(path)) ?? []
  const [, another] = /name="submission" value="([^"]+)"/.exec(await page(path)) ?? []
  const fields = { score: '8', comment: 'Fine', submission }

  const first = await sendForm(path, fields)
  const again = await sendForm(path, { ...fields, score: '0' })

  expect(submission).not.toBe(another)
  expect([first.status, again.status]).toEqual([303, 200])
  expect(await page(first.headers.get('location') ?? '')).toContain('Thank you')
  expect(await again.text()).toContain('already answered')
  const items = await responses(client, id)
  expect(items).toMatchObject([{ id: submission, score: 8, comment: 'Fine' }])
})

test('a multipart form is an answer as well', async () => {
  const { client, id, path } = await openSurvey()
  const body = new FormData()
  body.set('score', '10')
  body.set('comment', 'Zażółć')

  const answer = await call(path, { method: 'POST', body })

  expect(answer.status).toBe(303)
  expect(await responses(client, id)).toMatchObject([{ score: 10, comment: 'Zażółć' }])
})

test('an answer counts in the KPI of its kind', async () => {
  const { client, path } = await openSurvey({ properties: ['plan'] })
  await sendJson(path, { score: 10, 'p.plan': 'pro' })
  await sendForm(path, { score: '0' })
  await rollUp(client)

  const kpi = async (more = '') => {
    const answer = await client.get(`/v1/kpis/nps?from=2026-01-01&to=2040-12-31&by=total${more}`)
    return (await answer.json<{ total: { value: number; n: number } }>()).total
  }

  expect(await kpi()).toMatchObject({ value: 0, n: 2 })
  expect(await kpi('&segment=p.plan:pro')).toMatchObject({ value: 100, n: 1 })
  expect(await kpi('&segment=locale:en')).toMatchObject({ n: 2 })
})

test.each([
  ['no score', {}],
  ['a blank score', { score: '' }],
  ['a fraction', { score: 7.5 }],
  ['a padded score', { score: ' 7' }],
  ['full-width digits', { score: '７' }],
  ['null', { score: null }],
  ['a list', { score: [7] }],
])('%s is no answer', async (_what, fields) => {
  const { client, path } = await openSurvey()

  const answer = await sendJson(path, fields)
  const { errors = [] } = await answer.json<Problem>()

  expect(answer.status).toBe(422)
  expect(errors.map((error) => error.path)).toEqual(['score'])
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a person who forgot the score gets the page again with what they had typed', async () => {
  const { client, path } = await openSurvey()
  const fields = { comment: 'Half <written>', submission: 'mine' }

  const answer = await sendForm(path, fields)
  const html = await answer.text()

  expect(answer.status).toBe(422)
  expect(html).toContain('role="alert"')
  expect(html).toContain('Half &lt;written&gt;</textarea>')
  expect(html).toContain('name="submission" value="mine"')
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a comment of 5,000 characters is kept whole and a longer one is refused', async () => {
  const { client, id, path } = await openSurvey()
  const comment = '🌊'.repeat(5_000)

  const kept = await sendJson(path, { score: 9, comment })
  const refused = await sendJson(path, { score: 9, comment: `${comment}!` })

  expect([kept.status, refused.status]).toEqual([201, 422])
  expect((await refused.json<Problem>()).errors?.map((error) => error.path)).toEqual(['comment'])
  expect(await responses(client, id)).toMatchObject([{ comment }])
})

test('a field that no answer has is refused by its name', async () => {
  const { client, path } = await openSurvey()

  const answer = await sendJson(path, { score: 9, respondent: 'ann', survey: 'other' })

  expect(answer.status).toBe(422)
  expect((await answer.json<Problem>()).errors?.map((error) => error.path)).toEqual([
    'respondent',
    'survey',
  ])
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a form that names a field twice is refused, as nobody knows which one is meant', async () => {
  const { client, path } = await openSurvey()

  const answer = await call(path, {
    method: 'POST',
    headers: { 'content-type': formType },
    body: 'score=9&score=0',
  })

  expect(answer.status).toBe(422)
  expect(await countFacts(client.workspace)).toBe(0)
})

test.each([
  ['?lang=pl', undefined, 'pl'],
  ['?lang=PL-pl', 'ru', 'pl'],
  ['', 'ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['', 'en;q=0.1, pl;q=0.9', 'pl'],
  ['', 'sv, da', 'en'],
  ['', 'de, fr', 'de'],
  ['', undefined, 'en'],
  ['?lang=xx', 'ru', 'ru'],
])('the link %s with Accept-Language %s is answered in %s', async (query, header, language) => {
  const { path } = await openSurvey()

  const html = await page(
    `${path}${query}`,
    header === undefined ? {} : { 'accept-language': header },
  )

  expect(languageOf(html)).toBe(language)
})

test('the first language of a survey is its default, and one that it does not offer is not shown', async () => {
  const { path } = await openSurvey({ locales: ['pl', 'en'] })

  expect(languageOf(await page(path))).toBe('pl')
  expect(languageOf(await page(path, { 'accept-language': 'ru, en;q=0.5' }))).toBe('en')
  expect(languageOf(await page(`${path}?lang=ru`))).toBe('pl')
})

test('the language of the page is that of the answer and of what comes after it', async () => {
  const { client, id, path } = await openSurvey()
  const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(await page(`${path}?lang=pl`)) ?? []

  const sent = await sendForm(action, { score: '9' })

  expect(languageOf(await page(sent.headers.get('location') ?? ''))).toBe('pl')
  expect(await responses(client, id)).toMatchObject([{ locale: 'pl' }])
})

test('a score in the link is chosen beforehand', async () => {
  const { path } = await openSurvey()

  expect(checkedScores(await page(`${path}?score=7`))).toEqual(['7'])
  expect(checkedScores(await page(`${path}?score=0`))).toEqual(['0'])
  expect(checkedScores(await page(`${path}?score=11`))).toEqual([])
  expect(checkedScores(await page(path))).toEqual([])
})

test('opening a link records nothing, however often and whatever it carries', async () => {
  const { client, path } = await openSurvey({ properties: ['plan'] })
  const link = `${path}?score=9&lang=en&p.plan=pro`

  const opened = [
    await call(link),
    await call(link),
    await call(link, { method: 'HEAD' }),
    await call(`${link}&utm_source=mail`),
  ]

  expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 308])
  expect(await opened[2]?.text()).toBe('')
  expect(await countFacts(client.workspace)).toBe(0)
})

test.each([
  ['?utm_source=mail&utm_medium=email', ''],
  ['?score=9&utm_source=mail&lang=pl&fbclid=abc', '?score=9&lang=pl'],
  ['?gclid=1&p.plan=pro', '?p.plan=pro'],
])('a link with the trackers %s leads to the clean link', async (query, clean) => {
  const { path } = await openSurvey({ properties: ['plan'] })

  const answer = await call(`${path}${query}`)

  expect(answer.status).toBe(308)
  expect(answer.headers.get('location')).toBe(`${path}${clean}`)
  await page(answer.headers.get('location') ?? '')
})

test.each([
  ['?color=red', 'color'],
  ['?score=9&p.team=blue', 'p.team'],
  ['?score=9&score=0', 'score'],
  ['?utm_source=mail&colour=red', 'colour'],
])('the link %s is refused by a page that names %s', async (query, name) => {
  const { path } = await openSurvey({ properties: ['plan'] })

  const answer = await call(`${path}${query}`)
  const html = await answer.text()

  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toMatch(/^text\/html\b/)
  expect(html).toContain(`“${name}”`)
  expect(html).toContain(`href="${path}"`)
})

test('an allowed property comes with the link, the page and the answer', async () => {
  const { client, id, path } = await openSurvey({ properties: ['plan'] })

  const html = await page(`${path}?p.plan=pro%20%26%20more`)
  await sendForm(path, { score: '9', 'p.plan': 'pro & more' })

  expect(html).toContain('<input type="hidden" name="p.plan" value="pro &amp; more">')
  expect(await responses(client, id)).toMatchObject([{ properties: { 'p.plan': 'pro & more' } }])
})

test('a property that the survey does not allow is refused with the answer', async () => {
  const { client, path } = await openSurvey({ properties: ['plan'] })

  const asJson = await sendJson(path, { score: 9, 'p.team': 'blue' })
  const asForm = await sendForm(path, { score: '9', 'p.team': 'blue' })

  expect([asJson.status, asForm.status]).toEqual([422, 422])
  expect((await asJson.json<Problem>()).errors?.map((error) => error.path)).toEqual(['p.team'])
  expect(await asForm.text()).toContain('p.team')
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a closed survey takes no answer and says so, as a page or as a problem', async () => {
  const { client, id, path } = await openSurvey()
  await sendJson(path, { score: 9 })

  const closed = await client.post(`/v1/surveys/${id}/close`)
  const opened = await call(`${path}?score=9`)
  const asForm = await sendForm(path, { score: '9' })
  const asJson = await sendJson(path, { score: 9 })

  expect((await closed.json<SurveyJson>()).closed).toMatch(/^\d{4}-.*Z$/)
  expect([opened.status, asForm.status, asJson.status]).toEqual([410, 410, 410])
  expect(await opened.text()).toContain('This survey is closed')
  expect(await asForm.text()).toContain('This survey is closed')
  expect(asJson.headers.get('content-type')).toBe('application/problem+json')
  expect(await asJson.json()).toMatchObject({ status: 410 })
  expect(await countFacts(client.workspace)).toBe(1)
})

test('closing a survey again keeps the time at which it was closed', async () => {
  const { client, id } = await openSurvey()
  const close = async () =>
    (await (await client.post(`/v1/surveys/${id}/close`)).json<SurveyJson>()).closed
  const first = await close()
  await new Promise((resolve) => setTimeout(resolve, 5))

  const again = await close()

  expect(first).not.toBeNull()
  expect(again).toBe(first)
})

test('an isolate that remembers a survey as open does not take answers once it is closed elsewhere', async () => {
  const { client, id, path } = await openSurvey()
  const before = await sendJson(path, { score: 9 })
  await env.DB.prepare('UPDATE survey SET closed = ? WHERE id = ?').bind(Date.now(), id).run()

  const asJson = await sendJson(path, { score: 9 })
  const asForm = await sendForm(path, { score: '9' })

  expect([before.status, asJson.status, asForm.status]).toEqual([201, 410, 410])
  expect(await countFacts(client.workspace)).toBe(1)
})

test('an isolate that remembers an older version takes answers to the one that is asked now', async () => {
  const { client, id, path } = await openSurvey()
  await sendJson(path, { score: 9 })
  const document = {
    kind: 'nps',
    name: 'Test',
    question: {},
    locales: ['en'],
    properties: ['plan'],
    comment: true,
  }
  await env.DB.batch([
    env.DB.prepare('INSERT INTO survey_version VALUES (?, 2, ?, ?)').bind(
      id,
      JSON.stringify(document),
      Date.now(),
    ),
    env.DB.prepare('UPDATE survey SET version = 2 WHERE id = ?').bind(id),
  ])

  const plain = await sendJson(path, { score: 8 })
  const allowed = await sendJson(path, { score: 7, 'p.plan': 'pro' })

  expect([plain.status, allowed.status]).toEqual([201, 201])
  expect(await countFacts(client.workspace)).toBe(3)
})

test('there is a page for a survey that does not exist, and a problem for a program', async () => {
  const opened = await call('/s/none?score=9')
  const asForm = await sendForm('/s/none', { score: '9' })
  const asJson = await sendJson('/s/none', { score: 9 })

  expect([opened.status, asForm.status, asJson.status]).toEqual([404, 404, 404])
  expect(await opened.text()).toContain('There is no survey here')
  expect(asForm.headers.get('content-type')).toMatch(/^text\/html\b/)
  expect(asJson.headers.get('content-type')).toBe('application/problem+json')
})

test('no page of a survey is kept, framed or told to others', async () => {
  const { path } = await openSurvey()
  const sent = await sendForm(path, { score: '9' })
  const answers = [
    await call(path),
    await call(sent.headers.get('location') ?? ''),
    await call('/s/none'),
    await call('/i/none'),
    await call('/a/none'),
  ]

  for (const { headers } of answers) {
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
  }
})

test('the answers of a survey are walked page by page, latest day first, every one once', async () => {
  const { client, id } = await openSurvey()
  const other = await newSurvey(client)
  const days = ['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-02', '2026-03-03']
  const lines = days.map((day, index) => `${day}T12:00,${index},a${index}`)
  const csv = ['time,score,id', ...lines, ''].join('\n')
  await client.send(`/v1/import/survey.response?set=survey:${id}`, csv, 'text/csv')
  await sendJson(`/s/${other}`, { score: 9 })

  const pages: { id: string; score: number; day: string }[][] = []
  let target: string | undefined = `/v1/surveys/${id}/responses?limit=2`
  while (target !== undefined) {
    const answer = await client.get(target)
    const { items, next } = await answer.json<{ items: (typeof pages)[number]; next: string }>()
    pages.push(items)
    ;[, target] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? []
    expect(target === undefined).toBe(next === null)
  }

  expect(pages.map((one) => one.length)).toEqual([2, 2, 1])
  expect(pages.flat().map(({ day }) => day)).toEqual(days.toReversed())
  expect(
    pages
      .flat()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['a0', 'a1', 'a2', 'a3', 'a4'])
})

test('a cursor that is not ours is refused', async () => {
  const { client, id } = await openSurvey()

  const answer = await client.get(`/v1/surveys/${id}/responses?cursor=guess`)

  expect(answer.status).toBe(422)
  expect((await answer.json<Problem>()).errors?.map((error) => error.path)).toEqual(['cursor'])
})
