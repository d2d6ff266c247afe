import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { type Client, call, countFacts, newSurvey, newWorkspace } from './client.ts'
import {
  type Page,
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

/** A workspace with a survey, and what `/s/` is for it. */
async function opened(more: Record<string, unknown> = {}) {
  const client = await newWorkspace()
  const id = await newSurvey(client, more)
  return { client, id, path: `/s/${id}` }
}

/** The same with somebody who has been invited. */
async function invited(more: Record<string, unknown> = {}) {
  const survey = await opened(more)
  return { ...survey, link: await invite(survey.client, survey.id, 'ann') }
}

/** Lets so many hours pass since an answer was stored. */
async function later({ workspace }: Client, hours: number): Promise<void> {
  await env.DB.prepare('UPDATE fact SET received = received - ?2 WHERE workspace = ?1')
    .bind(workspace, hours * 3_600_000)
    .run()
}

const scores = async (client: Client, id: string) =>
  (await answersOf(client, id)).map(({ score, comment }) => [score, comment])

test('a link from a mail chooses a score, one tap confirms it, and a comment joins it', async () => {
  const { client, id, link } = await invited()

  const page = await visit(`${link}?score=9&lang=en`)
  const answer = await send(page, { score: page.chosen ?? '' })
  const thanks = await visit(leads(answer))
  const joined = await send(thanks, { comment: 'Fast' })

  expect(page.chosen).toBe('9')
  expect(page.html).toContain('Confirm')
  expect([answer.status, joined.status]).toEqual([303, 303])
  expect(thanks.html).toContain('Thank you')
  expect(await scores(client, id)).toEqual([[9, 'Fast']])
  expect((await answersOf(client, id))[0]?.respondent).toBe('ann')
})

test('whoever is invited changes the answer while the window is open, with its history', async () => {
  const { client, id, link } = await invited()
  await send(await visit(link), { score: '9', comment: 'Good' })

  const page = await visit(link)
  const same = await send(page, { score: '9', comment: 'Good' })
  const other = await send(page, { score: '3', comment: 'Not so good' })

  expect(page).toMatchObject({ status: 200, chosen: '9' })
  expect(page.html).toContain('already answered')
  expect([same.status, other.status]).toEqual([303, 303])
  expect(await scores(client, id)).toEqual([[3, 'Not so good']])
  const history = await client.get(`/v1/surveys/${id}/responses?history=true`)
  const { items } = await history.json<{ items: { score: number; counts: boolean }[] }>()
  expect(new Map(items.map(({ score, counts }) => [score, counts]))).toEqual(
    new Map([
      [3, true],
      [9, false],
    ]),
  )
})

test('once the window is over the answer is locked: a page says so, and a program is told why', async () => {
  const { client, id, link } = await invited({ window: 2 })
  await send(await visit(link), { score: '9' })
  await later(client, 3)

  const page = await visit(`${link}?score=0&lang=en`)
  const form = await sendForm(link, { score: '0' })
  const program = await sendJson(link, { score: 0 })

  expect(page.status).toBe(200)
  expect(page.html).toContain('can no longer be changed')
  expect(page.html).not.toContain('name="score"')
  expect(form.status).toBe(422)
  expect([program.status, await program.json()]).toMatchObject([
    422,
    {
      errors: [{ path: 'score', message: 'The answer is locked: it could be changed for 2 hours' }],
    },
  ])
  expect(await sendJson(link, { score: 9 })).toMatchObject({ status: 200 })
  expect(await scores(client, id)).toEqual([[9, null]])
})

test('an anonymous answer has a receipt, by which it is changed and withdrawn, and nothing else does', async () => {
  const { client, id, path } = await opened()
  const answer = await send(await visit(path), { score: '2', comment: 'Slow' })
  const [receipt = ''] = leads(answer).split('?')

  const refused = await sendForm(receipt, { score: '4', comment: 'x'.repeat(5_001) })
  const changed = await sendForm(receipt, { score: '4', comment: 'Slow' })
  const asked = await visit(`${receipt}/withdraw?lang=en`)
  const withdrawn = await sendForm(asked.action, {})

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('>Save</button>')
  expect(changed.status).toBe(303)
  expect(asked.html).toContain('Withdraw your answer?')
  expect(withdrawn.status).toBe(303)
  expect(await visit(leads(withdrawn))).toMatchObject({ status: 410 })
  expect(await scores(client, id)).toEqual([])
  const { results } = await env.DB.prepare('SELECT data FROM fact WHERE workspace = ?')
    .bind(client.workspace)
    .all()
  expect(JSON.stringify(results)).not.toContain('Slow')
})

test('whoever only knows the name of an answer neither changes nor learns anything', async () => {
  const { client, id, path } = await opened()
  await sendJson(path, { score: 9, comment: 'Mine', submission: 'known' })

  const program = await sendJson(path, { score: 0, submission: 'known' })
  const form = await sendForm(path, { score: '0', submission: 'known' })

  expect([program.status, await program.json()]).toEqual([200, { response: 'known' }])
  expect(form.status).toBe(200)
  expect(await form.text()).not.toContain('/a/')
  expect(await scores(client, id)).toEqual([[9, 'Mine']])
})

test('whoever goes back to the page and sends another score has changed their answer', async () => {
  const { client, id, path } = await opened()
  const page = await visit(path)

  const first = await send(page, { score: '9' })
  const again = await send(page, { score: '9' })
  const other = await send(page, { score: '8' })

  expect([first, again, other].map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await scores(client, id)).toEqual([[8, null]])
})

const hour = 3_600_000
const at = (time: number) => new Date(time).toISOString()

test.each<[string, Record<string, unknown>, number, string]>([
  ['has not opened', { opens: at(Date.now() + hour) }, 403, 'not opened yet'],
  ['has closed by itself', { closes: at(Date.now() - hour) }, 410, 'is closed'],
  ['is by invitation', { policy: 'invited' }, 403, 'by invitation'],
])('a survey that %s says so on its page and to a program', async (_, more, status, text) => {
  const { client, path } = await opened(more)

  const page = await visit(`${path}?lang=en`)
  const form = await sendForm(`${path}?lang=en`, { score: '9' })
  const program = await sendJson(path, { score: 9 })

  expect([page.status, form.status, program.status]).toEqual([status, status, status])
  expect(page.html).toContain(text)
  expect(await form.text()).toContain(text)
  expect(program.headers.get('content-type')).toBe('application/problem+json')
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a quota is kept to the answer, however many come at once', async () => {
  const { client, id, path } = await opened({ quota: 5 })

  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, at) => sendJson(path, { score: at % 11, submission: `s${at}` })),
  )

  const taken = answers.filter(({ status }) => status === 201)
  expect(taken).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 410)).toHaveLength(25)
  expect(await answersOf(client, id)).toHaveLength(5)
  expect(await visit(`${path}?lang=en`)).toMatchObject({ status: 410 })
  const repeated = await sendJson(path, { score: 0, submission: 's0' })
  expect(repeated.status).toBe(answers[0]?.status === 201 ? 200 : 410)
})

