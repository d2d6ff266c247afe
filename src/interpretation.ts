import { amount, defended, sizeOf } from './amount.ts'
import { type Benchmark, type Place, placeOf } from './benchmark.ts'
import { type Change, isChance } from './compare.ts'
import type { Day } from './day.ts'
import { formatDate, formatDays, formatValue } from './format.ts'
import { enough } from './interval.ts'
import type { Estimate, Kpi } from './kpi.ts'
import { type Language, fill } from './language.ts'
import type { Status } from './target.ts'
import type { Window } from './window.ts'

/** A text for each way in which a language counts (Intl.PluralRules), with hole {n}. */
export type Counting = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/**
 * How one language tells what a KPI has done. No text agrees with the KPI's name in number or gender, so
 * that any name fits: it stands first and by itself.
 */
export interface Interpretation {
  /** BCP 47, as a language's id. */
  readonly language: string
  /**
   * Holes {name}, {size}, {value} and {verdict}: by how much, to what, and what that means. In place of
   * {name} a sentence may have {subject}: a name with a comma inside ends with one.
   */
  readonly rose: string
  readonly fell: string
  /** Holes {name} and {value}: nothing changed, as far as digits are shown. */
  readonly held: string
  /** Holes {name} and {value}: there is nothing earlier. */
  readonly first: string
  /** Holes {name}, {value} and {why}: what was earlier is not shown. */
  readonly unseen: string
  /** Holes {name}, {why} and {days}. */
  readonly none: string
  /** Follows `none`; hole {value}. */
  readonly before: string
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly points: Counting
  readonly percentagePoints: Counting
  /** Holes {target} and {day}. */
  readonly target: Readonly<Record<Status, string>>
  /** Holes {industry}, which is empty or begins with a comma, {band}, {source}, {year} and {place}. */
  readonly benchmark: string
  readonly place: Readonly<Record<Place, string>>
  /** Holes {low} and {high}; the second also {middle}. */
  readonly band: string
  readonly bandAround: string
  /** The newest day lies outside of what its weekday is used to. */
  readonly anomaly: Readonly<Record<'high' | 'low', string>>
  readonly few: Counting
  /** After how many days the value is final. */
  readonly young: Counting
}

/** What a change means: nothing sure, better or worse, and whether that is more than chance. */
export type Verdict =
  | 'none'
  | 'noise'
  | 'clear'
  | 'better'
  | 'worse'
  | 'clearly_better'
  | 'clearly_worse'

/** What is promised of a KPI, and how that stands. */
export interface Promised {
  readonly value: number
  readonly to: Day
  readonly status: Status
}

/** Everything that a sentence is told from. */
export interface Finding {
  readonly kpi: Pick<Kpi, 'unit' | 'matures'>
  readonly name: string
  readonly language: Language
  /** ISO 4217 code of the workspace's money. */
  readonly currency: string
  /** The window of the current value. */
  readonly days: Window
  /** Values with fewer answers are not shown. */
  readonly minimum: number
  readonly current: Estimate & { readonly mature?: boolean }
  readonly previous: Estimate
  /** From previous to current. */
  readonly change: Change
  readonly target: Promised | null
  readonly benchmark: Benchmark | null
  readonly anomaly: 'high' | 'low' | null
}

/** What a change means. Better and worse follow the KPI's direction, not the sign. */
export function verdictOf(change: Change): Verdict {
  if (change.absolute === null || change.absolute === 0) return 'none'
  const chance = isChance(change)
  if (chance === true) return 'noise'
  if (change.better === null) return chance === null ? 'none' : 'clear'
  const word = change.better ? 'better' : 'worse'
  return chance === null ? word : `clearly_${word}`
}

