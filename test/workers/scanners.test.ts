import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { type Client, call, newSurvey, newWorkspace } from './client.ts'
import { age, answersOf, invite, pageOf, send, visit } from './visitors.ts'

// A scanner makes a dozen requests, and some tests wait as a person does.
vi.setConfig({ testTimeout: 30_000 })

/** A survey with somebody who was invited a minute ago. */
async function invited(more: Record<string, unknown> = {}) {
  const client = await newWorkspace()
  const id = await newSurvey(client, more)
  return { client, id, link: await invite(client, id, 'ann') }
}

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** Opens these links of a mail at once. */
const openAt = (link: string, which: readonly (number | 'trap')[], init: RequestInit = {}) =>
  Promise.all(which.map((score) => call(`${link}?score=${score}`, init)))

const openAll = (link: string, init?: RequestInit) => openAt(link, [...scores, 'trap'], init)

/** Lets so much time go by since links were opened. */
async function pass({ workspace }: Client, milliseconds: number): Promise<void> {
  await env.DB.prepare('UPDATE invitation SET touching = touching - ?2 WHERE workspace = ?1')
    .bind(workspace, milliseconds)
    .run()
}

const said = async (client: Client, id: string) =>
  (await answersOf(client, id)).map(({ respondent, score }) => [respondent, score])

/** What is doubted and what was, as the team sees it. */
async function integrityOf(client: Client, id: string) {
  const answer = await client.get(`/v1/surveys/${id}/integrity`)
  return answer.json<{ doubted: Record<string, number>; confirm_rate: object }>()
}

test.each<[string, RequestInit]>([
  ['opens', {}],
  ['asks for the head of', { method: 'HEAD' }],
  ['looks ahead at', { headers: { 'sec-purpose': 'prefetch' } }],
  ['looks ahead, by an older name, at', { headers: { purpose: 'prefetch' } }],
  ['looks ahead, by the oldest name, at', { headers: { 'x-moz': 'prefetch' } }],
])('a scanner that %s every link leaves no answer', async (_, init) => {
  const { client, id, link } = await invited()

  await openAll(link, init)

  expect(await said(client, id)).toEqual([])
  expect((await integrityOf(client, id)).doubted).toMatchObject({ provisional: 0 })
})

test('a scanner that opens six of eleven links and presses the button is doubted', async () => {
  const { client, id, link } = await invited()

  await openAt(link, [0, 1, 2, 3, 4, 5])
  const answer = await send(await visit(`${link}?score=0`), { score: '0' })

  expect(answer.status).toBe(202)
  expect(await said(client, id)).toEqual([])
})

test('what a scanner did an hour ago is not renewed by the person who opens the last link', async () => {
  const { client, id, link } = await invited()
  await openAt(link, [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 'trap'])
  await pass(client, 3_600_000)

  const answer = await send(await visit(`${link}?score=9`), { score: '9' })

  expect(answer.status).toBe(303)
  expect(await said(client, id)).toEqual([['ann', 9]])
})

test.each<[string, number, boolean, number]>([
  ['is believed a minute after a scanner without the hidden link', 60_000, false, 303],
  ['is asked once more a minute after a scanner with the hidden link', 60_000, true, 202],
  ['is believed ten minutes after a scanner with the hidden link', 600_000, true, 303],
])('a person %s', async (_, since, trap, status) => {
  const { client, link } = await invited()
  await openAt(link, trap ? [0, 1, 2, 'trap'] : scores)
  await pass(client, since)

  await visit(`${link}?score=8`)
  const answer = await send(await visit(`${link}?score=9`), { score: '9' })

  expect(answer.status).toBe(status)
})

test('a scanner that comes again is seen again, whatever was opened before', async () => {
  const { client, id, link } = await invited()
  await openAll(link)
  await pass(client, 3_600_000)

  await openAll(link)
  const answer = await send(await visit(`${link}?score=0`), { score: '0' })

  expect(answer.status).toBe(202)
  expect(await said(client, id)).toEqual([])
})

