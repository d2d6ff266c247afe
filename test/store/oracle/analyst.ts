import { type Day, addDays, daysBetween } from '../../../src/day.ts'
import type { FactType } from '../../../src/fact.ts'
import type { Window } from '../../../src/window.ts'
import { type Segment, type Told, compare, isIn } from './story.ts'

/** A value, or values of which it must be within 1 % of the median; `null` where there is none. */
export type Answer = number | null | { readonly median: readonly number[] }

/** What an analyst has before her: facts that count, in order, and a question. */
export interface Question {
  readonly told: readonly Told[]
  readonly window: Window
  readonly segment: Segment
}

type Customers = ReadonlyMap<string, number>

const euros = 100
const dayLength = 86_400_000

const share = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole)
const over = (part: number, whole: number) => (whole === 0 ? null : part / whole)
const total = (amounts: Iterable<number>) => [...amounts].reduce((sum, one) => sum + one, 0)
const mean = (amounts: readonly number[]) => over(total(amounts), amounts.length)

const isLater = (one: Told, other: Told) => compare(one, other) > 0

/** Reads facts as an analyst would: one question after the other, nothing kept between them. */
export class Analyst {
  readonly told: readonly Told[]
  readonly window: Window
  readonly segment: Segment

  constructor({ told, window, segment }: Question) {
    this.told = told
    this.window = window
    this.segment = segment
  }

  /** Facts of the types in the window and segment. */
  facts(...types: FactType[]): Told[] {
    const { from, to } = this.window
    return this.told.filter(
      (fact) =>
        types.includes(fact.type) &&
        fact.day >= from &&
        fact.day <= to &&
        isIn(this.segment, fact.cut),
    )
  }

  /** Facts of the types in the same thread, whenever. */
  thread(fact: Told, ...types: FactType[]): Told[] {
    return this.told.filter(
      (other) => fact.thread !== null && other.thread === fact.thread && types.includes(other.type),
    )
  }

  /** What those in euros come to, in cents. */
  money(facts: readonly Told[]): number {
    return total(
      facts.filter(({ cut }) => cut['currency'] === 'EUR').map((fact) => fact.value ?? 0),
    )
  }

  /** Milliseconds since the first fact of a type in the thread, of those that have such before them. */
  times(facts: readonly Told[], since: FactType): number[] {
    return facts.flatMap((fact) => {
      const [first] = this.thread(fact, since)
      return first === undefined || first.time > fact.time ? [] : [fact.time - first.time]
    })
  }

  /** What each customer pays at the end of a day, in euro cents or, `any`, in whatever. */
  paying(day: Day, any = false): Customers {
    const found = new Map<string, number>()
    const threads = Map.groupBy(
      this.told.filter(({ thread }) => thread?.startsWith('subscription:') === true),
      ({ thread }) => thread,
    )
    for (const facts of threads.values()) {
      const started = facts.find(({ type }) => type === 'subscription.started')
      if (started === undefined || started.entity === null || !isIn(this.segment, started.cut))
        continue
      const past = facts.filter((fact) => fact.day <= day)
      const charge = chargeAfter(past, any)
      if (charge > 0) found.set(started.entity, (found.get(started.entity) ?? 0) + charge)
    }
    return found
  }

  get opening(): Day {
    return addDays(this.window.from, -1)
  }

  get length(): number {
    return daysBetween(this.window.from, this.window.to) + 1
  }
}

/** What a subscription charges after these facts of it. */
function chargeAfter(facts: readonly Told[], any: boolean): number {
  let charge = 0
  let runs = false
  for (const { type, value, dimensions } of facts) {
    if (type === 'subscription.cancelled') runs = false
    else if (type === 'subscription.started') runs = true
    else if (type !== 'subscription.changed' || !runs) continue
    const counts = any || dimensions['currency'] === 'EUR'
    charge = runs && counts ? (value ?? 0) : 0
  }
  return charge
}

const scores = (analyst: Analyst, kind: string) =>
  analyst.facts('survey.response').filter(({ cut }) => cut['kind'] === kind)

const scoreOf = (fact: Told) => fact.value ?? Number.NaN

function net(facts: readonly Told[], good: number, bad: number): number | null {
  const promoters = facts.filter((fact) => scoreOf(fact) >= good).length
  const detractors = facts.filter((fact) => scoreOf(fact) <= bad).length
  return share(promoters - detractors, facts.length)
}

