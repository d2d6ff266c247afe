import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Day } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import { deliver } from '../../src/store/deliveries.ts'
import { store } from '../../src/store/facts.ts'
import { readInvited, readInvitedSince } from '../../src/store/invited.ts'
import {
  listInvitations,
  readInvitation,
  revokeInvitations,
  touch,
} from '../../src/store/invitations.ts'
import { type Inviting, invite } from '../../src/store/inviting.ts'
import { createSource } from '../../src/store/sources.ts'
import { closeSurvey, createSurvey } from '../../src/store/surveys.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const today = '2026-03-10' as Day
const day = 86_400_000
const looks = looksOf(kpis)
const document = {
  kind: 'nps',
  name: 'Test',
  question: {},
  locales: ['en'],
  properties: [],
  comment: true,
} as const

let made = 0

interface Place {
  readonly workspace: string
  readonly survey: string
}

async function newSurvey(workspace: string): Promise<string> {
  const survey = `s${++made}`
  await createSurvey(env.DB, { id: survey, workspace, document }, now)
  return survey
}

async function newPlace(): Promise<Place> {
  const workspace = `w${++made}`
  await createWorkspace(env.DB, { id: workspace, name: 'x', zone: 'UTC', currency: 'EUR' }, now)
  return { workspace, survey: await newSurvey(workspace) }
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10) as Day

function sent({ survey }: Place, id: string, recipient: string, time: number): Fact {
  return {
    source: `/i/${survey}`,
    id,
    type: 'survey.sent',
    subject: survey,
    thread: null,
    entity: recipient,
    time,
    day: dayOf(time),
    value: null,
    dimensions: { survey, kind: 'nps' },
    data: {},
  }
}

/** Whom to invite, by recipient and what the invitation is called. */
function inviting(
  place: Place,
  named: Readonly<Record<string, string>>,
  more: Partial<Inviting> = {},
): Inviting {
  const time = more.now ?? now
  const all = Object.entries(named)
  return {
    ...place,
    invitees: all.map(([recipient, id]) => ({ id, recipient, mail: null, properties: {} })),
    facts: all.map(([recipient, id]) => sent(place, id, recipient, time)),
    now: time,
    expires: time + 60 * day,
    gaps: { survey: 30, workspace: 0 },
    reminder: false,
    looks,
    ...more,
  }
}

function answer({ survey }: Place, id: string, more: Partial<Fact> = {}): Fact {
  return {
    source: 'crm',
    id,
    type: 'survey.response',
    subject: survey,
    thread: null,
    entity: 'ann',
    time: now + 1,
    day: today,
    value: 9,
    dimensions: { survey, kind: 'nps' },
    data: {},
    ...more,
  }
}

const take = ({ workspace }: Place, facts: readonly Fact[], db = env.DB) =>
  store(db, {
    workspace,
    facts,
    received: now,
    looks,
    tally: { day: today, rejected: {} },
  })

/** A workspace whose Ann has an invitation called by the survey. */
async function newInvited(): Promise<Place & { readonly invitation: string }> {
  const place = await newPlace()
  const invitation = `${place.survey}-ann`
  await invite(env.DB, inviting(place, { ann: invitation }))
  return { ...place, invitation }
}

/** What counts, and which of them has an invitation. */
async function answersOf({ workspace }: Pick<Place, 'workspace'>) {
  const { results } = await env.DB.prepare(
    `SELECT id, invitation FROM fact
     WHERE workspace = ? AND type = 'survey.response' AND replaced IS NULL ORDER BY id`,
  )
    .bind(workspace)
    .all<{ id: string; invitation: string | null }>()
  return results
}

const idsOf = async (place: Place) => (await answersOf(place)).map(({ id }) => id)

async function tallied({ workspace }: Place) {
  const found = await env.DB.prepare(
    'SELECT sum(stored) AS stored, sum(duplicate) AS duplicate FROM tally WHERE workspace = ?',
  )
    .bind(workspace)
    .first<{ stored: number; duplicate: number }>()
  return found
}

test('an invitation costs itself and its two indexes, and what tells of its sending, in one round trip', async () => {
  const place = await newPlace()
  const { db, account } = counting(env.DB)

  const { made: ids } = await invite(db, inviting(place, { ann: `a-${place.survey}` }))

  expect([...ids]).toEqual([`a-${place.survey}`])
  expect(account).toMatchObject({ trips: 1, rowsWritten: 3 + 3 })
})

