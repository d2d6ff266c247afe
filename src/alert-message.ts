import type { AlertFormat, Finding } from './alert.ts'
import { formatDays, formatValue } from './format.ts'
import type { Kpi } from './kpi.ts'
import type { Language } from './language.ts'

/** Everything that a message says. */
export interface Message {
  readonly alert: { readonly id: string; readonly name: string }
  readonly finding: Finding
  /** What the finding is about; `null` where that is no KPI. */
  readonly kpi: Pick<Kpi, 'label' | 'unit'> | null
  /** ISO 4217 code of the workspace's currency. */
  readonly currency: string
  /** What the respondent has written, where the alert asks for it. */
  readonly comment: string | null
  /** When it was found, in milliseconds since 1970 UTC. */
  readonly time: number
  readonly language: Language
}

/** A message as its receiver takes it: a body of JSON. */
export function bodyOf(message: Message, format: AlertFormat): string {
  return JSON.stringify(format === 'slack' ? slackBody(message) : standardBody(message))
}

function slackBody(message: Message) {
  const { alert, comment } = message
  const quoted =
    comment === null ? [] : comment.split(/\r\n|\r|\n/).map((line) => `> ${plain(line)}`)
  return { text: [`*${plain(alert.name)}*`, plain(sentenceOf(message)), ...quoted].join('\n') }
}

function standardBody(message: Message) {
  const { alert, finding, comment, time } = message
  return {
    type: `alert.${finding.kind}`,
    timestamp: new Date(time).toISOString(),
    data: {
      alert,
      ...finding,
      text: sentenceOf(message),
      ...(comment !== null && { comment }),
    },
  }
}

/**
 * A text that is nothing but text to Slack and to those who take what Slack takes: no link, no mention of
 * everybody, no formatting (docs.slack.dev, "Formatting message text").
 */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`@]/g, (mark) => `${mark}\u200B`)
}

/** What was found, as a sentence. */
export function sentenceOf(message: Message): string {
  const { finding } = message
  switch (finding.kind) {
    case 'test':
      return 'This is a test: alerts of this rule arrive here.'
    case 'detractor':
      return `Somebody has given ${finding.score} of 10 to the survey ${finding.survey}.`
    case 'source': {
      const since = new Date(finding.since).toISOString().slice(0, 16).replace('T', ' ')
      return `Nothing has come from the source ${finding.name} since ${since} UTC, for longer than usual.`
    }
    default:
      return sentenceOfNumbers(finding, message)
  }
}

function sentenceOfNumbers(finding: Extract<Finding, { kpi: string }>, message: Message): string {
  const { kpi, currency, language } = message
  const of = finding.segment === '' ? '' : ` (${finding.segment})`
  const name = `${kpi?.label ?? finding.kpi}${of}`
  const days = formatDays(finding.from, finding.to, language)
  const told = (value: number) => formatValue(value, kpi?.unit ?? 'count', language, currency)
  switch (finding.kind) {
    case 'value': {
      const { value, side, bound, n } = finding
      return `${name} is ${told(value)}, ${side} ${told(bound)}: ${days}, n = ${n}.`
    }
    case 'change': {
      const { value, before, n } = finding
      return `${name} went from ${told(before)} to ${told(value)}, by more than chance does: ${days}, n = ${n}.`
    }
    case 'anomaly': {
      const { value, side, low, high } = finding
      return `${name} is unusually ${side}: ${told(value)} on ${days}, where ${told(low)} to ${told(high)} was to be expected.`
    }
    case 'silence': {
      const last = formatDays(finding.from, finding.from, language)
      return `Nothing has been counted of ${name} for ${finding.days} days; the last was on ${last}.`
    }
  }
}