/** The last fact of each entity; those of nobody as they are. */
function lastOfEach(facts: readonly Told[]): Told[] {
  return facts.filter(
    ({ entity }, at) =>
      entity === null || !facts.slice(at + 1).some((next) => next.entity === entity),
  )
}

const entities = (facts: readonly Told[]) => new Set(facts.map(({ entity }) => entity))

type Asked = (analyst: Analyst) => Answer

const surveys: Record<string, Asked> = {
  nps: (a) => net(scores(a, 'nps'), 9, 6),
  nps_latest: (a) => net(lastOfEach(scores(a, 'nps')), 9, 6),
  nps5: (a) => net(scores(a, 'nps5'), 4, 2),
  csat: (a) => {
    const found = scores(a, 'csat')
    return share(found.filter((fact) => scoreOf(fact) >= 4).length, found.length)
  },
  csat_mean: (a) => mean(scores(a, 'csat').map(scoreOf)),
  ces: (a) => mean(scores(a, 'ces').map(scoreOf)),
  ces_agree: (a) => {
    const found = scores(a, 'ces')
    return share(found.filter((fact) => scoreOf(fact) >= 5).length, found.length)
  },
  response_rate: (a) => {
    const sent = a.facts('survey.sent')
    const answered = sent.filter((sending) => {
      const whose = a.told.filter(
        ({ entity, subject }) => entity === sending.entity && subject === sending.subject,
      )
      const next = whose.find((fact) => isLater(fact, sending))
      return next?.type === 'survey.response'
    })
    return share(answered.length, sent.length)
  },
}

const marketing: Record<string, Asked> = {
  visits: (a) => a.facts('visit.started').length,
  visit_conversion: (a) => share(a.facts('lead.created').length, a.facts('visit.started').length),
  leads: (a) => a.facts('lead.created').length,
  lead_qualified_rate: (a) => cohort(a, 'lead.created', 'lead.qualified', 90),
  lead_conversion: (a) => {
    const leads = a.facts('lead.created')
    const won = leads.filter((lead) => {
      const deals = a.told.filter(
        ({ type, entity }) => type === 'deal.created' && entity === lead.subject,
      )
      const sales = deals.flatMap((deal) => a.thread(deal, 'deal.won'))
      return sales.some(({ time }) => time >= lead.time && time <= lead.time + 365 * dayLength)
    })
    return share(won.length, leads.length)
  },
  cost_per_lead: (a) => {
    const spend = acquisition(a)
    return spend.length === 0 ? null : over(a.money(spend) / euros, a.facts('lead.created').length)
  },
  channel_return: (a) => {
    const spent = a.money(a.facts('spend.recorded'))
    return share(revenue(a) - spent, spent)
  },
}

function acquisition(a: Analyst): Told[] {
  const spend = a.facts('spend.recorded').filter(({ cut }) => cut['purpose'] === 'acquisition')
  return spend.filter(({ cut }) => cut['currency'] === 'EUR')
}

/** How many had a successor within so many days, before one of their own kind came again. */
function cohort(a: Analyst, type: FactType, then: FactType, days: number): number | null {
  const begun = a.facts(type)
  const ended = begun.filter((fact) => {
    const [next] = a.thread(fact, type, then).filter((other) => isLater(other, fact))
    return next?.type === then && next.time <= fact.time + days * dayLength
  })
  return share(ended.length, begun.length)
}

const revenue = (a: Analyst) =>
  a.money(a.facts('deal.won', 'order.placed')) - a.money(a.facts('order.refunded'))

const closings = ['deal.won', 'deal.lost'] as const

