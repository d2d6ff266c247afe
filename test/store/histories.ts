import fc from 'fast-check'
import { type Day, addDays, dayFinder } from '../../src/day.ts'
import type { Fact, FactType } from '../../src/fact.ts'
import { facts as declarations } from '../../src/facts/index.ts'
import { type IntakeContext, factOf } from '../../src/intake.ts'
import type { Survey } from '../../src/survey.ts'
import { questions } from '../../src/surveys/index.ts'

const hour = 3_600_000
export const day = 24 * hour

/** Zones with a change of clocks near an instant that facts are drawn around. */
const places = [
  ['UTC', '2026-06-15T12:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/Santiago', '2026-09-06T04:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00:00Z'],
  ['America/Havana', '2026-03-08T05:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
] as const

/** One survey of each kind, named after it. */
const surveys = new Map(
  questions.map((question): [string, Survey] => {
    const { kind } = question
    const document = {
      kind,
      name: kind,
      question: {},
      locales: ['en'],
      properties: ['plan'],
      comment: false,
    }
    return [kind, { question, document }]
  }),
)

/** One of a few, or nothing said. */
const some = (...names: string[]) => fc.constantFrom(undefined, ...names)

const owner = some('Ann', 'Bob')
const channel = some('ads', 'web')
const product = some('A')
const customer = fc.constantFrom('c1', 'c2')
const deal = fc.constantFrom('d1', 'd2')
const lead = fc.constantFrom('l1', 'l2')
const order = fc.constantFrom('o1', 'o2', 'o3')
const subscription = fc.constantFrom('s1', 's2', 's3')
const ticket = fc.constantFrom('t1', 't2')
const survey = fc.constantFrom(...surveys.keys())
const amount = fc.constantFrom('0', '1', '2', '3.50', '20')
const currency = fc.constantFrom(undefined, undefined, undefined, 'EUR', 'USD')
const seconds = fc.constantFrom('0', '0.001', '51', '3600.5')
const flag = fc.constantFrom(undefined, true, false)
const near = fc.integer({ min: -12, max: 6 })

/** What data of each type may say; a quota's days are so many from where the history is. */
const data: Record<FactType, fc.Arbitrary<Record<string, unknown>>> = {
  'survey.sent': fc.record({ survey, recipient: customer }),
  'survey.response': fc
    .record({
      survey,
      score: fc.integer({ min: 1, max: 5 }),
      locale: some('en', 'ru'),
      respondent: fc.constantFrom('c1', 'c2', undefined),
      'p.plan': some('pro', '__proto__'),
    })
    // Of thumbs there are but two.
    .map((said) => ({ ...said, score: said.survey === 'thumbs' ? said.score % 2 : said.score })),
  'visit.started': fc.record({ visitor: customer, channel }),
  'lead.created': fc.record({ lead, channel, owner }),
  'lead.qualified': fc.record({ lead }),
  'deal.created': fc.record({
    deal,
    lead: some('l1', 'l2'),
    owner,
    channel,
    product,
    amount: some('2', '20'),
    currency,
  }),
  'deal.stage': fc.record({ deal, stage: fc.constantFrom('first', 'second', 'third') }),
  'deal.won': fc.record({
    deal,
    amount,
    currency,
    customer: some('c1', 'c2'),
    owner,
    channel,
    product,
  }),
  'deal.lost': fc.record({ deal, reason: some('price'), owner, channel }),
  'order.placed': fc.record({
    order,
    customer,
    amount,
    currency,
    cost: some('1', '4'),
    owner,
    channel,
  }),
  'order.refunded': fc.record({ order, amount, currency }),
  'subscription.started': fc.record({
    subscription,
    customer,
    mrr: amount,
    currency,
    plan: some('pro', 'free'),
  }),
  'subscription.changed': fc.record({ subscription, mrr: amount, currency }),
  'subscription.due': fc.record({ subscription }),
  'subscription.renewed': fc.record({ subscription }),
  'subscription.cancelled': fc.record({ subscription, reason: some('price') }),
  'ticket.created': fc.record({ ticket, agent: owner, channel }),
  'ticket.replied': fc.record({ ticket, agent: owner, bot: flag }),
  'ticket.solved': fc.record({ ticket, agent: owner }),
  'ticket.reopened': fc.record({ ticket }),
  'interaction.logged': fc.record({ customer, user: owner, channel, seconds }),
  'task.done': fc.record({
    task: fc.constant('task'),
    user: owner,
    seconds: fc.option(seconds, { nil: undefined }),
    automated: flag,
  }),
  'user.active': fc.record({ user: customer, action: some('login', 'edit') }),
  'seats.set': fc.record({ seats: fc.integer({ min: 0, max: 3 }) }),
  'spend.recorded': fc.record({
    amount,
    currency,
    channel,
    purpose: fc.constantFrom('acquisition', 'retention'),
  }),
  'quota.set': fc.record({
    owner,
    amount,
    currency,
    from: near,
    length: fc.integer({ min: 0, max: 9 }),
  }),
}

/** Types that meet in a story; one at a time, so that few facts are enough. */
export const families: Readonly<Record<string, readonly FactType[]>> = {
  surveys: ['survey.sent', 'survey.response'],
  leads: ['lead.created', 'lead.qualified', 'deal.created', 'deal.won'],
  deals: ['deal.created', 'deal.stage', 'deal.won', 'deal.lost'],
  purchases: ['deal.won', 'order.placed', 'subscription.started', 'spend.recorded'],
  orders: ['order.placed', 'order.refunded'],
  campaigns: ['visit.started', 'lead.created', 'spend.recorded'],
  subscriptions: ['subscription.started', 'subscription.changed', 'subscription.cancelled'],
  renewals: ['subscription.started', 'subscription.due', 'subscription.renewed'],
  tickets: ['ticket.created', 'ticket.replied', 'ticket.solved', 'ticket.reopened'],
  work: ['interaction.logged', 'task.done', 'user.active', 'seats.set'],
  quotas: ['quota.set', 'deal.won'],
  everything: declarations.map(({ type }) => type),
}

/** The instant of a fact, from the middle of its history: instants are few, so that facts tie. */
const offset = (step: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -16, max: 6 }).map((steps) => steps * step) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1, -hour, hour) },
    { weight: 2, arbitrary: fc.constantFrom(0, -90 * day, -90 * day - 1, -365 * day, -366 * day) },
  )

