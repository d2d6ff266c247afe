import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import type { Purpose } from '../../src/token.ts'
import { open, sign } from '../../workers/tokens.ts'
import { type Client, call, newSurvey, newWorkspace, rollUp } from './client.ts'
import { type Sender, newSender } from './vendors.ts'
import {
  age,
  answersOf,
  invite,
  leads,
  pageOf,
  send,
  sendForm,
  sendJson,
  visit,
} from './visitors.ts'

/** Somebody who has been invited, and every way to tell what they answer. */
interface Asked {
  readonly client: Client
  readonly survey: string
  readonly link: string
  readonly sender: Sender
}

async function asked(): Promise<Asked> {
  const client = await newWorkspace()
  const survey = await newSurvey(client, { window: 0 })
  const sender = await newSender(client, 'standard')
  return { client, survey, sender, link: await invite(client, survey, 'ann') }
}

const envelope = (id: string, survey: string) => ({
  specversion: '1.0',
  id,
  source: 'crm',
  type: 'survey.response',
  time: new Date().toISOString(),
  data: { survey, score: 9, respondent: 'ann' },
})

const batch = 'application/cloudevents-batch+json'

function bring({ client, survey }: Asked, type: string, body: string): Promise<Response> {
  return client.send(`/v1/import/survey.response?set=survey:${survey}`, body, type)
}

/** A doubted answer that the team lets count. */
async function promote({ client, survey, link }: Asked): Promise<void> {
  await sendForm(link, { score: '9', website: 'x' })
  const answer = await client.get(`/v1/surveys/${survey}/provisional`)
  const { items } = await answer.json<{ items: { id: string }[] }>()
  for (const { id } of items) await client.post(`/v1/surveys/${survey}/provisional/${id}/promote`)
}

const roads: Readonly<Record<string, (asked: Asked) => Promise<unknown>>> = {
  form: async ({ link }) => send(await visit(link), { score: '9' }),
  json: ({ link }) => sendJson(link, { score: 9 }),
  facts: ({ client, survey }) =>
    client.send('/v1/facts', JSON.stringify([envelope('f', survey)]), batch),
  csv: (one) =>
    bring(one, 'text/csv', `id,time,score,respondent\nc,${new Date().toISOString()},9,ann\n`),
  ndjson: (one) =>
    bring(
      one,
      'application/x-ndjson',
      JSON.stringify({ id: 'n', time: new Date().toISOString(), score: 9, respondent: 'ann' }),
    ),
  webhook: ({ sender, survey }) => sender.send(utf8(JSON.stringify(envelope('w', survey)))),
  promotion: promote,
}

const names = Object.keys(roads)
const pairs = names.flatMap((first) => names.map((second) => [first, second] as const))

async function counted({ client }: Asked): Promise<unknown> {
  await rollUp(client)
  const today = new Date().toISOString().slice(0, 10)
  const answer = await client.get(`/v1/kpis/nps?from=${today}&to=${today}&by=total`)
  return (await answer.json<{ total: unknown }>()).total
}

test.each(pairs)(
  'an invitation that is answered by %s and then by %s has one answer',
  async (first, second) => {
    const one = await asked()

    await roads[first]?.(one)
    const before = await answersOf(one.client, one.survey)
    await roads[second]?.(one)

    expect(before).toHaveLength(1)
    expect(await answersOf(one.client, one.survey)).toEqual(before)
    expect(await counted(one)).toMatchObject({ value: 100, n: 1 })
  },
)

test(
  'all roads at once, and 200 posts beside them, are one answer',
  { timeout: 60_000 },
  async () => {
    const one = await asked()

    await Promise.all([
      ...Object.values(roads).map((road) => road(one)),
      ...Array.from({ length: 200 }, () => sendJson(one.link, { score: 9 })),
    ])

    expect(await answersOf(one.client, one.survey)).toHaveLength(1)
    expect(await counted(one)).toMatchObject({ n: 1 })
  },
)

/** What every token of a survey is good for, as its holder has it. */
async function tokensOf(client: Client, survey: string): Promise<Record<Purpose, string>> {
  const invitation = (await invite(client, survey, 'ann')).slice('/i/'.length)
  const page = await visit(`/s/${survey}`)
  const answer = leads(await send(page, { score: '9' }))
  const previewed = await client.post(`/v1/surveys/${survey}/preview`)
  const { searchParams } = new URL((await previewed.json<{ url: string }>()).url)
  return {
    invitation,
    answer: /^\/a\/([^?]+)/.exec(answer)?.[1] ?? '',
    page: page.hidden['page'] ?? '',
    preview: searchParams.get('preview') ?? '',
  }
}

