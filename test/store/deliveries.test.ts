import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import type { Day } from '../../src/day.ts'
import type { Fact } from '../../src/fact.ts'
import { looksOf } from '../../src/looks.ts'
import { kpis } from '../../src/kpis/index.ts'
import {
  type Delivering,
  type Delivery,
  conflictName,
  deliver,
  keepConflict,
  recall,
  makeWay,
} from '../../src/store/deliveries.ts'
import { store } from '../../src/store/facts.ts'
import { readDelivery } from '../../src/store/kept.ts'
import { changeSource, createSource, readSource, removeSource } from '../../src/store/sources.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { counting } from './counting.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const looks = looksOf(kpis)

let made = 0

interface Place {
  readonly workspace: string
  readonly source: string
}

/** A workspace with a source that takes deliveries. */
async function newPlace(): Promise<Place> {
  const workspace = `w${++made}`
  const source = `s${made}`
  await createWorkspace(env.DB, { id: workspace, name: 'x', zone: 'UTC', currency: 'EUR' }, now)
  const fields = { vendor: 'shopify', name: 'x', config: {}, secrets: [], retention: 30 }
  await createSource(env.DB, { id: source, workspace, ...fields }, now, 100)
  return { workspace, source }
}

/** Of the given place, an order of a customer unless told otherwise. */
function factOf({ source }: Place, more: Partial<Fact> = {}): Fact {
  return {
    source,
    id: 'd',
    type: 'order.placed',
    subject: 'o1',
    thread: 'order:o1',
    entity: 'acme',
    time: now,
    day: '2026-03-10' as Day,
    value: 1_250,
    dimensions: { currency: 'EUR' },
    data: {},
    ...more,
  }
}

/** A delivery of the given facts, as it arrives at noon. */
function deliveryOf(
  { workspace, source }: Place,
  facts: readonly Fact[],
  more: Partial<Delivery> = {},
  rest: Partial<Delivering> = {},
): Delivering {
  const delivery: Delivery = {
    source,
    version: 1,
    id: 'd',
    digest: 'a'.repeat(64),
    state: 'stored',
    reason: null,
    headers: { 'x-topic': 'a' },
    body: utf8('{}'),
    ...more,
  }
  const nothing = { remember: new Map(), recalled: new Map() }
  return { workspace, delivery, facts, ...nothing, received: now, looks, ...rest }
}