test('the gap of the survey ends to the millisecond, and that of the workspace counts every survey', async () => {
  const place = await newPlace()
  const other = { ...place, survey: await newSurvey(place.workspace) }
  const gaps = { survey: 30, workspace: 7 }
  const made = async (where: Place, time: number) => {
    const named = { ann: `${where.survey}-${time}` }
    return (await invite(env.DB, inviting(where, named, { now: time, gaps }))).made.size
  }

  expect(await made(place, now)).toBe(1)
  expect(await made(other, now + 7 * day - 1)).toBe(0)
  expect(await made(other, now + 7 * day)).toBe(1)
  expect(await made(place, now + 14 * day)).toBe(0)
  expect(await made(place, now + 30 * day - 1)).toBe(0)
  expect(await made(place, now + 30 * day)).toBe(1)
})

test('who is skipped is told apart from who is not, and nothing is told of their being sent anything', async () => {
  const place = await newInvited()
  const gaps = { survey: 30, workspace: 0 }

  const again = await invite(
    env.DB,
    inviting(place, { ann: 'x1', bob: 'x2' }, { now: now + 5, gaps }),
  )

  expect([...again.made]).toEqual(['x2'])
  expect(again.before.get('ann')).toEqual({
    last: { survey: now, workspace: now },
    outstanding: { id: place.invitation, expires: now + 60 * day },
  })
  expect(again.before.get('bob')).toEqual({
    last: { survey: null, workspace: null },
    outstanding: null,
  })
  const { results } = await env.DB.prepare(
    `SELECT id FROM fact WHERE workspace = ? AND type = 'survey.sent' ORDER BY id`,
  )
    .bind(place.workspace)
    .all<{ id: string }>()
  expect(results.map(({ id }) => id)).toEqual([place.invitation, 'x2'])
})

test('of many requests at once one invites', async () => {
  const place = await newPlace()

  const results = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      invite(env.DB, inviting(place, { ann: `r${at}-${place.survey}` })),
    ),
  )

  expect(results.reduce((sum, { made: ids }) => sum + ids.size, 0)).toBe(1)
})

test('a survey that was closed, is over or is full invites nobody', async () => {
  const places = [await newPlace(), await newPlace(), await newPlace()]
  const [closed, over, full] = places
  await closeSurvey(env.DB, closed?.workspace ?? '', closed?.survey ?? '', now)
  await env.DB.prepare('UPDATE survey SET closes = ? WHERE id = ?').bind(now, over?.survey).run()
  await env.DB.prepare('UPDATE survey SET quota = 1, answers = 1 WHERE id = ?')
    .bind(full?.survey)
    .run()

  for (const place of places) {
    const { made: ids } = await invite(env.DB, inviting(place, { ann: place.survey }))
    expect(ids.size).toBe(0)
  }
})

test('a reminder is of the last invitation that can be answered, and makes none beside it', async () => {
  const place = await newInvited()
  const later = { now: now + 40 * day, reminder: true }

  const reminded = await invite(env.DB, inviting(place, { ann: 'again' }, later))
  await take(place, [answer(place, 'one')])
  const answered = await invite(env.DB, inviting(place, { ann: 'anew' }, later))

  expect([...reminded.made]).toEqual([])
  expect(reminded.before.get('ann')?.outstanding?.id).toBe(place.invitation)
  expect([...answered.made]).toEqual(['anew'])
  expect(answered.before.get('ann')?.outstanding).toBeNull()
})

test('a link that is opened is noted once, whatever else was opened before', async () => {
  const { invitation } = await newInvited()
  const { db, account } = counting(env.DB)

  await touch(db, invitation, 9, now + 1)
  await touch(db, invitation, 9, now + 2)
  await touch(db, invitation, 30, now + 3)

  expect(account.rowsWritten).toBe(2)
  expect(await readInvitation(env.DB, invitation)).toMatchObject({
    recipient: 'ann',
    properties: {},
    touched: 2 ** 9 + 2 ** 30,
    touching: now + 3,
  })
  expect(await readInvitation(env.DB, 'none')).toBeNull()
})

