import { type Change, type ChangeUnit, type Sides, isChance, isEqualLength } from './compare.ts'
import { spanOf } from './format.ts'
import type { Kpi, Unit } from './kpi.ts'
import type { Counted, Place } from './series.ts'
import { type Window, lengthOf } from './window.ts'

/** One side of a comparison: a window, and what the KPI amounted to in it. */
export type Side = Window & Pick<Counted, 'value' | 'mature'>

/** Everything that a sentence about a change tells of. */
export interface Told {
  readonly kpi: Pick<Kpi, 'label' | 'unit' | 'matures'>
  readonly before: Side
  readonly after: Side
  readonly change: Change
  readonly place: Place
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 })

function digits(value: number): string {
  return (Math.abs(value) < 1 ? small : plain).format(value).replace('-', '−')
}

const counted = (text: string, noun: string) => `${text} ${noun}${/^−?1$/.test(text) ? '' : 's'}`

/** A value in words: two decimals are enough to read, and the answer has the others. */
function inWords(value: number, unit: Unit | ChangeUnit, currency: string): string {
  switch (unit) {
    case 'seconds': {
      const [span, size] = spanOf(value)
      return counted(digits(value / size), span)
    }
    case 'percent':
      return `${digits(value)} %`
    case 'pp':
      return `${digits(value)} pp`
    case 'points':
      return counted(digits(value), 'point')
    case 'currency':
      return `${digits(value)} ${currency}`
    default:
      return digits(value)
  }
}

/**
 * What changed, as a sentence, and what to mind about it. Nothing was held apart for comparison, so
 * it says that something changed after a day, never because of what happened on it.
 */
export function sentenceOf(told: Told): string {
  return [changeIn(told), ...caveats(told)].join(' ')
}

function changeIn({ kpi, before, after, change, place }: Told): string {
  if (before.value === null || after.value === null || change.absolute === null) {
    const empty = [before, after].filter(({ value }) => value === null)
    const windows = empty.map(({ from, to }) => `from ${from} to ${to}`).join(' nor ')
    return `${kpi.label} has no value ${windows}, so no change can be told.`
  }
  const word = (value: number) => inWords(value, kpi.unit, place.currency)
  if (change.absolute === 0) {
    return `${kpi.label} did not change after ${before.to}: it is ${word(after.value)} as before.`
  }
  const size = inWords(Math.abs(change.absolute), change.unit, place.currency)
  const relative = change.relative === null ? '' : ` (${digits(Math.abs(change.relative))} %)`
  return (
    `${kpi.label} changed after ${before.to} from ${word(before.value)} to ${word(after.value)}: ` +
    `${change.absolute > 0 ? 'up' : 'down'} ${size}${relative}${judgement(change, place.currency)}.`
  )
}

/** The change's own interval decides: those of the two values may overlap and the change be real. */
function judgement(change: Change, currency: string): string {
  const { better, overlap, low, high, unit } = change
  const good = better === null ? '' : `, which is ${better ? 'better' : 'worse'}`
  if (low === null || high === null) return good
  const bounds = `${inWords(low, unit, currency)} to ${inWords(high, unit, currency)}`
  const chance = isChance(change) === true ? 'may be chance' : 'is more than chance'
  const sides =
    overlap === null ? '' : `the intervals ${overlap ? 'overlap' : 'do not overlap'}, and `
  return `${good}; ${sides}a change of ${bounds} ${chance}`
}

function caveats({ kpi, before, after, place }: Told): string[] {
  const sides: Sides = { before, after }
  const days = (window: Window) => counted(String(lengthOf(window)), 'day')
  const running = after.to > place.closed
  const young = before.mature === false || after.mature === false
  return [
    ...(isEqualLength(sides)
      ? []
      : [`The windows differ in length: ${days(before)} and ${days(after)}.`]),
    ...(running ? ['The later window has not ended.'] : []),
    ...(young ? [`Values less than ${kpi.matures} days old can still change.`] : []),
  ]
}