/** What a KPI has done, in one to six sentences: the same findings always give the same text. */
export function interpret(finding: Finding, words: Interpretation): string {
  return [
    movement(finding, words),
    promise(finding, words),
    comparison(finding, words),
    ...caveats(finding, words),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

/** The first sentence: where the KPI stands, and how that differs from before. */
export function movement(finding: Finding, words: Interpretation): string {
  const { name, current, previous, change } = finding
  if (current.value === null) return absence(finding, words)
  const value = defended(finding, current)
  const subject = name.includes(',') ? `${name},` : name
  const stands = { name, subject, value }
  if (previous.reason === 'too_few') return fill(words.unseen, { ...stands, why: fewer(finding) })
  if (previous.value === null || change.absolute === null) return fill(words.first, stands)
  const size = sizeInWords(finding, Math.abs(change.absolute), words)
  if (size === sizeInWords(finding, 0, words)) return fill(words.held, stands)
  return fill(change.absolute > 0 ? words.rose : words.fell, {
    ...stands,
    size: `${size}${relativeIn(finding)}`,
    verdict: words.verdicts[verdictOf(change)],
  })
}

/** Beyond this, in percent, a value came from almost nothing, and its percentage says no more than that. */
const readable = 1_000

/** By how much of the earlier value; a second percentage beside points would only confuse. */
function relativeIn({ change: { unit, relative }, language }: Finding): string {
  const doubled = unit === 'pp' || unit === 'points'
  if (doubled || relative === null || Math.abs(relative) >= readable) return ''
  return ` (${formatValue(Math.abs(relative), 'percent', language)})`
}

/** What has become of the promise; `null` where there is none. */
export function promise({ target, ...finding }: Finding, words: Interpretation): string | null {
  if (target === null) return null
  return fill(words.target[target.status], {
    target: amount(finding, target.value),
    day: formatDate(target.to, 'full', finding.language),
  })
}

function absence({ name, language, days, minimum, ...finding }: Finding, words: Interpretation) {
  const few = finding.current.reason === 'too_few'
  const why = few ? fewer({ language, minimum }) : language.chart.noData
  const told = fill(words.none, { name, why, days: formatDays(days.from, days.to, language) })
  if (finding.previous.value === null) return told
  const value = defended({ ...finding, language }, finding.previous)
  return `${told} ${fill(words.before, { value })}`
}

const fewer = ({ language, minimum }: Pick<Finding, 'language' | 'minimum'>) =>
  fill(language.chart.tooFew, { n: minimum })

function comparison(finding: Finding, words: Interpretation): string | null {
  const { benchmark, current } = finding
  if (benchmark === null || current.value === null) return null
  const { low, middle, high, industry, source, year } = benchmark
  const band = fill(middle === null ? words.band : words.bandAround, {
    low: amount(finding, low),
    middle: amount(finding, middle ?? low),
    high: amount(finding, high),
  })
  return fill(words.benchmark, {
    industry: industry === null ? '' : `, ${industry}`,
    band: low === high ? amount(finding, low) : band,
    source,
    year,
    place: words.place[placeOf(current.value, benchmark)],
  })
}

function caveats({ kpi, current, language, anomaly }: Finding, words: Interpretation): string[] {
  if (current.value === null) return []
  const few = current.low !== null && current.n < enough
  const young = current.mature === false && kpi.matures !== undefined
  return [
    ...(anomaly === null ? [] : [words.anomaly[anomaly]]),
    ...(few ? [counting(words.few, current.n, language)] : []),
    ...(young ? [counting(words.young, kpi.matures, language)] : []),
  ]
}

/** How much the value changed, in words where its unit has some. */
function sizeInWords(finding: Finding, size: number, words: Interpretation): string {
  const { kpi, current, language } = finding
  const n = sizeOf(finding, size, current.value ?? 0)
  if (kpi.unit === 'points') return fill(pick(words.points, size, language, 0), { n })
  if (kpi.unit === 'percent') return fill(pick(words.percentagePoints, size, language, 1), { n })
  return n
}

/** The text that goes with a number of things. */
export function counting(texts: Counting, n: number, language: Language): string {
  return fill(pick(texts, n, language, 0), { n: formatValue(n, 'count', language) })
}

/** Which text is right depends on the digits that are shown: 1.04 is shown as 1, and 1 is one. */
function pick(texts: Counting, n: number, language: Language, digits: number): string {
  const rules = new Intl.PluralRules(language.id, { maximumFractionDigits: digits })
  return texts[rules.select(n)] ?? texts.other
}
