import type { Condition } from '../src/rule.ts'
import { exact } from '../src/format.ts'
import type { Direction, Estimate, Kpi, Parts, Readings, Unit } from '../src/kpi.ts'
import type { Part } from '../src/part.ts'
import { wordsOf } from '../src/wording.ts'
import { exampleWindow, place } from './kpi.ts'

const directions: Readonly<Record<Direction, string>> = {
  up: 'more is better',
  down: 'less is better',
  target: 'neither more nor less is better by itself',
}

const units: Readonly<Record<Unit, string>> = {
  percent: 'percent',
  points: 'points',
  score: 'a score on its scale',
  count: 'a number',
  seconds: 'seconds',
  currency: 'major units of the workspace’s currency',
  ratio: 'a ratio',
}

const typeNames = /\b[a-z]+\.(?!name)[a-z]+\b/g

/** A part in words, with fact types as what they are: names. */
function partWords({ rule }: Part): string {
  return wordsOf(rule).replace(typeNames, '`$&`')
}

const forward: readonly Condition['is'][] = ['followed', 'led', 'met', 'last', 'onward']

/** Whether what comes later decides how a fact counts. */
function looksForward({ rule }: Part): boolean {
  return rule.how === 'tally' && rule.only.some(({ is }) => forward.includes(is))
}

/** For how long a value can change. */
function finality({ matures, parts }: Kpi): string {
  if (matures !== undefined) {
    return `a day is final ${matures} days after it; \`mature\` says whether all days of a value are`
  }
  return Object.values(parts).some(looksForward)
    ? 'a closed day changes when something follows that its parts look at, when facts come late and ' +
        'when they are corrected'
    : 'a closed day changes only when facts come late or are corrected'
}

/** A reading as text; JSON without its quotes, and with maps. */
function shown(reading: unknown): string {
  if (typeof reading !== 'object' || reading === null) return String(reading)
  const entries = reading instanceof Map ? [...reading] : Object.entries(reading)
  return `{${entries.map(([key, value]) => `${key}: ${shown(value)}`).join(', ')}}`
}

function readingsWords(readings: Readonly<Record<string, unknown>>): string {
  return Object.entries(readings)
    .map(([name, reading]) => `${name} ${shown(reading)}`)
    .join(', ')
}

function decimal(value: number | null): string {
  return value === null ? 'null' : String(exact(value))
}

function estimateWords({ value, n, low, high, also = {} }: Estimate): string {
  return [
    `**${decimal(value)}**`,
    `n ${n}`,
    ...(low === null || high === null ? [] : [`interval ${decimal(low)} to ${decimal(high)}`]),
    ...Object.entries(also).map(([name, beside]) => `${name} ${decimal(beside)}`),
  ].join(', ')
}

/** The worked example: what the parts amount to, and what follows. */
function exampleWords(kpi: Kpi): string {
  const { given, previous } = kpi.example
  const window = exampleWindow(kpi)
  const before: Readings<Parts> | null = previous ?? null
  const found = kpi.value(given, { window, ...place, previous: before })
  return [
    kpi.example.window === undefined ? '' : `from ${window.from} to ${window.to}, closed: `,
    readingsWords(given),
    before === null ? '' : `; of the window before: ${readingsWords(before)}`,
    ` → ${estimateWords(found)}`,
  ].join('')
}

const headingOf = ({ id, label }: Kpi) => `${label} (\`${id}\`)`

/** The anchor that is made of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function section(kpi: Kpi): string {
  const { definition, source, version, unit, direction, range, dimensions, parts } = kpi
  const [least, most] = range ?? []
  const bounds = range === undefined ? '' : `, from ${least} to ${most}`
  return [
    `## ${headingOf(kpi)}`,
    definition,
    [
      `- Unit: ${units[unit]}${bounds}; ${directions[direction]}. Version ${version}.`,
      `- Cut by: ${[...dimensions, 'p.<name>'].map((name) => `\`${name}\``).join(', ')}.`,
      `- Final: ${finality(kpi)}.`,
      ...Object.entries(parts).map(([name, part]) => `- Part \`${name}\`: ${partWords(part)}`),
      `- Example: ${exampleWords(kpi)}.`,
      `- Source: ${source.replace(/\.$/, '')}.`,
    ].join('\n'),
  ].join('\n\n')
}

const reading = `
## How to read this page

**Facts and days.** A fact counts on the local day of its time in the workspace’s zone, a quota on its first day.
A fact that was sent twice is there once; one that another fact replaces does not count. Facts of the same instant
are taken in the order in which things happen: a deal is created before it is won.

**Segments.** A fact counts in the segment of each of its dimensions, and a later fact of a deal, lead, order,
subscription or ticket in those of its beginning too, where it does not say otherwise. What is held, as open deals
and subscriptions are, is cut by the fact that it began with. Visits, leads, deals, orders,
subscriptions and spend that name no channel are in \`channel:unattributed\`. \`p.<name>\` are the workspace’s own dimensions and the properties of surveys. Where a
dimension has too many values on a day, the rest are together in \`other\`.

**Windows and parts.** A window is whole days, both ends included. Every part is whole numbers a day, which add up
over the days of the window; the formula runs once, on the sums. Only \`opening\` and \`closing\` are not of the
window alone: they are the changes of all days before it, and up to its end, added up. Money is read in minor units
of the workspace’s currency; what is in other currencies is not converted but left out, and \`leftOut\` says how
many there are.

**No data.** A value that there is nothing to compute from is \`null\` with a reason, never 0: \`no_denominator\`
where it would have to be divided by 0, \`no_data\` where there is no answer, no measured time or no spend at all,
\`window_too_short\` where a KPI wants a year. A number or an amount of nothing is 0.

**Histogram.** Bin i holds the values above 1.02^(i−1) up to 1.02^i, and 0 has a bin of its own, \`zero\`. A value of
bin i is read as 2·1.02^i/2.02, at most 1 % off. The median is the value in the middle by rank, or the mean of the
two there; p90 the smallest value that 90 % do not exceed. Mean, number and sum are exact.

**Intervals** are of 95 %, with z = 1.959963984540054:

- of a share p of n (Wilson): (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n);
- of a mean: ± z·√(s²/n), s² with n − 1; for times and amounts, s from the bins;
- of NPS, with shares p and d: ± z·√((p + d − (p − d)²)/n), at most −100 to 100;
- of a median: the values of rank ⌊n/2 − z√n/2⌋ and ⌈n/2 + z√n/2⌉ + 1, where there are such.

Counts, amounts and ratios of what is known as a whole are no samples and have none.
`.trim()

/** docs/kpis.md, written from the declarations alone. */
export function kpisPage(kpis: readonly Kpi[]): string {
  const rows = kpis.map((kpi) => {
    const heading = headingOf(kpi)
    return `| [\`${kpi.id}\`](#${anchorOf(heading)}) | ${kpi.label} | ${kpi.unit} | ${kpi.direction} |`
  })
  return `# KPIs

Written from the declarations in src/kpis by \`npx vitest run --project core test/docs -u\`.

| id | label | unit | better |
|---|---|---|---|
${rows.join('\n')}

${reading}

${kpis.map(section).join('\n\n')}
`
}
