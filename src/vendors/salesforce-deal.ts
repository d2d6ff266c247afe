import { at, currencyAt, optionalTextAt, textAt } from '../at.ts'
import type { Book } from '../book.ts'
import { invalid } from '../problem.ts'
import type { Given, Ignored, Told } from '../source.ts'
import { type Fields, amountOf, timeOf } from './outbound-message.ts'

// What a Salesforce notification tells, and what it tells of an opportunity.

interface Config {
  /** Opportunity stages, each with what it is. */
  readonly stages?: Readonly<Record<string, string>> | undefined
}

/** What a notification comes to. */
export type Outcome = readonly Told[] | Ignored

/** A notification about a record, with what is known besides. */
export interface Notice {
  /** The notification’s own id. */
  readonly id: string
  readonly fields: Fields
  readonly given: Given<Config>
  readonly book: Book
  /** The closings that are replaced by what earlier notifications of the message tell. */
  readonly closings: ReadonlySet<string>
}

function moneyOf(fields: Fields): { amount?: string; currency?: string } {
  const amount = optionalTextAt(fields, 'Amount')
  if (amount === undefined) return {}
  const coded = Object.hasOwn(fields, 'CurrencyIsoCode')
  return {
    amount: amountOf(amount),
    ...(coded && { currency: currencyAt(fields, 'CurrencyIsoCode') }),
  }
}

/** Whose a lead or a deal is, and where it came from. */
export function whoseOf(fields: Fields) {
  return { owner: optionalTextAt(fields, 'OwnerId'), channel: optionalTextAt(fields, 'LeadSource') }
}

const defaultStages: ReadonlyMap<string, string> = new Map([
  ['Closed Won', 'won'],
  ['Closed Lost', 'lost'],
])

/** What a stage is: as the team says, as Salesforce says, or by its usual name. */
function stageOf(fields: Fields, { stages = {} }: Config): string {
  const stage = textAt(fields, 'StageName')
  const said = new Map(Object.entries(stages)).get(stage)
  if (said !== undefined) return said
  if (at(fields, 'IsWon') === 'true') return 'won'
  if (at(fields, 'IsWon') === 'false' && at(fields, 'IsClosed') === 'true') return 'lost'
  return defaultStages.get(stage) ?? stage
}

/** All closings of a deal correct one fact that never was, so that only the newest of them counts. */
export const closingOf = (deal: string) => `deal:${deal}:closing`

/** The fact of a stage; a closing is called as its notification. */
function staged({ id, fields, given, closings }: Notice, deal: string): Told {
  const stage = stageOf(fields, given.config)
  const changed = timeOf(fields, ['LastStageChangeDate', 'LastModifiedDate'])
  const time = changed ?? given.received
  const revision = timeOf(fields, ['LastModifiedDate', 'LastStageChangeDate']) ?? given.received
  const closing = closingOf(deal)
  const correction = { replaces: closing, revision }
  const { owner, channel } = whoseOf(fields)
  if (stage === 'lost') {
    return { type: 'deal.lost', time, ...correction, data: { deal, owner, channel } }
  }
  if (stage === 'won') {
    const money = moneyOf(fields)
    if (money.amount === undefined) {
      throw invalid(
        'Amount',
        'Expected what was won: the win counts as soon as a message with the amount comes',
      )
    }
    const data = { deal, ...money, customer: optionalTextAt(fields, 'AccountId'), owner, channel }
    return { type: 'deal.won', time, ...correction, data }
  }
  const name = textAt(fields, 'StageName')
  return {
    id: `deal:${deal}:stage:${name}:${changed ?? id}`,
    type: 'deal.stage',
    time,
    ...((closings.has(closing) || given.memory.has(closing)) && correction),
    data: { deal, stage },
  }
}

/** Of a deal that has come to a stage, and that it exists, where the message says since when. */
export function opportunity(notice: Notice): Outcome {
  const { fields } = notice
  const deal = textAt(fields, 'Id')
  const time = timeOf(fields, ['CreatedDate'])
  if (time === null) return [staged(notice, deal)]
  const created: Told = {
    id: `deal:${deal}:created`,
    type: 'deal.created',
    time,
    data: {
      deal,
      customer: optionalTextAt(fields, 'AccountId'),
      ...whoseOf(fields),
      ...moneyOf(fields),
    },
  }
  return Object.hasOwn(fields, 'StageName') ? [created, staged(notice, deal)] : [created]
}