const sales: Record<string, Asked> = {
  win_rate: (a) => share(a.facts('deal.won').length, a.facts(...closings).length),
  close_rate: (a) => cohort(a, 'deal.created', 'deal.won', 365),
  deals_won: (a) => a.facts('deal.won').length,
  open_deals: (a) => {
    const created = a.told.filter(
      (fact) => fact.type === 'deal.created' && a.thread(fact, 'deal.created')[0] === fact,
    )
    return created.filter((deal) => {
      const past = a.thread(deal, 'deal.created', ...closings)
      const last = past.findLast(({ day }) => day <= a.window.to)
      return isIn(a.segment, deal.cut) && last?.type === 'deal.created'
    }).length
  },
  sales_cycle: (a) => ({ median: a.times(a.facts('deal.won'), 'deal.created') }),
  sales_cycle_mean: (a) =>
    mean(a.times(a.facts('deal.won'), 'deal.created').map((ms) => ms / 1_000)),
  stage_length: (a) => ({ median: stays(a) }),
  stage_conversion: (a) => {
    const entered = a.facts('deal.stage').filter((fact) => isNewStage(a, fact))
    const advanced = entered.filter((fact) => {
      const later = a.thread(fact, 'deal.stage', 'deal.won').filter((one) => isLater(one, fact))
      return later.some((one) => one.type === 'deal.won' || isNewStage(a, one))
    })
    return share(advanced.length, entered.length)
  },
  deals_per_owner: (a) => {
    const ownersOf = (facts: readonly Told[]) =>
      facts.flatMap(({ cut }) => (cut['owner'] === undefined ? [] : [cut['owner']]))
    const active = a.facts('deal.created', 'deal.stage', 'deal.won', 'deal.lost')
    return over(ownersOf(a.facts('deal.won')).length, new Set(ownersOf(active)).size)
  },
}

function isNewStage(a: Analyst, fact: Told): boolean {
  const stage = fact.dimensions['stage']
  const first = a.thread(fact, 'deal.stage').find(({ dimensions }) => dimensions['stage'] === stage)
  return first === fact
}

/** From each stage to what ended it; the deal counts as it was said to be then. */
function stays(a: Analyst): number[] {
  const story = a.told.filter(({ type }) => type === 'deal.stage')
  return story.flatMap((entry) => {
    const stage = entry.dimensions['stage'] ?? ''
    const all = a.thread(entry, 'deal.stage', ...closings)
    const before = all.findLast((other) => isLater(entry, other))
    if (before?.dimensions['stage'] === stage && before.type === 'deal.stage') return []
    const exit = all.find(
      (other) =>
        isLater(other, entry) &&
        (other.type !== 'deal.stage' || other.dimensions['stage'] !== stage),
    )
    if (exit === undefined || exit.day < a.window.from || exit.day > a.window.to) return []
    return isIn(a.segment, { ...exit.cut, stage }) ? [exit.time - entry.time] : []
  })
}

const inEuros = (facts: readonly Told[]) => facts.filter(({ cut }) => cut['currency'] === 'EUR')

const purchases = ['deal.won', 'order.placed', 'subscription.started'] as const

/** A customer's first purchase that cost anything. */
function firstPurchase(a: Analyst, { entity }: Told): Told | undefined {
  return a.told.find(
    (other) =>
      other.entity === entity &&
      scoreOf(other) > 0 &&
      purchases.some((type) => type === other.type),
  )
}

function customersWon(a: Analyst): number {
  const bought = a.facts(...purchases)
  return bought.filter((fact) => fact.entity !== null && firstPurchase(a, fact) === fact).length
}

const revenues: Record<string, Asked> = {
  revenue: (a) => revenue(a) / euros,
  revenue_growth: (a) => {
    const window = { from: addDays(a.window.from, -a.length), to: a.opening }
    const before = revenue(new Analyst({ ...a, window }))
    return before <= 0 ? null : share(revenue(a) - before, before)
  },
  average_deal: (a) => mean(inEuros(a.facts('deal.won')).map((fact) => scoreOf(fact) / euros)),
  quota_attainment: (a) => {
    const quota = quotaOf(a)
    return share(a.money(a.facts('deal.won')), quota)
  },
  orders: (a) => a.facts('order.placed').length,
  average_order: (a) => mean(inEuros(a.facts('order.placed')).map((fact) => scoreOf(fact) / euros)),
  repeat_purchase_rate: (a) => {
    const customers = Map.groupBy(a.facts('order.placed'), ({ entity }) => entity)
    const twice = [...customers.values()].filter((orders) => orders.length >= 2)
    return share(twice.length, customers.size)
  },
  new_customer_revenue: (a) => {
    const young = a.facts('deal.won', 'order.placed').filter((fact) => {
      const first = fact.entity === null ? undefined : firstPurchase(a, fact)
      return first !== undefined && fact.time - first.time <= 90 * dayLength
    })
    return a.money(young) / euros
  },
  cac: (a) => {
    const spend = acquisition(a)
    return spend.length === 0 ? null : over(a.money(spend) / euros, customersWon(a))
  },
}