test('only what is outstanding is taken back, and is no invitation any more', async () => {
  const place = await newInvited()
  const others = await newInvited()
  await take(others, [answer(others, 'one')])
  const revoke = (where: Place, time: number) =>
    revokeInvitations(env.DB, { ...where, recipient: 'ann' }, time)

  expect(await revoke(place, now + 60 * day)).toBe(0)
  expect(await revoke({ ...place, workspace: others.workspace }, now + 1)).toBe(0)
  expect(await revoke(place, now + 1)).toBe(1)
  expect(await revoke(place, now + 2)).toBe(0)
  expect(await revoke(others, now + 2)).toBe(0)
  await take(place, [answer(place, 'a'), answer(place, 'b')])
  expect(await answersOf(place)).toEqual([
    { id: 'a', invitation: null },
    { id: 'b', invitation: null },
  ])
})

test('invitations are listed as they stand, each once, page by page', async () => {
  const place = await newPlace()
  const named = { ann: 'l-ann', bob: 'l-bob', cyd: 'l-cyd' }
  await invite(env.DB, inviting(place, named))
  await invite(env.DB, inviting(place, { dan: 'l-dan' }, { now: now - day, expires: now }))
  await take(place, [answer(place, 'one', { entity: 'bob', time: now + 7 })])
  await revokeInvitations(env.DB, { ...place, recipient: 'cyd' }, now + 1)
  await touch(env.DB, 'l-ann', 3, now + 1)
  const list = (state: 'outstanding' | 'answered' | 'expired' | 'revoked' | null, limit = 10) =>
    listInvitations(env.DB, place, { state, now: now + 9, cursor: null, limit })

  const all = await list(null)
  const second = await listInvitations(env.DB, place, {
    state: null,
    now: now + 9,
    cursor: { created: now - day, id: 'l-dan' },
    limit: 2,
  })

  expect(all.map(({ recipient, state }) => [recipient, state])).toEqual([
    ['dan', 'expired'],
    ['ann', 'outstanding'],
    ['bob', 'answered'],
    ['cyd', 'revoked'],
  ])
  expect(all.map(({ touched, answered }) => [touched, answered])).toEqual([
    [false, null],
    [true, null],
    [false, now + 7],
    [false, null],
  ])
  expect(second.map(({ id }) => id)).toEqual(['l-ann', 'l-bob'])
  for (const state of ['outstanding', 'answered', 'expired', 'revoked'] as const) {
    expect((await list(state)).map((one) => one.state)).toEqual([state])
  }
})

test('since when somebody has been invited is asked of many at once, of one workspace', async () => {
  const place = await newInvited()
  const other = await newInvited()
  await invite(env.DB, inviting(place, { ann: `${place.survey}-2` }, { now: now + 31 * day }))
  const asked = [
    { survey: place.survey, respondent: 'ann' },
    { survey: place.survey, respondent: 'bob' },
    { survey: other.survey, respondent: 'ann' },
  ]

  expect(await readInvitedSince(env.DB, place.workspace, asked)).toEqual([
    { survey: place.survey, respondent: 'ann', since: now },
  ])
})

test('an answer of somebody invited costs a row more than one of somebody else, its repeat none', async () => {
  const place = await newInvited()
  const untallied = (facts: Fact[]) => ({
    workspace: place.workspace,
    facts,
    received: now,
    looks,
  })
  const { db, account } = counting(env.DB)

  await store(db, untallied([answer(place, 'one')]))
  const first = account.rowsWritten
  await store(db, untallied([answer(place, 'one'), answer(place, 'two')]))
  const second = account.rowsWritten
  await store(db, untallied([answer(place, 'three', { entity: 'bob' })]))

  expect([first, second - first, account.rowsWritten - second]).toEqual([4, 0, 3])
  expect(account.trips).toBe(3)
})

test('of two answers to one invitation the first counts, whatever they are called and wherever they come from', async () => {
  const place = await newInvited()

  const results = [
    await take(place, [answer(place, 'one')]),
    await take(place, [answer(place, 'two'), answer(place, 'one', { source: 'other' })]),
    await take(place, [answer(place, 'hosted', { invitation: place.invitation, entity: null })]),
  ]

  expect(results.map(({ stored }) => stored)).toEqual([1, 0, 0])
  expect(await answersOf(place)).toEqual([{ id: 'one', invitation: place.invitation }])
  expect(await tallied(place)).toEqual({ stored: 1, duplicate: 3 })
})

