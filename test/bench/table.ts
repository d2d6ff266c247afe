import type { Size } from './bytes.ts'
import type { Comparison } from './compare.ts'
import type { Count } from './counts.ts'
import type { Cost } from './webhooks.ts'

/** Everything that one run has found out. */
export interface Findings {
  readonly comparisons: readonly Comparison[]
  readonly costs: readonly Cost[]
  readonly counts: readonly Count[]
  readonly sizes: readonly Size[]
}

const legend = `Above 1×, ours is the faster. The median of all rounds, in each of which both are measured.
In parentheses: what the client and this machine can do at all.`

/** The findings for a reader; speeds of this machine are left to the JSON. */
export function tables({ comparisons, costs, counts, sizes }: Findings): string {
  const found = [
    table(
      ['speed', 'against', 'ours ÷ theirs', 'min–max'],
      comparisons.map(({ what, baseline, ratio }) => [
        what,
        baseline,
        `${short(ratio.median)}×`,
        `${short(ratio.low)}–${short(ratio.high)}`,
      ]),
    ),
    comparisons.length === 0 ? '' : legend,
    table(
      ['milliseconds of a processor', 'ours', 'theirs', 'limit', ''],
      costs.map(({ what, ours, baseline, limit, holds }) => [
        what,
        short(ours),
        short(baseline),
        `${limit.milliseconds}, ${limit.times}× theirs`,
        holds ? 'holds' : 'BROKEN',
      ]),
    ),
    table(
      ['what D1 is asked for', 'round trips', 'statements', 'rows written'],
      counts.map(({ what, trips, queries, rowsWritten }) => [
        what,
        ...[trips, queries, rowsWritten].map((number) => number.toLocaleString('en')),
      ]),
    ),
    table(
      ['bytes', 'raw', 'gzip', 'limit', ''],
      sizes.map(({ what, raw, gzip, limit, holds }) => [
        what,
        raw.toLocaleString('en'),
        gzip.toLocaleString('en'),
        limit === null ? '' : `${limit.bytes.toLocaleString('en')} ${limit.of}`,
        limit === null ? '' : holds ? 'holds' : 'BROKEN',
      ]),
    ),
  ]
  return found.filter((text) => text !== '').join('\n\n')
}

/** Two digits: more would claim what a shared machine cannot know. */
function short(ratio: number): string {
  return Number(ratio.toPrecision(2)).toLocaleString('en', { maximumFractionDigits: 4 })
}

/** Columns of equal width; those that hold numbers are aligned to the right. Nothing where there are no rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const right = head.map((_, column) => rows.some((row) => /^\d/.test(row[column] ?? '')))
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return right[column] ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('   ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('   ')
  return [lineOf(head), rule, ...rows.map(lineOf)].join('\n')
}
