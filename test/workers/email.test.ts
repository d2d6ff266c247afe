import { expect, test } from 'vitest'
import { mailers } from '../../src/mailers.ts'
import { call, newSurvey, newWorkspace } from './client.ts'

interface Mail {
  subject: string
  html: string
  text: string
}

interface Problem {
  detail: string
  errors?: { path: string; message: string }[]
}

async function openSurvey(more: Record<string, unknown> = {}) {
  const client = await newWorkspace()
  const id = await newSurvey(client, { locales: ['en'], ...more })
  return { client, id, path: `/v1/surveys/${id}/email` }
}

const asJson = { accept: 'application/json' }

test('the mail is HTML, as text its other part, and as JSON both with a subject', async () => {
  const { client, path } = await openSurvey()

  const html = await client.get(path)
  const text = await client.get(`${path}?part=text`)
  const json = await client.get(path, asJson)
  const mail = await json.json<Mail>()

  expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(mail).toEqual({
    subject: 'How likely are you to recommend us to a friend or colleague?',
    html: await html.text(),
    text: await text.text(),
  })
  expect(mail.html).toMatch(/^<!DOCTYPE html>\n<html /)
  for (const { headers } of [html, text, json]) {
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('vary')).toBe('Accept')
  }
})

test('a part that is asked for by name is sent, whatever else would be accepted', async () => {
  const { client, path } = await openSurvey()

  const html = await client.get(`${path}?part=html`, asJson)
  const text = await client.get(`${path}?part=text`, asJson)

  expect(html.headers.get('content-type')).toMatch(/^text\/html/)
  expect(text.headers.get('content-type')).toMatch(/^text\/plain/)
})

test.each(mailers)('$id gets links of its own', async ({ id, tag }) => {
  const { client, id: survey, path } = await openSurvey()
  const address = tag ?? `https://tidemark.test/s/${survey}`

  const { html, text } = await (await client.get(`${path}?mailer=${id}`, asJson)).json<Mail>()

  const hrefs = [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href)
  expect(hrefs).toHaveLength(13)
  expect(hrefs.filter((href) => !href.startsWith(`${address}?`))).toEqual([])
  expect(text).toContain(`  ${address}?score=9&lang=en\n`)
})

test('a public link of the mail opens the survey with the score chosen', async () => {
  const { client, path } = await openSurvey({ locales: ['en'] })

  const text = await (await client.get(`${path}?mailer=none&part=text`)).text()
  const url = new URL(/https:\S+score=9\S*/.exec(text)?.[0] ?? '')
  const page = await (await call(url.pathname + url.search)).text()

  expect(page).toMatch(/<input[^>]* value="9"[^>]* checked/)
})

test('the mail speaks the language asked for, else the first of the survey', async () => {
  const question = { en: 'Would you come back?', pl: 'Czy wrócisz?' }
  const { client, path } = await openSurvey({ question, locales: ['pl', 'en'] })

  const first = await (await client.get(path, asJson)).json<Mail>()
  const asked = await (await client.get(`${path}?lang=en`, asJson)).json<Mail>()

  expect(first.subject).toBe('Czy wrócisz?')
  expect(first.html).toContain('<html xmlns="http://www.w3.org/1999/xhtml" lang="pl" dir="ltr">')
  expect(asked.subject).toBe('Would you come back?')
  expect(asked.text).toContain('&lang=en\n')
})

test('what a team has written is escaped in HTML and unchanged as text', async () => {
  const question = { en: '<img src=x onerror=alert(1)> & "you"?' }
  const { client, path } = await openSurvey({ question })

  const mail = await (await client.get(path, asJson)).json<Mail>()

  expect(mail.subject).toBe(question.en)
  expect(mail.text.startsWith(`${question.en}\n`)).toBe(true)
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;you&quot;?</h1>')
  expect(mail.html).not.toContain('<img')
})

test('a logo is linked by its own URL, and says whose it is', async () => {
  const logo = `data:image/png;base64,${btoa('\x89PNG\r\n\x1a\n')}`
  const { client, id, path } = await openSurvey({ logo, brand: 'Harbour & Sons' })

  const html = await (await client.get(path)).text()

  expect(html).toContain(`<img src="https://tidemark.test/s/${id}/logo" alt="Harbour &amp; Sons" `)
  expect(html).not.toContain('data:')
})

test.each([
  ['lang', 'lang=pl', 'Expected one of en: current value is "pl"'],
  ['lang', 'lang=', 'Expected one of en: current value is ""'],
  ['mailer', 'mailer=outlook', expect.stringContaining('Expected one of generic, mailchimp, ')],
  ['part', 'part=pdf', 'Expected one of html, text'],
  ['colour', 'colour=red', expect.any(String)],
  ['lang', 'lang=en&lang=en', 'The parameter is given twice'],
])('a bad %s (%s) is refused by its name', async (name, query, message) => {
  const { client, path } = await openSurvey()

  const answer = await client.get(`${path}?${query}`)

  expect(answer.status).toBe(422)
  expect((await answer.json<Problem>()).errors).toEqual([{ path: name, message }])
})

test('a survey by invitation has no public mail', async () => {
  const { client, path } = await openSurvey({ policy: 'invited' })

  const refused = await client.get(`${path}?mailer=none`)

  expect(refused.status).toBe(422)
  expect((await refused.json<Problem>()).errors?.map((error) => error.path)).toEqual(['mailer'])
  expect((await client.get(path)).status).toBe(200)
})

test('a mail is for those who may read the survey', async () => {
  const { path } = await openSurvey()
  const other = await newWorkspace()

  expect((await call(path)).status).toBe(401)
  expect((await other.get(path)).status).toBe(404)
  expect((await other.get('/v1/surveys/none/email')).status).toBe(404)
})

test('a mail that the caller has already is not sent again', async () => {
  const { client, path } = await openSurvey()

  const etag = (await client.get(path)).headers.get('etag') ?? ''

  expect((await client.get(path, { 'if-none-match': etag })).status).toBe(304)
  expect((await client.get(`${path}?part=text`, { 'if-none-match': etag })).status).toBe(200)
})