const doors: Readonly<Record<string, (token: string, survey: string) => string>> = {
  invitation: (token) => `/i/${token}`,
  answer: (token) => `/a/${token}`,
  preview: (token, survey) => `/s/${survey}?preview=${token}`,
}

/** How a request is refused, without what names the request. */
async function refusal(path: string): Promise<string> {
  const answers = [await call(path), await sendForm(path, { score: '0' })]
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  return answers.map(({ status }, at) => `${status} ${texts[at]}`).join('\n')
}

/** Signs as whoever has another key would. */
const forge = (purpose: Purpose, parts: readonly string[]) =>
  sign({ ...env, SEAL_KEY: 'a-key-of-somebody-else-of-32-characters' }, purpose, parts)

describe('a token', () => {
  test('of any purpose opens no door of another, and all are refused in the same words', async () => {
    const client = await newWorkspace()
    const survey = await newSurvey(client)
    const tokens = await tokensOf(client, survey)
    const before = await answersOf(client, survey)

    const tried = Object.entries(doors).flatMap(([door, pathOf]) =>
      Object.entries(tokens)
        .filter(([purpose]) => purpose !== door)
        .map(([, token]) => refusal(pathOf(token, survey))),
    )
    const refusals = new Set(await Promise.all(tried))

    expect(tried).toHaveLength(9)
    expect(refusals.size).toBe(1)
    expect([...refusals][0]).toMatch(/^404 /)
    expect(await answersOf(client, survey)).toEqual(before)
  })

  test.each(Object.keys(doors))(
    'of the purpose %s that was cut, bent or forged is refused as if there never was one',
    { timeout: 60_000 },
    async (door) => {
      const client = await newWorkspace()
      const survey = await newSurvey(client)
      const purpose = door as Purpose
      const token = (await tokensOf(client, survey))[purpose]
      const before = await answersOf(client, survey)
      const parts = (await open(env, purpose, token)) ?? []
      const bent = [...token].map((character, at) => {
        const code = character.charCodeAt(0) ^ 1
        return token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
      })
      const tokens = [
        ...bent,
        ...[...token].slice(1).map((_, at) => token.slice(0, at + 1)),
        await forge(purpose, parts),
        `${token}A`,
        'x'.repeat(5_000),
      ].filter((one) => !/[#?/%]/.test(one))

      const path = doors[door]
      const refusals = await Promise.all(tokens.map((one) => refusal(path?.(one, survey) ?? '')))

      expect(parts.length).toBeGreaterThan(1)
      expect(new Set(refusals).size).toBe(1)
      expect(refusals[0]).toMatch(/^404 /)
      expect(await answersOf(client, survey)).toEqual(before)
    },
  )

  test('of another survey is none of this one, in a preview and on a page', async () => {
    const client = await newWorkspace()
    const [one, other] = [await newSurvey(client), await newSurvey(client)]
    const { preview } = await tokensOf(client, other)

    const answers = [
      await call(`/s/${one}?preview=${preview}`),
      await sendForm(`/s/${one}?preview=${preview}`, { score: '9' }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404])
    expect(await answersOf(client, one)).toEqual([])
  })

  test('that an older key has signed opens for as long as that key is kept', async () => {
    const client = await newWorkspace()
    const survey = await newSurvey(client)
    const { invitation } = await tokensOf(client, survey)
    const newer = 'a-newer-key-of-this-deployment-as-long'

    const rotated = { ...env, SEAL_KEY: `${newer} ${env.SEAL_KEY}` }
    const opened = await open(rotated, 'invitation', invitation)
    const signed = await sign(rotated, 'invitation', opened ?? [])

    expect(opened).toEqual(await open(env, 'invitation', invitation))
    expect(await open(rotated, 'invitation', signed)).toEqual(opened)
    expect(await open(env, 'invitation', signed)).toBeNull()
  })
})

describe('a preview', () => {
  async function previewed(more: Record<string, unknown> = {}) {
    const client = await newWorkspace()
    const survey = await newSurvey(client, more)
    const made = await client.post(`/v1/surveys/${survey}/preview`)
    const { pathname, search } = new URL((await made.json<{ url: string }>()).url)
    return { client, survey, path: pathname + search }
  }

  test('gives no receipt of an answer whose name was guessed or stolen', async () => {
    const { client, survey, path } = await previewed()
    await sendJson(`/s/${survey}`, { score: 9, submission: 'known' })

    const program = await sendJson(path, { score: 0, submission: 'known' })
    const form = await sendForm(path, { score: '0', submission: 'known' })

    expect([program.status, await program.json()]).toEqual([200, { response: 'known' }])
    expect(await form.text()).not.toContain('/a/')
    expect(await answersOf(client, survey)).toMatchObject([{ score: 9 }])
  })

  test('is a preview also for a browser that has answered', async () => {
    const { survey, path } = await previewed({ policy: 'browser' })
    const answer = await send(await visit(`/s/${survey}`), { score: '9' })
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')

    const page = await visit(`${path}&lang=en`, { headers: { cookie } })
    const sent = await sendForm(path, { score: '0' }, { cookie })

    expect(page.html).toContain('This is a preview')
    expect([sent.status, sent.headers.get('set-cookie')]).toEqual([200, null])
  })

  test('that has ended is no way to answer: what its page sends is not stored', async () => {
    const { client, survey } = await previewed()
    const ended = await sign(env, 'preview', [survey, '1', (Date.now() - 1).toString(36)])

    const answers = [
      await call(`/s/${survey}?preview=${ended}`),
      await sendForm(`/s/${survey}?preview=${ended}`, { score: '9' }),
      await sendJson(`/s/${survey}?preview=`, { score: 9 }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await answersOf(client, survey)).toEqual([])
  })
})

describe('the stamp of a page', () => {
  test('that was refused is no way to somebody else’s answer', async () => {
    const client = await newWorkspace()
    const survey = await newSurvey(client)
    await sendJson(`/s/${survey}`, { score: 9, comment: 'Mine', submission: 'known' })

    const refused = await pageOf(await sendForm(`/s/${survey}`, { submission: 'known' }))
    const sent = await send(refused, { score: '0' })

    expect([refused.status, sent.status]).toEqual([422, 200])
    expect(await sent.text()).not.toContain('/a/')
    expect(await answersOf(client, survey)).toMatchObject([{ score: 9, comment: 'Mine' }])
  })

  test('that asks once more is no way to somebody else’s answer', async () => {
    const client = await newWorkspace()
    const survey = await newSurvey(client)
    await sendJson(`/s/${survey}`, { score: 9, comment: 'Mine', submission: 'known' })
    const fields = { score: '0', submission: 'known', website: 'x' }

    const again = await pageOf(await sendForm(`/s/${survey}`, fields))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const sent = await send(again, { score: '0' })

    expect([again.status, sent.status]).toEqual([202, 200])
    expect(await sent.text()).not.toContain('/a/')
    expect(await answersOf(client, survey)).toMatchObject([{ score: 9, comment: 'Mine' }])
  })

  test('confirms the answer that it was made for, and none of another survey or person', async () => {
    const client = await newWorkspace()
    const [one, other] = [await newSurvey(client, { gap: 0 }), await newSurvey(client)]
    const ann = await invite(client, one, 'ann')
    const bob = await invite(client, one, 'bob')
    const cyd = await invite(client, other, 'cyd')
    await age(client, -180_000)
    const again = await pageOf(await send(await visit(ann), { score: '9' }))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const { page = '' } = again.hidden

    const strangers = [
      await sendForm(bob, { score: '9', page }),
      await sendForm(cyd, { score: '9', page }),
    ]
    const own = await send(again, { score: '9' })

    expect(strangers.map(({ status }) => status)).toEqual([202, 202])
    expect(own.status).toBe(303)
    expect((await answersOf(client, one)).map(({ respondent }) => respondent)).toEqual(['ann'])
    expect(await answersOf(client, other)).toEqual([])
  })

  test('of somebody’s page does not give a browser the answer of another one', async () => {
    const client = await newWorkspace()
    const survey = await newSurvey(client, { policy: 'browser' })
    await sendJson(`/s/${survey}`, { score: 9, submission: 'known' })
    const { hidden } = await visit(`/s/${survey}`)

    const plain = await sendForm(`/s/${survey}`, { score: '0', submission: 'known' })
    const stamped = await sendForm(`/s/${survey}`, { ...hidden, score: '0', submission: 'known' })

    expect([plain.status, stamped.status]).toEqual([200, 200])
    expect(plain.headers.get('set-cookie')).toBeNull()
    expect(await answersOf(client, survey)).toMatchObject([{ score: 9 }])
  })
})
