import { type Day, addDays, daysBetween, parseDay } from '../src/day.ts'
import type { Draft } from '../src/intake.ts'
import { readTable } from './table.ts'

interface Row {
  readonly id: string
  readonly owner: string
  readonly product: string
  /** Blank where the deal is still open. */
  readonly customer: string
  readonly engaged: string
  readonly closed: string
  readonly amount: string
  readonly outcome: 'won' | 'lost' | ''
}

/** The original's last day, on which deals that are still open were counted. */
const counted = parseDay('2017-03-31')

/** The original closes all deals in one month; each of its days becomes so many here. */
const spread = 6

/**
 * The sample deals of demo/deals.csv as drafts. Owners, products, amounts and the days from first contact
 * to the close are the original's; the closing days are spread so that the last falls on `yesterday`.
 */
export async function sampleDeals(yesterday: Day): Promise<Draft[]> {
  const rows = await readTable<Row>('deals.csv')
  return rows.flatMap((row): Draft[] => {
    const engaged = parseDay(row.engaged)
    if (engaged === null || counted === null) return []
    const closed = parseDay(row.closed)
    const alike = rows.filter((other) => other.closed === row.closed).indexOf(row)
    const back = closed === null ? 0 : daysBetween(closed, counted) * spread + (alike % spread)
    const end = addDays(yesterday, -back)
    const begin = addDays(end, -daysBetween(engaged, closed ?? counted))
    const draft = (what: string, day: Day, hour: string, data: Draft['data']): Draft => ({
      type: `deal.${what}`,
      source: 'sample',
      id: `deal-${row.id}-${what}`,
      time: Date.parse(`${day}T${hour}:00:00Z`),
      data: { deal: row.id, ...data },
    })
    const created = draft('created', begin, '09', { owner: row.owner, product: row.product })
    if (row.outcome === '') return [created]
    const won = row.outcome === 'won' && { amount: row.amount, customer: row.customer }
    return [created, draft(row.outcome, end, '15', { ...won })]
  })
}