/** What is to be won in a period, in cents. */
interface Quota extends Window {
  readonly whose: string
  readonly amount: number
}

/** Quotas as they were set last, those of one period together. */
function quotasOf(a: Analyst): Quota[] {
  const set = a.told.filter(({ type, cut }) => type === 'quota.set' && isIn(a.segment, cut))
  const last = set.filter((fact) => a.thread(fact, 'quota.set').at(-1) === fact)
  const periods = Map.groupBy(inEuros(last), ({ cut }) => cut['period'] ?? '')
  return [...periods].flatMap(([period, facts]) => {
    const [, whose = '', from = '', to = ''] = /^(\w+):(.*)\.\.(.*)$/.exec(period) ?? []
    const amount = a.money(facts)
    return amount === 0 ? [] : [{ whose, amount, from: from as Day, to: to as Day }]
  })
}

/** What is to be won in the window, day by day: by the team's nearest quota, or by every owner. */
function quotaOf(a: Analyst): number {
  const lengthOf = ({ from, to }: Quota) => daysBetween(from, to) + 1
  const quotas = quotasOf(a)
  let sum = 0
  for (let day = a.window.from; day <= a.window.to; day = addDays(day, 1)) {
    const here = quotas.filter(({ from, to }) => from <= day && day <= to)
    const teams = here.filter(({ whose }) => whose === 'team')
    const shortest = Math.min(...teams.map(lengthOf))
    const nearest = teams.filter((quota) => lengthOf(quota) === shortest)
    const latest = nearest.reduce<Day | null>(
      (last, { from }) => (last === null || from > last ? from : last),
      null,
    )
    const counted = latest === null ? here : nearest.filter(({ from }) => from === latest)
    sum += total(counted.map((quota) => quota.amount / lengthOf(quota)))
  }
  return sum
}

/** The customers of a window: at its start, at its end, and whoever came, left and grew between. */
function base(a: Analyst, any: boolean) {
  const start = a.paying(a.opening, any)
  const end = a.paying(a.window.to, any)
  return { start, end, ...journeys(a, any, start) }
}

function journeys(a: Analyst, any: boolean, start: Customers) {
  const moves = { joined: 0, returned: 0, left: 0 }
  const lost = new Set<string>()
  const grown = new Set<string>()
  const known = everPaid(a, any)
  let now = start
  for (const next of instants(a, any)) {
    for (const customer of new Set([...now.keys(), ...next.keys()])) {
      const before = now.get(customer) ?? 0
      const after = next.get(customer) ?? 0
      if (before === 0 && after > 0) {
        if (known.has(customer)) moves.returned++
        else moves.joined++
        known.add(customer)
      } else if (before > 0 && after === 0) {
        moves.left++
        if (start.has(customer)) lost.add(customer)
      } else if (before > 0 && after > before && start.has(customer)) grown.add(customer)
    }
    now = next
  }
  return { ...moves, lost: lost.size, grown: grown.size }
}

/** What is known once each instant is over at which something happened to a subscription. */
function* histories(told: readonly Told[]): Generator<{ day: Day; told: readonly Told[] }> {
  const facts = told.filter(({ type }) => type.startsWith('subscription.'))
  for (const [time, [fact]] of Map.groupBy(facts, (one) => one.time)) {
    if (fact !== undefined) yield { day: fact.day, told: told.filter((one) => one.time <= time) }
  }
}

/** What customers pay after each instant of the window. */
function* instants(a: Analyst, any: boolean): Generator<Customers> {
  const { from, to } = a.window
  for (const { day, told } of histories(a.told)) {
    if (day >= from && day <= to) yield new Analyst({ ...a, told }).paying(to, any)
  }
}

function everPaid(a: Analyst, any: boolean): Set<string> {
  const found = new Set<string>()
  for (const { told } of histories(a.told.filter(({ day }) => day < a.window.from))) {
    for (const customer of new Analyst({ ...a, told }).paying(a.window.to, any).keys()) {
      found.add(customer)
    }
  }
  return found
}

