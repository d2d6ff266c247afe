import { asOf, interval, isShown, margin, phrase, sample, silence, told } from './caption.ts'
import type { BadgeLook, BadgePart, Picture } from './chart.ts'
import { daysBetween } from './day.ts'
import { formatValue } from './format.ts'
import { enough } from './interval.ts'
import { type Trend, trendOf } from './trend.ts'
import { type Verdict, verdict } from './verdict.ts'

/** What a badge says: the value, and what follows it in a lighter weight. */
export interface Message {
  readonly value: string
  readonly rest: string
}

export const plain: BadgeLook = { style: 'flat', show: ['interval', 'n'] }

/** Days without a new number that are no reason to say so: a weekend. */
const patience = 2

const arrows: Readonly<Record<Trend, string>> = { up: '↑', down: '↓', level: '→' }
const words = { better: 'good', even: 'fair', worse: 'poor' } as const

/** The value with the parts that were chosen; what makes it weak is said whatever was chosen. */
export function messageOf(picture: Picture): Message {
  if (!isShown(picture.total, picture.minimum)) return { value: '', rest: silence(picture) }
  const { show } = picture.badge ?? plain
  const parts: Readonly<Record<BadgePart, () => string | null>> = {
    trend: () => arrow(picture),
    interval: () => margin(picture),
    n: () => sample(picture),
    'as-of': () => asOf(picture),
  }
  const part = (name: BadgePart) => (show.includes(name) ? parts[name]() : null)
  const notes = [
    part('n') ?? smallness(picture),
    part('as-of'),
    staleness(picture),
    judgement(picture),
  ]
  const value = [told(picture.total.value, picture), part('trend')].filter((each) => each !== null)
  const half = part('interval')
  const rest = [half && ` ${half}`, ...notes.map((note) => note && ` · ${note}`)]
  return { value: value.join(' '), rest: rest.filter((each) => each !== null).join('') }
}

function arrow(picture: Picture): string | null {
  const trend = trendOf(picture)
  return trend && arrows[trend]
}

function smallness({ total, language }: Picture): string | null {
  return total.n < enough && interval(total) !== null
    ? phrase(language, 'small', { n: enough })
    : null
}

function staleness({ asOf: newest, to, language }: Picture): string | null {
  const days = newest === null ? 0 : daysBetween(newest, to)
  if (days <= patience) return null
  return phrase(language, 'stale', { span: formatValue(days * 86_400, 'seconds', language) })
}

/** A team's own border between good and poor cannot be seen in the value, and colour alone is no word. */
function judgement(picture: Picture): string | null {
  const found: Verdict = verdict(picture)
  return picture.thresholds === undefined || found === 'neutral'
    ? null
    : phrase(picture.language, words[found])
}