async function rowsOf(table: string, { workspace }: Place): Promise<unknown[]> {
  const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE workspace = ?`)
    .bind(workspace)
    .all()
  return results
}

const quarantined = { state: 'quarantined', reason: 'n: unclear' } as const
const ignored = { state: 'ignored', reason: 'n: of no use' } as const
const stage = { type: 'deal.stage', thread: 'deal:d1', entity: null, value: null } as const
const solved = { type: 'ticket.solved', thread: 'ticket:t1', entity: null, value: null } as const

test.each<[what: string, rows: number, facts: Partial<Fact>[], more: Partial<Delivery>]>([
  ['an order of a customer', 4, [{}], {}],
  ['a refund of nobody', 3, [{ type: 'order.refunded', entity: null }], {}],
  ['a stage of a deal', 3, [stage], {}],
  ['a ticket that was solved', 3, [solved], {}],
  ['an answer of nobody', 2, [{ type: 'survey.response', thread: null, entity: null }], {}],
  ['an ignored delivery', 2, [], ignored],
  ['a quarantined delivery', 2, [], quarantined],
])('%s writes %i rows in one round trip, and its repeat none', async (_what, rows, facts, more) => {
  const place = await newPlace()
  const delivering = deliveryOf(
    place,
    facts.map((one) => factOf(place, one)),
    more,
  )
  const { db, account } = counting(env.DB)

  const first = await deliver(db, delivering)
  const { trips, rowsWritten } = account
  const again = await deliver(db, { ...delivering, received: now + 1 })

  expect([first, again]).toEqual(['new', 'repeat'])
  expect([rowsWritten, account.rowsWritten - rowsWritten]).toEqual([rows, 0])
  expect(trips).toBe(1)
})

test('a delivery that is remembered for others writes a row more for each name', async () => {
  const place = await newPlace()
  const remember = new Map([
    ['amount:1', '1 5'],
    ['stage:1', '1 won'],
  ])
  const { db, account } = counting(env.DB)

  await deliver(db, deliveryOf(place, [], ignored, { remember }))

  expect(account).toMatchObject({ trips: 1, rowsWritten: 4 })
  expect(await recall(env.DB, place.workspace, place.source, ['amount:1', 'other'])).toEqual({
    memory: new Map([['amount:1', '1 5']]),
    recalled: new Map([
      ['amount:1', '1 5'],
      ['other', null],
    ]),
  })
})

test('facts of other names cost a row more than the one that is called as its delivery', async () => {
  const place = await newPlace()
  const facts = ['a', 'b'].map((id) => factOf(place, { id }))
  const { db, account } = counting(env.DB)

  await deliver(db, deliveryOf(place, facts))

  expect(account).toMatchObject({ trips: 1, rowsWritten: 4 + 4 + 1 })
})

test('a delivery and its fact are one row of names, with what was signed', async () => {
  const place = await newPlace()

  await deliver(env.DB, deliveryOf(place, [factOf(place)]))

  expect(await rowsOf('identity', place)).toMatchObject([
    { id: 'd', type: 'order.placed', day: '2026-03-10', state: 'stored', received: now },
  ])
  expect(await rowsOf('fact', place)).toMatchObject([{ id: 'd', value: 1_250, received: now }])
  expect(await readDelivery(env.DB, place.workspace, { source: place.source, name: 'd' })).toEqual({
    source: place.source,
    id: 'd',
    state: 'stored',
    reason: null,
    received: now,
    bytes: 2,
    headers: { 'x-topic': 'a' },
    body: utf8('{}'),
  })
})

test('bytes come back as they were, none and all of them', async () => {
  const place = await newPlace()
  const all = Uint8Array.from({ length: 512 }, (_, at) => at % 256)
  await deliver(env.DB, deliveryOf(place, [], { ...quarantined, id: 'all', body: all }))
  const none = new Uint8Array()
  await deliver(env.DB, deliveryOf(place, [], { ...quarantined, id: 'none', body: none }))

  const read = (name: string) =>
    readDelivery(env.DB, place.workspace, { source: place.source, name })

  expect(await read('all')).toMatchObject({ bytes: 512, body: all })
  expect(await read('none')).toMatchObject({ bytes: 0, body: none })
})

test('of two deliveries of one id that differ the first wins, and the other brings nothing', async () => {
  const place = await newPlace()
  const other = deliveryOf(
    place,
    [factOf(place, { value: 0 }), factOf(place, { id: 'more' })],
    { digest: 'b'.repeat(64), body: utf8('[]') },
    { remember: new Map([['a', '1']]) },
  )
  await deliver(env.DB, deliveryOf(place, [factOf(place)]))
  const { db, account } = counting(env.DB)

  expect(await deliver(db, other)).toBe('conflict')

  expect(account.rowsWritten).toBe(0)
  expect(await rowsOf('fact', place)).toMatchObject([{ id: 'd', value: 1_250 }])
  expect(await rowsOf('memory', place)).toEqual([])
})

test('a conflict is kept once for each content, in two rows, and its repeat writes nothing', async () => {
  const place = await newPlace()
  await deliver(env.DB, deliveryOf(place, []))
  const other = deliveryOf(place, [], { digest: 'b'.repeat(64), body: utf8('[]') })
  const third = deliveryOf(place, [], { digest: 'c'.repeat(64), body: utf8('[0]') })
  const { db, account } = counting(env.DB)

  const written: number[] = []
  for (const one of [other, other, third]) {
    await keepConflict(db, one)
    written.push(account.rowsWritten)
  }

  expect(written).toEqual([2, 2, 4])
  expect(conflictName(other.delivery)).toBe('d!bbbbbbbbbbbbbbbb')
  expect(
    await readDelivery(env.DB, place.workspace, {
      source: place.source,
      name: 'd!bbbbbbbbbbbbbbbb',
    }),
  ).toMatchObject({
    state: 'conflict',
    reason: 'A delivery of the same id said something else before: "d"',
    body: utf8('[]'),
  })
})

test('nothing is taken for a source that has changed, has gone or never was', async () => {
  const place = await newPlace()
  const source = await readSource(env.DB, place.workspace, place.source)
  await changeSource(env.DB, source as NonNullable<typeof source>, { name: 'new' })
  const facts = [factOf(place)]
  const remember = new Map([['a', '1']])

  const receipts = [await deliver(env.DB, deliveryOf(place, facts, {}, { remember }))]
  await removeSource(env.DB, place.workspace, place.source, now)
  receipts.push(await deliver(env.DB, deliveryOf(place, facts, { version: 2 }, { remember })))
  receipts.push(await deliver(env.DB, deliveryOf({ ...place, source: 'none' }, facts)))

  expect(receipts).toEqual(['outdated', 'outdated', 'outdated'])
  expect(await rowsOf('identity', place)).toEqual([])
  expect(await rowsOf('fact', place)).toEqual([])
  expect(await rowsOf('memory', place)).toEqual([])
})

test('two hundred copies at once are one delivery', async () => {
  const place = await newPlace()
  const delivering = deliveryOf(place, [factOf(place)])

  const receipts = await Promise.all(Array.from({ length: 200 }, () => deliver(env.DB, delivering)))

  expect(receipts.filter((one) => one === 'new')).toHaveLength(1)
  expect(receipts.filter((one) => one === 'repeat')).toHaveLength(199)
  expect(await rowsOf('identity', place)).toHaveLength(1)
  expect(await rowsOf('fact', place)).toHaveLength(1)
})

test('a fact that is there already keeps its name: a delivery that would take it is a conflict', async () => {
  const place = await newPlace()
  await store(env.DB, { ...place, facts: [factOf(place, { value: 1 })], received: now, looks })

  expect(await deliver(env.DB, deliveryOf(place, [factOf(place)]))).toBe('conflict')
  expect(await rowsOf('fact', place)).toMatchObject([{ id: 'd', value: 1 }])
})

test('what has told nothing gives its name to what does, and is kept under another', async () => {
  const place = await newPlace()
  const told = deliveryOf(place, [factOf(place)], { digest: 'b'.repeat(64) })
  await deliver(env.DB, deliveryOf(place, [], quarantined))

  expect(await deliver(env.DB, told)).toBe('unclaimed')
  await makeWay(env.DB, place.workspace, told.delivery)

  expect(await deliver(env.DB, told)).toBe('new')
  expect(await rowsOf('identity', place)).toMatchObject([
    { id: 'd', state: 'stored', digest: 'b'.repeat(64), type: 'order.placed' },
    { id: `d!${'a'.repeat(16)}`, state: 'quarantined', digest: 'a'.repeat(64), type: null },
  ])
})

test('what has told a fact gives its name to nobody', async () => {
  const place = await newPlace()
  const other = deliveryOf(place, [factOf(place)], { digest: 'b'.repeat(64) })
  await deliver(env.DB, deliveryOf(place, [factOf(place)]))
  const before = await rowsOf('identity', place)

  expect(await deliver(env.DB, other)).toBe('conflict')
  await makeWay(env.DB, place.workspace, other.delivery)

  expect(await rowsOf('identity', place)).toEqual(before)
})

test('the same id of another source is another delivery', async () => {
  const [one, other] = [await newPlace(), await newPlace()]

  const receipts = [
    await deliver(env.DB, deliveryOf(one, [factOf(one)])),
    await deliver(env.DB, deliveryOf(other, [factOf(other)], { digest: 'b'.repeat(64) })),
  ]

  expect(receipts).toEqual(['new', 'new'])
})

test('a fact of a closed day marks it, once, and one of a running day marks nothing', async () => {
  const place = await newPlace()
  const late = { day: '2026-03-01' as Day, time: Date.parse('2026-03-01T08:00:00Z') }
  const { db, account } = counting(env.DB)

  await deliver(db, deliveryOf(place, [factOf(place, { ...late, type: 'ticket.created' })]))
  await deliver(db, deliveryOf(place, [factOf(place, { id: 'now' })], { id: 'now' }))

  expect(await rowsOf('dirty', place)).toMatchObject([
    { day: '2026-03-01', type: 'ticket.created' },
  ])
  expect(account.trips).toBe(2)
})

test('what is remembered is the newest by arrival, and a repeat remembers nothing', async () => {
  const place = await newPlace()
  const say = (id: string, value: string, received: number) =>
    deliver(
      env.DB,
      deliveryOf(
        place,
        [],
        { id, digest: id.repeat(64), ...ignored },
        { remember: new Map([['a', value]]), received },
      ),
    )
  const kept = async () =>
    (await recall(env.DB, place.workspace, place.source, ['a'])).memory.get('a')

  await say('1', 'first', now)
  await say('2', 'second', now + 2)
  expect(await kept()).toBe('second')
  await say('1', 'first', now + 3)
  expect(await kept()).toBe('second')
  await say('3', 'late', now + 1)
  expect(await kept()).toBe('second')
})

test('of a name that a fact replaces it is known that one does', async () => {
  const place = await newPlace()
  await deliver(env.DB, deliveryOf(place, [factOf(place, { replaces: 'closing' })]))

  const { memory } = await recall(env.DB, place.workspace, place.source, ['closing', 'd'])
  const { memory: elsewhere } = await recall(env.DB, 'other', place.source, ['closing'])

  expect(memory).toEqual(new Map([['closing', '']]))
  expect(elsewhere).toEqual(new Map())
})

test('a delivery that was read by what is no longer remembered is outdated, unless it is a repeat', async () => {
  const place = await newPlace()
  const remember = new Map([['amount', '1']])
  const first = deliveryOf(place, [], { id: '1', ...ignored }, { remember })
  const second = (recalled: Map<string, string | null>) =>
    deliveryOf(place, [], { id: '2', digest: 'b'.repeat(64), ...ignored }, { recalled })

  await deliver(env.DB, first)

  expect(await deliver(env.DB, second(new Map([['amount', null]])))).toBe('outdated')
  expect(await deliver(env.DB, second(new Map([['amount', '2']])))).toBe('outdated')
  expect(
    await deliver(
      env.DB,
      second(
        new Map([
          ['amount', '1'],
          ['other', null],
        ]),
      ),
    ),
  ).toBe('new')
  expect(await deliver(env.DB, { ...first, recalled: new Map([['amount', null]]) })).toBe('repeat')
})

test('a repeat stores nothing, also where it is read otherwise than the first', async () => {
  const place = await newPlace()
  await deliver(env.DB, deliveryOf(place, [], quarantined))

  expect(await deliver(env.DB, deliveryOf(place, [factOf(place)], {}, { received: now + 1 }))).toBe(
    'repeat',
  )
  expect(await rowsOf('fact', place)).toEqual([])
  expect(await rowsOf('identity', place)).toMatchObject([quarantined])
})

test('nothing is asked where nothing is to be recalled', async () => {
  const { db, account } = counting(env.DB)

  expect(await recall(db, 'w', 's', [])).toEqual({ memory: new Map(), recalled: new Map() })
  expect(account.trips).toBe(0)
})