test('of two in one request the first counts, and others are as they were', async () => {
  const place = await newInvited()

  const { stored } = await take(place, [
    answer(place, 'bob', { entity: 'bob' }),
    answer(place, 'one'),
    answer(place, 'two'),
    answer(place, 'nobody', { entity: null }),
    answer(place, 'sent', { type: 'survey.sent', value: null }),
  ])

  expect(stored).toBe(4)
  expect(await idsOf(place)).toEqual(['bob', 'nobody', 'one'])
  expect(await tallied(place)).toEqual({ stored: 4, duplicate: 1 })
})

test('a refused answer leaves no name behind and marks no day', async () => {
  const place = await newInvited()
  await take(place, [answer(place, 'one')])
  await env.DB.prepare('UPDATE workspace SET closed = ? WHERE id = ?')
    .bind('2026-03-20', place.workspace)
    .run()
  const later = { time: now + day, day: dayOf(now + day) }

  const refused = await store(env.DB, {
    workspace: place.workspace,
    facts: [answer(place, 'two', later)],
    received: now,
    looks,
  })

  const marks = await env.DB.prepare('SELECT day FROM dirty WHERE workspace = ?')
    .bind(place.workspace)
    .all()
  const name = await env.DB.prepare(`SELECT 1 FROM identity WHERE workspace = ? AND id = 'two'`)
    .bind(place.workspace)
    .first()
  expect(refused.stored).toBe(0)
  expect(marks.results).toEqual([])
  expect(name).toBeNull()
})

test('whoever is invited again may answer again, and each answer belongs to the invitation before it', async () => {
  const place = await newInvited()
  const second = `${place.survey}-second`
  await invite(env.DB, inviting(place, { ann: second }, { now: now + 31 * day }))
  const at = (id: string, days: number) =>
    answer(place, id, { time: now + days * day, day: dayOf(now + days * day) })

  await take(place, [at('before', -1)])
  await take(place, [at('b', 32), at('c', 33)])
  await take(place, [at('d', 30), at('e', 29)])

  expect(await answersOf(place)).toEqual([
    { id: 'b', invitation: second },
    { id: 'before', invitation: null },
    { id: 'd', invitation: place.invitation },
  ])
})

test('a correction of an answer that is there takes its place, and no second one joins it', async () => {
  const place = await newInvited()
  await take(place, [answer(place, 'one')])

  const corrected = await take(place, [answer(place, 'two', { replaces: 'one', time: now + 2 })])
  const unknown = await take(place, [answer(place, 'three', { replaces: 'none', time: now + 3 })])
  const chained = await take(place, [answer(place, 'four', { replaces: 'two', time: now + 4 })])
  const newest = await take(place, [answer(place, 'five', { replaces: 'one', time: now + 5 })])

  const results = [corrected, unknown, chained, newest]
  expect(results.map(({ stored }) => stored)).toEqual([1, 0, 0, 1])
  expect(await idsOf(place)).toEqual(['five'])
})

test('a correction long after its answer does not use up the invitation that came between', async () => {
  const place = await newInvited()
  const second = `${place.survey}-second`
  await take(place, [answer(place, 'one')])
  await invite(env.DB, inviting(place, { ann: second }, { now: now + 31 * day }))
  const time = now + 32 * day

  await take(place, [answer(place, 'corrected', { replaces: 'one', time })])
  await take(place, [answer(place, 'anew', { time })])

  expect(await answersOf(place)).toEqual([
    { id: 'anew', invitation: second },
    { id: 'corrected', invitation: null },
  ])
})

test.each([
  ['the answer first', (facts: Fact[]) => facts],
  ['the correction first', (facts: Fact[]) => facts.toReversed()],
])('nor does one that comes in the same request: %s', async (_what, ordered) => {
  const place = await newInvited()
  const second = `${place.survey}-second`
  await invite(env.DB, inviting(place, { ann: second }, { now: now + 31 * day }))
  const time = now + 32 * day

  await take(
    place,
    ordered([answer(place, 'one'), answer(place, 'corrected', { replaces: 'one', time })]),
  )
  const { stored } = await take(place, [answer(place, 'anew', { time }), answer(place, 'again')])

  expect(stored).toBe(1)
  expect(await idsOf(place)).toEqual(['anew', 'corrected'])
})