const customers: Record<string, Asked> = {
  customers: (a) => a.paying(a.window.to, true).size,
  churn_rate: (a) => {
    const { start, lost } = base(a, true)
    return share(lost, start.size)
  },
  churn_rate_incl_new: (a) => {
    const { start, left, joined, returned } = base(a, true)
    return share(left, start.size + joined + returned)
  },
  retention_rate: (a) => {
    const { start, end } = base(a, true)
    return share([...start.keys()].filter((customer) => end.has(customer)).length, start.size)
  },
  retention_simple: (a) => {
    const { start, end, joined, returned } = base(a, true)
    return share(end.size - joined - returned, start.size)
  },
  renewal_rate: (a) => {
    const due = a.facts('subscription.due')
    const renewed = due.filter((fact) => {
      const rivals = a.thread(fact, 'subscription.due')
      return a.thread(fact, 'subscription.renewed').some(({ time }) => {
        const nearest = Math.min(...rivals.map((rival) => Math.abs(rival.time - time)))
        return rivals.find((rival) => Math.abs(rival.time - time) === nearest) === fact
      })
    })
    return share(renewed.length, due.length)
  },
  upsell_rate: (a) => {
    const { start, grown } = base(a, false)
    return share(grown, start.size)
  },
  mrr: (a) => total(a.paying(a.window.to).values()) / euros,
  net_new_mrr: (a) =>
    (total(a.paying(a.window.to).values()) - total(a.paying(a.opening).values())) / euros,
  mrr_churn: (a) => {
    const { start, end } = base(a, false)
    const fallen = [...start].map(([name, paid]) => Math.max(0, paid - (end.get(name) ?? 0)))
    return share(total(fallen), total(start.values()))
  },
  nrr: (a) => {
    const { start, end } = base(a, false)
    return share(total([...start.keys()].map((name) => end.get(name) ?? 0)), total(start.values()))
  },
  grr: (a) => {
    const { start, end } = base(a, false)
    const kept = [...start].map(([name, paid]) => Math.min(paid, end.get(name) ?? 0))
    return share(total(kept), total(start.values()))
  },
}

const isLast = (a: Analyst, fact: Told) =>
  a.thread(fact, 'ticket.solved', 'ticket.reopened').at(-1) === fact

const solvedForGood = (a: Analyst) => a.facts('ticket.solved').filter((fact) => isLast(a, fact))

const support: Record<string, Asked> = {
  first_response_time: (a) => {
    const byPeople = (fact: Told) => fact.dimensions['bot'] !== 'yes'
    const first = a
      .facts('ticket.replied')
      .filter((fact) => a.thread(fact, 'ticket.replied').find(byPeople) === fact)
    return { median: a.times(first, 'ticket.created') }
  },
  time_to_resolution: (a) => ({ median: a.times(solvedForGood(a), 'ticket.created') }),
  time_to_resolution_mean: (a) =>
    mean(a.times(solvedForGood(a), 'ticket.created').map((ms) => ms / 1_000)),
  time_to_first_resolution: (a) => {
    const solved = a.facts('ticket.solved')
    const first = solved.filter((fact) => a.thread(fact, 'ticket.solved')[0] === fact)
    return { median: a.times(first, 'ticket.created') }
  },
  tickets_solved: (a) => solvedForGood(a).length,
}

const lengths = (facts: readonly Told[]) =>
  facts.flatMap(({ value }) => (value === null ? [] : [value]))

const team: Record<string, Asked> = {
  active_user_share: (a) => {
    const active = a.facts('user.active').filter(({ cut }) => cut['action'] !== 'login')
    const set = a.told.filter(
      ({ type, cut, day }) => type === 'seats.set' && day <= a.window.to && isIn(a.segment, cut),
    )
    const last = set.filter((fact) => set.findLast(({ thread }) => thread === fact.thread) === fact)
    return share(entities(active).size, total(last.map((fact) => fact.value ?? 0)))
  },
  interaction_duration: (a) => ({ median: lengths(a.facts('interaction.logged')) }),
  interaction_frequency: (a) => {
    const found = a.facts('interaction.logged')
    return over(found.length, entities(found).size)
  },
  tasks_done: (a) => a.facts('task.done').length,
  task_time: (a) => ({ median: lengths(a.facts('task.done')) }),
  automation_share: (a) => {
    const said = a.facts('task.done').filter(({ cut }) => cut['automated'] !== undefined)
    return share(said.filter(({ cut }) => cut['automated'] === 'yes').length, said.length)
  },
}

/** What she answers, by KPI. */
export const answers: Readonly<Record<string, Asked>> = {
  ...surveys,
  ...marketing,
  ...sales,
  ...revenues,
  ...customers,
  ...support,
  ...team,
}
