import type { Book } from '../book.ts'
import { invalid } from '../problem.ts'
import { type Ignored, type Told, ignore } from '../source.ts'

// A HubSpot event tells one property of a deal; a win is made of several, which come in any order.

/** What has happened to an object. */
export interface Change {
  readonly object: string
  readonly time: number
  /** What a property has become; blank where it was cleared. */
  readonly value: string
}

/** What is known of deals and tickets, from earlier deliveries and from earlier changes of this one. */
export interface DealBook extends Book {
  /** Deal stages by internal name: what each is. */
  readonly stages: ReadonlyMap<string, string>
  /** Whether the name could be asked for at all: of a large batch not every one can. */
  readonly asked: (name: string) => boolean
  /** Whether a later change of the same body sets the amount of a deal. */
  readonly awaits: (deal: string, time: number) => boolean
}

const defaultStages: ReadonlyMap<string, string> = new Map([
  ['closedwon', 'won'],
  ['closedlost', 'lost'],
])

/** What a deal stage is: `won`, `lost`, or the name of an open one. */
function stageOf(stage: string, { stages }: DealBook): string {
  return stages.get(stage) ?? defaultStages.get(stage) ?? stage
}

const isClosing = (stage: string) => stage === 'won' || stage === 'lost'

/** All closings of a deal correct one fact that never was, so that only the newest of them counts. */
const closingOf = (deal: string) => `deal:${deal}:closing`

const hasAmount = (deal: string, book: DealBook) => (book.find(`amount:${deal}`)?.text ?? '') !== ''

/** What a deal was won for, as far as it is known at the `revision`. */
function won(deal: string, times: { time: number; revision: number }, book: DealBook): Told {
  if (![`amount:${deal}`, `currency:${deal}`].every(book.asked)) {
    throw invalid('objectId', 'More deals at once than can be looked up')
  }
  const amount = book.find(`amount:${deal}`)?.text ?? ''
  if (amount === '') {
    throw invalid(
      'amount',
      'Not known: the win counts as soon as the amount comes. Subscribe to it and set it once more',
    )
  }
  const currency = book.find(`currency:${deal}`)?.text.toUpperCase() ?? ''
  return {
    type: 'deal.won',
    ...times,
    replaces: closingOf(deal),
    data: { deal, amount, ...(currency !== '' && { currency }) },
  }
}

function closed(stage: string, { object: deal, time }: Change, book: DealBook): Told | Ignored {
  if (stage === 'lost') {
    return { type: 'deal.lost', time, revision: time, replaces: closingOf(deal), data: { deal } }
  }
  if (!hasAmount(deal, book) && book.awaits(deal, time)) {
    return ignore('Counted with the amount, which follows')
  }
  return won(deal, { time, revision: time }, book)
}

/** A deal that has come to a stage: an open one, or won or lost. */
export function staged({ object: deal, time, value }: Change, book: DealBook): Told | Ignored {
  if (value === '') return ignore('The stage was cleared')
  const name = `stage:${deal}`
  if (!book.asked(name)) throw invalid('objectId', 'More deals at once than can be looked up')
  const before = book.find(name)
  const late = before !== null && before.time > time
  if (!late) book.keep(name, { time, text: value })
  const stage = stageOf(value, book)
  if (isClosing(stage)) {
    return late
      ? ignore('The deal has moved on since')
      : closed(stage, { object: deal, time, value }, book)
  }
  const reopened = before !== null && before.time < time && isClosing(stageOf(before.text, book))
  return {
    type: 'deal.stage',
    time,
    ...(reopened && { replaces: closingOf(deal), revision: time }),
    data: { deal, stage },
  }
}

/** An amount or a currency: kept for the win, which it corrects where it comes later. */
export function priced(
  name: 'amount' | 'currency',
  change: Change,
  book: DealBook,
): Told | Ignored {
  const { object: deal, time, value } = change
  const before = book.find(`${name}:${deal}`)?.time ?? 0
  if (before > time) return ignore('A newer one is known')
  book.keep(`${name}:${deal}`, { time, text: value })
  const stage = book.find(`stage:${deal}`)
  const counts = stage !== null && stageOf(stage.text, book) === 'won'
  const unpriced = name === 'currency' && !hasAmount(deal, book)
  // Read once more, what the win was told with tells nothing of its own.
  if (!counts || unpriced || (before === time && time <= stage.time)) {
    return ignore('Kept for when the deal is won')
  }
  // What was set before the win and arrives after it has to outrank it as well.
  return won(deal, { time: stage.time, revision: Math.max(time, stage.time + 1) }, book)
}