test.each([
  ['together', [['one', 'two']]],
  ['together, the correction first', [['two', 'one']]],
  ['the answer first', [['one'], ['two']]],
  ['the correction first', [['two'], ['one']]],
] as const)(
  'an answer and its correction are one answer in whatever order they come: %s',
  async (_what, requests) => {
    const place = await newInvited()
    const facts = {
      one: answer(place, 'one'),
      two: answer(place, 'two', { replaces: 'one', time: now + 2 }),
    }

    for (const names of requests)
      await take(
        place,
        names.map((name) => facts[name]),
      )
    const { stored } = await take(place, [answer(place, 'three', { time: now + 3 })])

    expect(stored).toBe(0)
    expect(await idsOf(place)).toEqual(['two'])
    expect(await readInvited(env.DB, place.workspace, place.invitation)).toMatchObject({
      source: 'crm',
      id: 'one',
      counting: 'two',
    })
  },
)

test('a correction cannot carry an answer over to somebody who has answered', async () => {
  const place = await newInvited()
  await invite(env.DB, inviting(place, { bob: `${place.survey}-bob` }))
  await take(place, [answer(place, 'anns'), answer(place, 'bobs', { entity: 'bob' })])

  const { stored } = await take(place, [answer(place, 'both', { replaces: 'bobs', time: now + 2 })])

  expect(stored).toBe(0)
  expect(await idsOf(place)).toEqual(['anns', 'bobs'])
})

test('two hundred answers to one invitation at once are one', { timeout: 30_000 }, async () => {
  const place = await newInvited()

  const results = await Promise.all(
    Array.from({ length: 200 }, (_, at) => take(place, [answer(place, `a${at}`)])),
  )

  expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(1)
  expect(await idsOf(place)).toHaveLength(1)
})

test('a delivery brings one answer of an invitation, by the same rule', async () => {
  const place = await newInvited()
  const source = `src-${place.survey}`
  const fields = { vendor: 'standard', name: 'x', config: {}, secrets: [], retention: 30 }
  await createSource(env.DB, { id: source, workspace: place.workspace, ...fields }, now, 100)
  const bring = (id: string) =>
    deliver(env.DB, {
      workspace: place.workspace,
      delivery: {
        source,
        version: 1,
        id,
        digest: id.repeat(64).slice(0, 64),
        state: 'stored',
        reason: null,
        headers: {},
        body: new Uint8Array([1]),
      },
      facts: [answer(place, id, { source })],
      remember: new Map(),
      recalled: new Map(),
      received: now,
      looks,
    })

  expect([await bring('d'), await bring('e'), await bring('d')]).toEqual(['new', 'new', 'repeat'])
  expect(await answersOf(place)).toEqual([{ id: 'd', invitation: place.invitation }])
})

/** Numbers that look like chance and are the same in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

test.each(Array.from({ length: 20 }, (_, seed) => [seed + 1]))(
  'whatever comes in whatever order, nobody has more answers than invitations: %i',
  async (seed) => {
    const place = await newInvited()
    const bob = `${place.survey}-bob`
    await invite(env.DB, inviting(place, { bob }))
    const pick = chance(seed)
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
    const one = (): Fact => {
      const at = pick(names.length)
      const corrects = pick(3) > 0 ? names[pick(names.length)] : undefined
      return answer(place, names[at] ?? '', {
        entity: pick(3) > 0 ? 'ann' : 'bob',
        time: now + 1 + pick(1_000),
        ...(corrects !== undefined && corrects !== names[at] && { replaces: corrects }),
        ...(pick(4) === 0 && { invitation: pick(2) === 0 ? bob : place.invitation }),
      })
    }

    let stored = 0
    for (let request = 0; request < 6; request++) {
      const facts = Array.from({ length: 1 + pick(4) }, one)
      stored += (await take(place, facts)).stored
    }

    const counted = await answersOf(place)
    const { results } = await env.DB.prepare(
      `SELECT fact.id FROM fact JOIN identity USING (workspace, source, id)
       WHERE workspace = ? AND fact.type = 'survey.response'`,
    )
      .bind(place.workspace)
      .all()
    expect(counted.length).toBeLessThanOrEqual(2)
    expect(results).toHaveLength(stored)
    expect((await tallied(place))?.stored).toBe(stored)
  },
)