test('a link that is opened again and again costs a row once', async () => {
  const { client, link } = await invited()
  const touching = () =>
    env.DB.prepare('SELECT touching FROM invitation WHERE workspace = ?')
      .bind(client.workspace)
      .first('touching')
  await visit(`${link}?score=9`)
  await pass(client, 60_000)
  const before = await touching()

  await visit(`${link}?score=9`)

  expect(await touching()).toBe(before)
})

test('whoever writes is not doubted for what a scanner has opened', async () => {
  const { client, id, link } = await invited()
  await openAll(link)

  const answer = await send(await visit(`${link}?score=9`), { score: '9', comment: 'Fast' })

  expect(answer.status).toBe(303)
  expect(await said(client, id)).toEqual([['ann', 9]])
})

test('whoever corrects themselves on a scale of two has opened both links, and is believed', async () => {
  const { client, id, link } = await invited({ kind: 'thumbs' })
  await visit(`${link}?score=0`)

  const answer = await send(await visit(`${link}?score=1`), { score: '1' })

  expect(answer.status).toBe(303)
  expect(await said(client, id)).toEqual([['ann', 1]])
})

test('a change that was doubted and confirmed leaves nothing for the team to decide', async () => {
  const { client, id, link } = await invited()
  await send(await visit(`${link}?score=9`), { score: '9' })
  await openAll(link)

  const again = await pageOf(await send(await visit(`${link}?score=3`), { score: '3' }))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const changed = await send(again, { score: '3' })

  expect([again.status, changed.status]).toEqual([202, 303])
  expect(await said(client, id)).toEqual([['ann', 3]])
  expect((await integrityOf(client, id)).doubted).toMatchObject({ provisional: 0, answered: 1 })
})

test('an anonymous answer that was doubted and confirmed leaves nothing to decide either', async () => {
  const { client, id } = await invited({ mode: 'assisted' })

  const again = await pageOf(await send(await visit(`/s/${id}?score=9`), { score: '9' }))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const confirmed = await send(again, { score: '9' })

  expect([again.status, confirmed.status]).toEqual([202, 303])
  expect(await said(client, id)).toEqual([[null, 9]])
  expect((await integrityOf(client, id)).doubted).toMatchObject({ provisional: 0, answered: 1 })
})

test('the page that asks once more confirms the answer that it was made for, and no other', async () => {
  const { client, id, link } = await invited()
  const other = await invite(client, id, 'bob')
  await Promise.all([openAll(link), openAll(other)])
  const [mine] = await Promise.all(
    [link, other].map(async (path) =>
      pageOf(await send(await visit(`${path}?score=0`), { score: '0' })),
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 1_100))

  const bobs = await visit(`${other}?score=0`)
  const answer = await send(bobs, { score: '0', page: mine?.hidden['page'] ?? '' })

  expect(answer.status).toBe(202)
  expect(await said(client, id)).toEqual([])
})

test('people lose nothing, whatever scanner is in front of them and however they answer', async () => {
  const { client, id } = await invited()
  const before: ((link: string) => Promise<unknown>)[] = [
    () => Promise.resolve(),
    (link) => openAll(link),
    (link) => openAll(link, { method: 'HEAD' }),
    (link) => openAll(link, { headers: { 'sec-purpose': 'prefetch' } }),
  ]
  const people = before.flatMap((scan, at) =>
    ['', 'Because'].map((comment) => ({ name: `person ${at}${comment}`, scan, comment })),
  )

  await Promise.all(
    people.map(async ({ name, scan, comment }) => {
      const link = await invite(client, id, name)
      await scan(link)
      const answer = await send(await visit(`${link}?score=9`), { score: '9', comment })
      if (answer.status === 303) return
      const again = await pageOf(answer)
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      await send(again, { score: '9', comment })
    }),
  )

  expect(new Map((await said(client, id)) as [string, number][])).toEqual(
    new Map(people.map(({ name }) => [name, 9])),
  )
  expect(await said(client, id)).toHaveLength(people.length)
})

test('an answer in the second of sending is early, and later it is not', async () => {
  const { client, link } = await invited()
  await age(client, -60_000)

  const early = await send(await visit(`${link}?score=9`), { score: '9' })
  await age(client, 60_000)
  const later = await send(await visit(`${link}?score=9`), { score: '9' })

  expect([early.status, later.status]).toEqual([202, 303])
})
