import type { Day } from '../../src/day.ts'
import type { Fact, FactType } from '../../src/fact.ts'

const start = (day: Day) => Date.parse(`${day}T00:00:00Z`)

const owners = Array.from({ length: 12 }, (_, index) => `owner ${index}`)
const channels = ['ads', 'mail', 'partner', 'search', 'social']
const products = ['basic', 'plus', 'pro']

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], index: number): T => {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('The list is empty')
  return found
}

interface Said extends Partial<Omit<Fact, 'type' | 'day'>> {
  readonly type: FactType
}

/** One story a number: what happened to the so-manieth deal, ticket, customer, user and respondent. */
function story(index: number): Said[] {
  const owner = pick(owners, index)
  const channel = pick(channels, index * 7)
  const product = pick(products, index * 5)
  const money = { currency: 'EUR' }
  const deal = { subject: `d${index}`, thread: `deal:d${index}` }
  const ticket = { subject: `t${index}`, thread: `ticket:t${index}` }
  const order = { subject: `o${index}`, thread: `order:o${index}` }
  const amount = 1_000 + ((index * 7_919) % 90_000)
  return [
    { type: 'deal.created', ...deal, dimensions: { owner, channel, product } },
    { type: 'deal.stage', ...deal, dimensions: { stage: 'offer' } },
    index % 3 === 0
      ? { type: 'deal.lost', ...deal }
      : {
          type: 'deal.won',
          ...deal,
          entity: `c${index % 4_000}`,
          value: amount,
          dimensions: money,
        },
    {
      type: 'order.placed',
      ...order,
      entity: `c${(index * 3) % 4_000}`,
      value: amount,
      cost: Math.floor(amount / 2),
      dimensions: { ...money, owner, channel },
    },
    { type: 'ticket.created', ...ticket, dimensions: { channel } },
    { type: 'ticket.replied', ...ticket, dimensions: { agent: owner } },
    { type: 'ticket.solved', ...ticket, dimensions: { agent: owner } },
    { type: 'user.active', subject: `u${index % 900}`, entity: `u${index % 900}` },
    {
      type: 'survey.response',
      subject: 'survey',
      entity: `c${index % 5_000}`,
      value: (index * 31) % 11,
      dimensions: { survey: 'survey', kind: 'nps', locale: pick(['en', 'pl', 'ru'], index) },
    },
    {
      type: 'task.done',
      subject: `k${index}`,
      value: 60_000 + ((index * 104_729) % 3_000_000),
      dimensions: { user: owner, automated: index % 4 === 0 ? 'yes' : 'no' },
    },
  ]
}

/** So many facts of one day, of eleven types: stories that begin and end on it. */
export function mixedDay(day: Day, total: number): Fact[] {
  const facts: Fact[] = []
  for (let index = 0; facts.length < total; index++) {
    const begin = start(day) + ((index * 1_009) % 40_000_000)
    story(index).forEach(({ type, ...said }, place) => {
      facts.push({
        source: 'bench',
        id: `${index}-${place}`,
        type,
        time: begin + place * 3_600_000 + ((index * 65_537) % 3_000_000),
        day,
        subject: '',
        thread: null,
        entity: null,
        value: null,
        dimensions: {},
        data: {},
        ...said,
      })
    })
  }
  return facts.slice(0, total)
}
