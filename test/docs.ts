import type { Kpi } from '../src/kpi.ts'
import type { Part } from '../src/part.ts'

const directions = {
  up: 'more is better',
  down: 'less is better',
  target: 'neither more nor less is better by itself',
}

/** A part in words: the third way of reading the same data, beside SQL and the plain loop. */
function partWords({ kind, type, where, followed }: Part): string {
  const conditions = [
    ...Object.entries(where).map(([name, value]) => `\`${name}\` is \`${value}\``),
    ...(followed === null ? [] : [`followed by \`${followed}\` about the same subject and person`]),
  ]
  const which = conditions.length === 0 ? '' : `, where ${conditions.join(' and ')}`
  return kind === 'answers'
    ? `one counter per answer value of \`${type}\`${which}`
    : `number of \`${type}\`${which}`
}

/** docs/kpis.md, written from the declarations alone. */
export function kpisPage(kpis: readonly Kpi[]): string {
  const sections = kpis.map((kpi) =>
    [
      `## ${kpi.label} (\`${kpi.id}\`)`,
      kpi.definition,
      [
        `- Unit: ${kpi.unit}; ${directions[kpi.direction]}. Version ${kpi.version}.`,
        `- Cut by: ${[...kpi.dimensions, 'p.<name>'].map((name) => `\`${name}\``).join(', ')}.`,
        ...Object.entries(kpi.parts).map(
          ([name, part]) => `- Part \`${name}\`: ${partWords(part)}.`,
        ),
        `- Source: ${kpi.source}.`,
      ].join('\n'),
    ].join('\n\n'),
  )
  return `# KPIs

Written from the declarations in src/kpis by \`npx vitest run --project core test/docs -u\`. Every part is a
whole number a day; parts of any days add up to those of the window, and the formula runs once, on the
sums. A value without data is \`null\` with a reason, never 0.

${sections.join('\n\n')}
`
}