test('a quota that comes later counts what is there', async () => {
  const { client, id, path } = await opened()
  for (const submission of ['a', 'b', 'c']) await sendJson(path, { score: 7, submission })

  const put = await call(`/v1/surveys/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'nps', name: 'Test', quota: 3 }),
  })

  expect(put.status).toBe(200)
  expect(await sendJson(path, { score: 7, submission: 'd' })).toMatchObject({ status: 410 })
})

test(
  '200 answers at once to one invitation, by form and JSON, are one answer',
  { timeout: 30_000 },
  async () => {
    const { client, id, link } = await invited()

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        at % 2 === 0 ? sendForm(link, { score: '9' }) : sendJson(link, { score: 9 }),
      ),
    )

    expect(answers.filter(({ status }) => ![200, 201, 303].includes(status))).toEqual([])
    expect(await scores(client, id)).toEqual([[9, null]])
  },
)

test('a token of another purpose, altered, expired or revoked lets nobody answer', async () => {
  const { client, id, path, link } = await invited()
  const token = link.slice('/i/'.length)
  const receipt = leads(await send(await visit(path), { score: '1' }))
    .split('?')[0]
    ?.slice('/a/'.length)
  const flip = (at: number) =>
    token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)

  const strangers = [
    `/i/${receipt}`,
    `/a/${token}`,
    '/i/',
    ...Array.from(token, (_, at) => `/i/${flip(at)}`),
  ]
  const statuses = await Promise.all(
    strangers.map(async (stranger) => (await sendForm(stranger, { score: '0' })).status),
  )

  expect(new Set(statuses)).toEqual(new Set([404]))
  await env.DB.prepare('UPDATE invitation SET expires = 1 WHERE workspace = ?')
    .bind(client.workspace)
    .run()
  expect(await visit(link)).toMatchObject({ status: 410 })
  expect(await sendForm(link, { score: '0' })).toMatchObject({ status: 410 })
  expect((await answersOf(client, id)).map(({ score }) => score)).toEqual([1])
})

test('one answer a browser: it is known again by its receipt, and may change its answer', async () => {
  const { client, id, path } = await opened({ policy: 'browser' })
  const first = await send(await visit(path), { score: '9' })
  const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';')

  const back = await call(path, { headers: { cookie } })
  const again = await sendForm(path, { score: '5' }, { cookie })
  const stranger = await send(await visit(path), { score: '1' })

  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; Secure; SameSite=None; Partitioned$/)
  expect([back.status, leads(back).split('/')[1]]).toEqual([303, 'a'])
  expect([again.status, stranger.status]).toEqual([303, 303])
  expect(new Set((await answersOf(client, id)).map(({ score }) => score))).toEqual(new Set([1, 5]))
})

test('who neither asks for one answer a browser nor says so gets no cookie', async () => {
  const { path } = await opened()

  const answer = await send(await visit(path), { score: '9' })

  expect(answer.headers.get('set-cookie')).toBeNull()
})

/** The doubted answers of a survey. */
async function doubted(client: Client, id: string) {
  const answer = await client.get(`/v1/surveys/${id}/provisional`)
  return (await answer.json<{ items: { id: string; reasons: string[] }[] }>()).items
}

async function openAll(link: string): Promise<void> {
  for (let score = 0; score <= 10; score++) await call(`${link}?score=${score}`)
}

const doubts: readonly [string, (link: string, client: Client) => Promise<Page>, object, string][] =
  [
    [
      'comes at once after sending',
      async (link, client) => {
        await age(client, -60_000)
        return visit(link)
      },
      {},
      'early',
    ],
    [
      'comes with every link of the mail',
      async (link) => {
        await openAll(link)
        return visit(`${link}?score=0`)
      },
      {},
      'many-links',
    ],
    [
      'comes after the link that nobody sees',
      async (link) => {
        await call(`${link}?score=trap`)
        return visit(link)
      },
      {},
      'trap',
    ],
    ['fills a field that nobody sees', (link) => visit(link), { website: 'x' }, 'hidden-field'],
  ]

test.each(doubts)(
  'an answer that %s counts only when it is confirmed once more',
  async (_, open, more, reason) => {
    const { client, id, link } = await invited()
    const page = await open(link, client)

    const answer = await send(page, { score: '0', ...more })
    const again = await pageOf(answer)

    expect(again).toMatchObject({ status: 202, chosen: '0' })
    expect(await answersOf(client, id)).toEqual([])
    expect((await doubted(client, id)).map(({ reasons }) => reasons)).toEqual([[reason]])
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const confirmed = await send(again, { score: '0' })
    expect(confirmed.status).toBe(303)
    expect(await scores(client, id)).toEqual([[0, null]])
    expect(await doubted(client, id)).toEqual([])
  },
)

test('whoever only knows the name of a doubted answer does not change it', async () => {
  const { client, id, path } = await opened()
  await sendForm(path, { score: '9', submission: 'known', website: 'x' })

  await sendForm(path, { score: '0', submission: 'known', website: 'x' })

  const answer = await client.get(`/v1/surveys/${id}/provisional`)
  expect(await answer.json()).toMatchObject({ items: [{ id: 'known', score: 9 }] })
})

test('a robot that confirms the second page at once is doubted again', async () => {
  const { client, id, link } = await invited()
  await openAll(link)

  const again = await pageOf(await send(await visit(link), { score: '0' }))
  const twice = await send(again, { score: '0' })

  expect(twice.status).toBe(202)
  expect(await answersOf(client, id)).toEqual([])
})

test('links that were all opened long ago say nothing against who answers now', async () => {
  const { client, id, link } = await invited()
  await openAll(link)
  await call(`${link}?score=trap`)
  await env.DB.prepare('UPDATE invitation SET touching = touching - 700000 WHERE workspace = ?')
    .bind(client.workspace)
    .run()

  const answer = await send(await visit(`${link}?score=9`), { score: '9' })

  expect(answer.status).toBe(303)
  expect(await scores(client, id)).toEqual([[9, null]])
})

test('in assisted surveys a form without a gesture is doubted, and one with it is not', async () => {
  const { client, id, link } = await invited({ mode: 'assisted' })
  const other = await invite(client, id, 'bob')

  const without = await send(await visit(link), { score: '1' })
  const with_ = await send(await visit(other), { score: '9', signal: 'pointer' })

  expect([without.status, with_.status]).toEqual([202, 303])
  expect(await scores(client, id)).toEqual([[9, null]])
})

test('the team promotes or discards what is doubted, once, and sees how much there is', async () => {
  const { client, id, link } = await invited()
  const other = await invite(client, id, 'bob')
  await age(client, -120_000)
  for (const path of [link, other]) await send(await visit(`${path}?score=3`), { score: '3' })
  const [one, two] = await doubted(client, id)
  const decide = (answer = '', how = '') =>
    client.post(`/v1/surveys/${id}/provisional/${answer}/${how}`)

  const promoted = await decide(one?.id, 'promote')
  const discarded = await decide(two?.id, 'discard')

  expect([promoted.status, discarded.status]).toEqual([200, 200])
  expect((await decide(two?.id, 'promote')).status).toBe(409)
  expect((await decide('none', 'promote')).status).toBe(404)
  expect(await scores(client, id)).toEqual([[3, null]])
  const integrity = await client.get(`/v1/surveys/${id}/integrity`)
  expect(await integrity.json()).toMatchObject({
    answers: 1,
    doubted: { provisional: 0, promoted: 1, discarded: 1, answered: 0 },
    reasons: { early: 2 },
    opened: 2,
    confirmed: 1,
    confirm_rate: { value: 50, n: 2 },
    flagged_share: { value: 100, n: 2 },
  })
})

test('opening, looking at and prefetching a personal link writes no answer', async () => {
  const { client, link } = await invited()

  await call(`${link}?score=9`)
  await call(`${link}?score=9`, { method: 'HEAD' })
  await call(`${link}?score=8`, { headers: { 'sec-purpose': 'prefetch' } })

  const { results } = await env.DB.prepare('SELECT type FROM fact WHERE workspace = ?')
    .bind(client.workspace)
    .all()
  expect(results).toEqual([{ type: 'survey.sent' }])
  const touched = await env.DB.prepare('SELECT touched FROM invitation WHERE workspace = ?')
    .bind(client.workspace)
    .first()
  expect(touched).toEqual({ touched: 1 << 9 })
})

test('a preview shows a survey that is not open, and stores nothing', async () => {
  const { client, id } = await opened({ opens: at(Date.now() + hour) })
  const answer = await client.post(`/v1/surveys/${id}/preview`)
  const url = new URL((await answer.json<{ url: string }>()).url)

  const page = await visit(`${url.pathname}${url.search}&lang=en`)
  const sent = await send(page, { score: '9' })

  expect(page.html).toContain('This is a preview')
  expect([sent.status, (await sent.text()).includes('This is a preview')]).toEqual([200, true])
  expect(await countFacts(client.workspace)).toBe(0)
  expect(await visit(`/s/${id}?preview=${url.searchParams.get('preview')}x`)).toMatchObject({
    status: 404,
  })
})

test('drivers are known by their ids, whatever they are called', async () => {
  const drivers = [
    { id: 'price', label: { en: 'Price', de: 'Preis' } },
    { id: 'support', label: { en: 'Support' } },
  ]
  const { client, id, path } = await opened({ drivers })

  const page = await visit(`${path}?lang=de`)
  await send(page, { score: '9', 'driver.price': '1', 'driver.support': '1' })
  await sendJson(path, { score: 3, drivers: ['support'], submission: 'two' })
  const strange = await sendJson(path, { score: 3, drivers: ['speed'] })

  expect(page.html).toContain('Preis')
  expect(page.html).toContain('Support')
  const found = (await answersOf(client, id)) as unknown as { drivers: string[] }[]
  expect(new Set(found.map(({ drivers: said }) => said.join()))).toEqual(
    new Set(['price,support', 'support']),
  )
  expect([strange.status, await strange.json()]).toMatchObject([
    422,
    {
      errors: [
        {
          path: 'drivers',
          message: 'The survey has no driver "speed": expected some of price, support',
        },
      ],
    },
  ])
})

test(
  'too many answers from one address are told to wait, others are not',
  { timeout: 30_000 },
  async () => {
    const { path } = await opened()
    const from = (address: string) =>
      sendForm(path, { score: '9' }, { 'cf-connecting-ip': address })

    const answers = await Promise.all(Array.from({ length: 70 }, () => from('192.0.2.1')))
    const other = await from('192.0.2.2')

    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('retry-after')).toBe('60')
    expect(await refused[0]?.text()).toContain('Please try again in a minute')
    expect(other.status).toBe(303)
  },
)

/** Names that a form might try to set, and that nobody may. */
const columns = [
  'workspace',
  'type',
  'day',
  'source',
  'id',
  'subject',
  'entity',
  'time',
  'received',
  'value',
  'dimensions',
  'data',
  'thread',
  'cost',
  'replaces',
  'replaced',
  'revision',
  'delivery',
  'invitation',
  'respondent',
  'survey',
  'locale',
  'kind',
  'version',
  'state',
  'reason',
  'recipient',
  'expires',
  'revoked',
  'touched',
  'touching',
  'rereads',
  'person',
  'erased',
  'answers',
  'quota',
]

test.each(columns)('a form and a body that name the column %s change nothing', async (column) => {
  const { client, id, path, link } = await invited()

  for (const place of [path, link]) {
    expect((await sendForm(place, { score: '9', [column]: '1' })).status).toBe(422)
    expect((await sendJson(place, { score: 9, [column]: 1 })).status).toBe(422)
  }

  expect(await answersOf(client, id)).toEqual([])
})
