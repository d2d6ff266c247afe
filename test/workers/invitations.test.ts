import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { openInvitation } from '../../workers/links.ts'
import { type Client, call, countFacts, newSurvey, newWorkspace, rollUp } from './client.ts'
import { newSender } from './vendors.ts'

const day = 86_400_000

interface Item {
  recipient: string
  url?: string
  skipped?: string
  until?: string | null
}

interface Listed {
  recipient: string
  url: string
  state: string
  created: string
  expires: string
  touched: boolean
  answered: string | null
}

interface Refusal {
  status: number
  detail: string
  errors?: { path: string; message: string }[]
}

interface Place {
  readonly client: Client
  readonly survey: string
  readonly path: string
}

async function open(more: Record<string, unknown> = {}): Promise<Place> {
  const client = await newWorkspace()
  const survey = await newSurvey(client, more)
  return { client, survey, path: `/v1/surveys/${survey}/invitations` }
}

async function invite({ client, path }: Place, body: Record<string, unknown>): Promise<Item[]> {
  const answer = await client.post(path, body)
  expect(answer.status).toBe(201)
  return (await answer.json<{ items: Item[] }>()).items
}

async function list({ client, path }: Place, query = ''): Promise<Listed[]> {
  const answer = await client.get(`${path}${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json<{ items: Listed[] }>()).items
}

async function pathsOf(answer: Response): Promise<string[]> {
  const { errors = [] } = await answer.json<Refusal>()
  return errors.map(({ path }) => path)
}

const ids = (...names: readonly string[]) => ({ recipients: names.map((id) => ({ id })) })

/** Moves all that a workspace has sent into the past, as time itself would. */
async function pass({ client }: Place, time: number): Promise<void> {
  await env.DB.prepare('UPDATE invitation SET created = created - ? WHERE workspace = ?')
    .bind(time, client.workspace)
    .run()
}

const tokenOf = ({ url = '' }: { url?: string }) => new URL(url).pathname.slice('/i/'.length)

const envelope = (id: string, data: unknown, more: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id,
  source: 'crm',
  type: 'survey.response',
  time: new Date().toISOString(),
  data,
  ...more,
})

interface Taken {
  stored: number
  duplicate: number
  rejected: { errors: { path: string; message: string }[] }[]
}

async function tell({ client }: Place, ...events: readonly unknown[]): Promise<Taken> {
  const type = 'application/cloudevents-batch+json'
  const answer = await client.send('/v1/facts', JSON.stringify(events), type)
  return answer.json<Taken>()
}

describe('inviting', () => {
  test('gives everybody a link of their own, in the order given', async () => {
    const place = await open()
    const before = Math.floor(Date.now() / 1000) * 1000

    const items = await invite(place, ids('zoe', 'ann', 'Łukasz & Söhne'))

    expect(items.map(({ recipient }) => recipient)).toEqual(['zoe', 'ann', 'Łukasz & Söhne'])
    expect(new Set(items.map(tokenOf)).size).toBe(3)
    for (const item of items) {
      expect(item.url).toMatch(/^https:\/\/tidemark\.test\/i\/[\w.~-]+$/)
      const opened = await openInvitation(env, tokenOf(item))
      expect(opened?.id).toMatch(/^[\w-]{22}$/)
      expect(opened?.expires).toBeGreaterThanOrEqual(before + 60 * day)
      expect(opened?.expires).toBeLessThanOrEqual(Date.now() + 60 * day)
    }
  })

  test('keeps a digest of an address, and what the survey allows to be known', async () => {
    const place = await open({ properties: ['plan'] })
    const mail = 'Ann@Example.com'

    const recipients = [{ id: 'ann', mail, properties: { plan: ' pro ' } }]
    await invite(place, { recipients })

    const { results } = await env.DB.prepare('SELECT * FROM invitation WHERE workspace = ?')
      .bind(place.client.workspace)
      .all()
    expect(results).toMatchObject([
      {
        recipient: 'ann',
        mail: '71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476',
        properties: '{"plan":"pro"}',
      },
    ])
    expect(JSON.stringify(results).toLowerCase()).not.toContain('example')
  })

  test('expires when it is told to', async () => {
    const place = await open()
    const expires = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3 * day).toISOString()

    const [item] = await invite(place, { ...ids('ann'), expires })

    expect((await list(place))[0]?.expires).toBe(expires)
    expect(await openInvitation(env, tokenOf(item ?? {}))).toMatchObject({
      expires: Date.parse(expires),
    })
  })

  test('may be of a thousand at once', async () => {
    const place = await open()
    const names = Array.from({ length: 1_000 }, (_, at) => `r${at}`)

    const items = await invite(place, ids(...names))

    expect(items.map(({ recipient }) => recipient)).toEqual(names)
    expect(items.filter(({ url }) => url === undefined)).toEqual([])
    expect(await countFacts(place.client.workspace)).toBe(1_000)
  })

  const tomorrow = () => new Date(Date.now() + day).toISOString()

  test.each<[string[], () => Record<string, unknown>]>([
    [['recipients'], () => ({})],
    [['recipients'], () => ({ recipients: [] })],
    [['recipients'], () => ids(...Array.from({ length: 1_001 }, (_, at) => `r${at}`))],
    [['recipients.1.id'], () => ids('ann', ' ')],
    [['recipients.0.mail'], () => ({ recipients: [{ id: 'ann', mail: 'ann' }] })],
    [
      ['recipients.0.properties.team'],
      () => ({ recipients: [{ id: 'a', properties: { team: 'x' } }] }),
    ],
    [
      ['recipients.0.properties.plan'],
      () => ({ recipients: [{ id: 'a', properties: { plan: 7 } }] }),
    ],
    [
      ['recipients.0.properties.p.plan'],
      () => ({ recipients: [{ id: 'a', properties: { 'p.plan': 'x' } }] }),
    ],
    [['recipients.0.workspace'], () => ({ recipients: [{ id: 'a', workspace: 'other' }] })],
    [['recipients.0.touched'], () => ({ recipients: [{ id: 'a', touched: 1 }] })],
    [['recipients.0.created'], () => ({ recipients: [{ id: 'a', created: 0 }] })],
    [['survey'], () => ({ ...ids('ann'), survey: 'other' })],
    [['revoked'], () => ({ ...ids('ann'), revoked: 1 })],
    [['reminder'], () => ({ ...ids('ann'), reminder: 'yes' })],
    [['expires'], () => ({ ...ids('ann'), expires: '2020-01-01T00:00:00Z' })],
    [['expires'], () => ({ ...ids('ann'), expires: tomorrow().slice(0, 10) })],
    [['expires'], () => ({ ...ids('ann'), expires: '9000-01-01T00:00:00Z' })],
  ])('is refused by name where %s breaks a rule, and nobody is invited', async (names, body) => {
    const place = await open({ properties: ['plan'] })

    const answer = await place.client.post(place.path, body())

    expect(answer.status).toBe(422)
    expect(await pathsOf(answer)).toEqual(names)
    expect(await list(place)).toEqual([])
  })

  test('needs the scope of writing, and a survey of the same workspace', async () => {
    const place = await open()
    const other = await open()
    const [item] = await invite(place, ids('ann'))
    const key = await place.client.post('/v1/keys', { name: 'r', scopes: ['read'] })
    const { secret } = await key.json<{ secret: string }>()
    const authorization = `Bearer ${secret}`
    const body = JSON.stringify(ids('bob'))
    const headers = { authorization, 'content-type': 'application/json' }

    const answers = [
      await call(place.path, { method: 'POST', headers, body }),
      await call(`${place.path}/ann`, { method: 'DELETE', headers }),
      await other.client.post(place.path, ids('bob')),
      await other.client.get(place.path),
      await other.client.get(`${place.path}.csv`),
      await other.client.remove(`${place.path}/ann`),
      await call(place.path),
      await call(place.path, { headers }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 404, 404, 404, 404, 401, 403])
    expect((await list(place)).map(({ url, state }) => [url, state])).toEqual([
      [item?.url, 'outstanding'],
    ])
  })

  test('to a survey that is closed, over or full is refused in words', async () => {
    const closed = await open()
    const over = await open({ closes: '2020-01-01T00:00:00Z' })
    const full = await open({ quota: 1 })
    await closed.client.post(`/v1/surveys/${closed.survey}/close`)
    await env.DB.prepare('UPDATE survey SET answers = 1 WHERE id = ?').bind(full.survey).run()

    for (const place of [closed, over, full]) {
      const answer = await place.client.post(place.path, ids('ann'))
      expect(answer.status).toBe(410)
      expect((await answer.json<Refusal>()).detail).toMatch(/closed|all the answers/)
      expect(await list(place)).toEqual([])
      expect(await countFacts(place.client.workspace)).toBe(0)
    }
  })
})

describe('leaving somebody in peace', () => {
  test('is by the gap of the survey, 30 days unless it says otherwise, and says until when', async () => {
    const place = await open()
    await invite(place, ids('ann'))
    const [made] = await list(place)

    const again = await invite(place, ids('ann', 'bob'))
    const until = new Date(Date.parse(made?.created ?? '') + 30 * day).toISOString()
    expect(again).toEqual([
      { recipient: 'ann', skipped: 'survey-gap', until },
      { recipient: 'bob', url: expect.any(String) },
    ])

    await pass(place, 30 * day)
    expect(await invite(place, ids('ann'))).toEqual([{ recipient: 'ann', url: expect.any(String) }])
  })

  test('is by the gap of the workspace, whatever the survey', async () => {
    const place = await open({ gap: 0 })
    const survey = await newSurvey(place.client, { gap: 0 })
    const other = { ...place, survey, path: `/v1/surveys/${survey}/invitations` }
    const patched = await call('/v1/workspace', {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${place.client.secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ gap: 7 }),
    })
    expect(await patched.json()).toMatchObject({ gap: 7 })
    await invite(place, ids('ann'))

    expect(await invite(other, ids('ann'))).toEqual([
      { recipient: 'ann', skipped: 'workspace-gap', until: expect.any(String) },
    ])
    await pass(place, 7 * day)
    expect(await invite(other, ids('ann'))).toMatchObject([{ url: expect.any(String) }])
  })

  test.each([-1, 3_651, 1.5, '7', null])('a gap of %j days is refused', async (gap) => {
    const { client } = await open()

    const answer = await call('/v1/workspace', {
      method: 'PATCH',
      headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ gap }),
    })

    expect(answer.status).toBe(422)
    expect(await pathsOf(answer)).toEqual(['gap'])
  })

  test('who is named twice is invited once, and the second place says so', async () => {
    const place = await open()

    const items = await invite(place, ids('ann', 'bob', ' ann '))

    expect(items).toEqual([
      { recipient: 'ann', url: expect.any(String) },
      { recipient: 'bob', url: expect.any(String) },
      { recipient: 'ann', skipped: 'twice', until: null },
    ])
    expect(await list(place)).toHaveLength(2)
  })

  test('fifty requests at once invite once', { timeout: 30_000 }, async () => {
    const place = await open()

    const answers = await Promise.all(Array.from({ length: 50 }, () => invite(place, ids('ann'))))

    const items = answers.flat()
    expect(items.filter(({ url }) => url !== undefined)).toHaveLength(1)
    expect(items.filter(({ skipped }) => skipped === 'survey-gap')).toHaveLength(49)
    expect(await countFacts(place.client.workspace)).toBe(1)
  })

  test('a reminder is the same link again, for whoever has not answered', async () => {
    const place = await open()
    const [first, second] = await invite(place, ids('ann', 'bob'))
    await tell(place, envelope('1', { survey: place.survey, score: 9, respondent: 'bob' }))

    const reminded = await invite(place, { ...ids('ann', 'bob', 'cyd'), reminder: true })

    expect(reminded).toEqual([
      { recipient: 'ann', url: first?.url },
      { recipient: 'bob', skipped: 'survey-gap', until: expect.any(String) },
      { recipient: 'cyd', url: expect.any(String) },
    ])
    expect(second?.url).toBeDefined()
    expect(await list(place)).toHaveLength(3)
    expect(await countFacts(place.client.workspace)).toBe(4)
  })
})

describe('the list', () => {
  test('says of each invitation how it stands, with the link that was given out', async () => {
    const place = await open()
    const soon = new Date(Date.now() + 1_500).toISOString()
    const items = await invite(place, ids('ann', 'bob', 'cyd'))
    await invite(place, { ...ids('dan'), expires: soon })
    await tell(place, envelope('1', { survey: place.survey, score: 9, respondent: 'bob' }))
    expect((await place.client.remove(`${place.path}/cyd`)).status).toBe(204)
    await env.DB.prepare('UPDATE invitation SET touched = 1 WHERE recipient = ?1 AND survey = ?2')
      .bind('ann', place.survey)
      .run()
    await new Promise((resolve) => setTimeout(resolve, 1_600))

    const all = await list(place)
    const byState = async (state: string) =>
      (await list(place, `?state=${state}`)).map(({ recipient }) => recipient)

    expect(new Map(all.map((one) => [one.recipient, one.state]))).toEqual(
      new Map([
        ['ann', 'outstanding'],
        ['bob', 'answered'],
        ['cyd', 'revoked'],
        ['dan', 'expired'],
      ]),
    )
    for (const { recipient, url } of items) {
      expect(all.find((one) => one.recipient === recipient)?.url).toBe(url)
    }
    expect(all.filter(({ touched }) => touched).map(({ recipient }) => recipient)).toEqual(['ann'])
    expect(all.filter(({ answered }) => answered !== null)).toMatchObject([{ recipient: 'bob' }])
    expect(await byState('outstanding')).toEqual(['ann'])
    expect(await byState('answered')).toEqual(['bob'])
    expect(await byState('expired')).toEqual(['dan'])
    expect(await byState('revoked')).toEqual(['cyd'])
    expect(await byState('all')).toHaveLength(4)
  })

  test.each(['', '.csv'])('is walked page by page, every invitation once%s', async (ending) => {
    const place = await open()
    const names = ['a', 'b', 'c', 'd', 'e']
    await invite(place, ids(...names))

    const found: string[] = []
    let target: string | undefined = `${place.path}${ending}?limit=2&state=outstanding`
    let pages = 0
    while (target !== undefined) {
      const answer = await place.client.get(target)
      const text = await answer.text()
      found.push(
        ...(ending === ''
          ? (JSON.parse(text) as { items: Listed[] }).items.map(({ recipient }) => recipient)
          : text
              .trim()
              .split('\r\n')
              .slice(1)
              .map((line) => line.split(',', 1)[0] ?? '')),
      )
      ;[, target] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? []
      pages++
    }

    expect(pages).toBe(3)
    expect(found.toSorted()).toEqual(names)
  })

  test('as CSV has the same rows, and runs no formula', async () => {
    const place = await open()
    const [item] = await invite(place, ids('=1+1,"x"'))

    const byName = await place.client.get(`${place.path}.csv`)
    const byHeader = await place.client.get(place.path, { accept: 'text/csv' })

    const text = await byName.text()
    expect(byName.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(byHeader.headers.get('vary')).toBe('Accept')
    expect(await byHeader.text()).toBe(text)
    const [listed] = await list(place)
    const cells = [
      `"'=1+1,""x"""`,
      item?.url,
      'outstanding',
      listed?.created,
      listed?.expires,
      'false',
      '',
    ]
    expect(text).toBe(
      `recipient,url,state,created,expires,touched,answered\r\n${cells.join(',')}\r\n`,
    )
  })

  test.each([
    ['state', '?state=lost'],
    ['cursor', '?cursor=guess'],
    ['limit', '?limit=0'],
    ['colour', '?colour=red'],
  ])('refuses a bad %s by name', async (name, query) => {
    const place = await open()

    const answer = await place.client.get(`${place.path}${query}`)

    expect(answer.status).toBe(422)
    expect(await pathsOf(answer)).toEqual([name])
  })
})

test('what is taken back is gone for whoever is named so, and for nobody else', async () => {
  const place = await open()
  await invite(place, ids('team/zoë 100%', 'ann'))
  const path = `${place.path}/${encodeURIComponent('team/zoë 100%')}`

  const statuses = [
    (await place.client.remove(path)).status,
    (await place.client.remove(path)).status,
    (await place.client.remove(`${place.path}/nobody`)).status,
  ]

  expect(statuses).toEqual([204, 404, 404])
  const states = (await list(place)).map(({ recipient, state }) => [recipient, state])
  expect(new Map(states as [string, string][])).toEqual(
    new Map([
      ['team/zoë 100%', 'revoked'],
      ['ann', 'outstanding'],
    ]),
  )
})

test('the response rate is of those who were sent an invitation, on the day it was sent', async () => {
  const place = await open()
  await invite(place, ids('ann', 'bob', 'cyd', 'dan'))
  await invite(place, { ...ids('ann'), reminder: true })
  await tell(
    place,
    envelope('1', { survey: place.survey, score: 9, respondent: 'ann' }),
    envelope('2', { survey: place.survey, score: 3, respondent: 'ann' }),
  )
  await rollUp(place.client)
  const today = new Date().toISOString().slice(0, 10)

  const answer = await place.client.get(`/v1/kpis/response_rate?from=${today}&to=${today}`)

  expect(await answer.json()).toMatchObject({
    total: { value: 25, n: 4, parts: { sent: 4, answered: 1 } },
  })
})

describe('one answer each', () => {
  test('over /v1/facts and an import: the second is a duplicate wherever it comes from', async () => {
    const place = await open()
    await invite(place, ids('ann'))
    const data = { survey: place.survey, score: 9, respondent: 'ann' }

    const first = await tell(place, envelope('1', data))
    const second = await tell(place, envelope('2', data, { source: 'other' }), envelope('1', data))
    const line = `${new Date().toISOString()},3,ann`
    const imported = await place.client.send(
      `/v1/import/survey.response?set=survey:${place.survey}`,
      `time,score,respondent\n${line}\n`,
      'text/csv',
    )

    expect(first).toMatchObject({ stored: 1, duplicate: 0, rejected: [] })
    expect(second).toMatchObject({ stored: 0, duplicate: 2, rejected: [] })
    expect(await imported.json()).toMatchObject({ stored: 0, duplicate: 1 })
    expect(await list(place, '?state=answered')).toHaveLength(1)
  })

  test('two hundred at once are one', { timeout: 60_000 }, async () => {
    const place = await open()
    await invite(place, ids('ann'))
    const data = { survey: place.survey, score: 9, respondent: 'ann' }

    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, at) => tell(place, envelope(`a${at}`, data))),
    )

    expect(taken.reduce((sum, { stored }) => sum + stored, 0)).toBe(1)
    expect(taken.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(199)
    // The invitation's sending is the other one.
    expect(await countFacts(place.client.workspace)).toBe(2)
  })

  test('naming something to be corrected that is not there brings no second answer', async () => {
    const place = await open()
    await invite(place, ids('ann'))
    const data = { survey: place.survey, score: 9, respondent: 'ann' }
    await tell(place, envelope('1', data))

    const unknown = await tell(place, envelope('2', data, { replaces: 'none' }))
    const known = await tell(place, envelope('3', { ...data, score: 2 }, { replaces: '1' }))

    expect([unknown.stored, known.stored]).toEqual([0, 1])
    const { results } = await env.DB.prepare(
      `SELECT value FROM fact WHERE workspace = ? AND type = 'survey.response' AND replaced IS NULL`,
    )
      .bind(place.client.workspace)
      .all()
    expect(results).toEqual([{ value: 2 }])
  })

  test.each([
    ['data', { invitation: 'x' }, {}],
    ['data', { received: 1 }, {}],
    ['the envelope', {}, { invitation: 'x' }],
    ['the envelope', {}, { replaced: 1 }],
  ])('a column of the database in %s is refused by name: %j %j', async (_where, data, more) => {
    const place = await open()
    const said = { survey: place.survey, score: 9, ...data }

    const { stored, rejected } = await tell(place, envelope('1', said, more))

    const [name] = Object.keys({ ...data, ...more })
    expect(stored).toBe(0)
    expect(rejected[0]?.errors).toEqual([{ path: name, message: 'Unknown field' }])
  })
})

describe('a survey for invited people', () => {
  test('takes answers of those who were, and refuses the others by name', async () => {
    const place = await open({ policy: 'invited' })
    await invite(place, ids('ann', 'bob'))
    await place.client.remove(`${place.path}/bob`)
    const said = (respondent?: string) => ({ survey: place.survey, score: 9, respondent })
    const before = { time: new Date(Date.now() - day).toISOString() }

    const { stored, duplicate, rejected } = await tell(
      place,
      envelope('1', said()),
      envelope('2', said('cyd')),
      envelope('3', said('ann')),
      envelope('4', said('bob')),
      envelope('5', said('ann'), before),
      envelope('6', said('ann')),
    )

    expect([stored, duplicate]).toEqual([1, 1])
    expect(rejected).toMatchObject(
      [0, 1, 3, 4].map((index) => ({ index, errors: [{ path: 'respondent' }] })),
    )
    expect(rejected[0]?.errors[0]?.message).toContain('Only invited people')
    expect(rejected[1]?.errors[0]?.message).toBe('"cyd" was not invited to this survey by then')
  })

  test('refuses the same in an import, line by line', async () => {
    const place = await open({ policy: 'invited' })
    await invite(place, ids('ann'))
    const time = new Date().toISOString()

    const answer = await place.client.send(
      `/v1/import/survey.response?set=survey:${place.survey}`,
      `time,score,respondent\n${time},3,cyd\n${time},9,ann\n${time},4,\n`,
      'text/csv',
    )

    expect(await answer.json()).toMatchObject({
      stored: 1,
      rejected: [
        { line: 2, errors: [{ path: 'respondent' }] },
        { line: 4, errors: [{ path: 'respondent' }] },
      ],
    })
  })

  test('keeps a delivery of somebody else in quarantine, which is stored once they were invited', async () => {
    const place = await open({ policy: 'invited' })
    const sender = await newSender(place.client, 'standard')
    const time = new Date(Date.now() + 2_000).toISOString()
    const event = envelope('1', { survey: place.survey, score: 9, respondent: 'ann' }, { time })

    const refused = await sender.send(utf8(JSON.stringify(event)))
    const { state, delivery } = await refused.json<{ state: string; delivery: string }>()
    const kept = await place.client.get(`/v1/deliveries/${delivery}`)
    await invite(place, ids('ann'))
    await place.client.post(`/v1/deliveries/${delivery}/replay`)

    expect(state).toBe('quarantined')
    expect((await kept.json<{ reason: string }>()).reason).toContain('"ann" was not invited')
    expect(await list(place, '?state=answered')).toHaveLength(1)
  })
})