const drawn = (types: readonly FactType[], step: number) =>
  fc.constantFrom(...types).chain((type) =>
    fc.record({
      type: fc.constant(type),
      source: fc.constantFrom('a', 'a', 'a', 'b'),
      id: fc.integer({ min: 0, max: 40 }),
      replaces: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined, freq: 6 }),
      revision: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
      offset: offset(step),
      team: some('north', 'south'),
      data: data[type],
    }),
  )

export type Drawn = ReturnType<typeof drawn> extends fc.Arbitrary<infer T> ? T : never

/** Much at once on few days, so many days after what came before. */
const arrival = (types: readonly FactType[]) =>
  fc.record({
    facts: fc.array(drawn(types, 6 * hour), { minLength: 1, maxLength: 14, size: 'max' }),
    days: fc.constantFrom(0, 0.1, 1, 3, 30),
    rolls: fc.constantFrom(true, true, true, false),
    rejected: fc.constantFrom(0, 0, 2),
  })

/** A little on many days, and when all of them are closed now and then one more: what must it change? */
const late = (types: readonly FactType[]) =>
  fc
    .tuple(
      fc.array(drawn(types, 30 * hour), { minLength: 2, maxLength: 12, size: 'max' }),
      fc.array(fc.array(drawn(types, 30 * hour), { minLength: 1, maxLength: 2 }), {
        minLength: 1,
        maxLength: 8,
        size: 'max',
      }),
    )
    .map(([first, rest]) => [
      { facts: first, days: 10, rolls: false, rejected: 0 },
      ...rest.map((facts, at) => ({ facts, days: at === 0 ? 30 : 0, rolls: true, rejected: 0 })),
    ])

/** Facts of these types as they arrive, with runs between them. */
export function historyOf(types: readonly FactType[]) {
  return fc.record({
    place: fc.constantFrom(...places),
    arrivals: fc.oneof(
      { weight: 2, arbitrary: late(types) },
      {
        weight: 1,
        arbitrary: fc.array(arrival(types), { minLength: 1, maxLength: 7, size: 'max' }),
      },
    ),
    limit: fc.constantFrom(2, undefined, undefined, undefined),
  })
}

/** Facts that have something to do with each other, or of every type. */
export const history = fc.constantFrom(...Object.values(families)).chain(historyOf)

export type History = typeof history extends fc.Arbitrary<infer T> ? T : never

/** The workspace's own dimensions. */
export const dimensions = ['team']

/** Reads what was drawn as intake does; what would be dated ahead is dated now. */
export function reader(zone: string, around: number) {
  const dayOf = dayFinder(zone)
  const context: IntakeContext = {
    facts: declarations,
    surveys,
    dimensions,
    currency: 'EUR',
    dayOf,
  }
  return (found: Drawn, now: number): Fact => {
    const { type, source, id, replaces, revision, team } = found
    const said = { ...dated(found.data, dayOf(around)), 'p.team': team }
    const draft = {
      type,
      source,
      id: `${id}`,
      ...(replaces !== undefined && replaces !== id && { replaces: `${replaces}` }),
      ...(revision !== undefined && { revision: around + revision }),
      time: Math.min(around + found.offset, now),
      data: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    }
    const outcome = factOf(draft, context)
    if (!outcome.ok) throw new Error(`${type}: ${JSON.stringify(outcome.errors)}`)
    return outcome.value
  }
}

/** A quota's days, which are drawn as numbers. */
function dated(said: Record<string, unknown>, middle: Day): Record<string, unknown> {
  const { from, length, ...rest } = said
  if (typeof from !== 'number' || typeof length !== 'number') return said
  const first = addDays(middle, from)
  return { ...rest, from: first, to: addDays(first, length) }
}
