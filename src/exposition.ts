/** One metric and its samples, as Prometheus reads them. Every metric here is a gauge. */
export interface Metric {
  /** Letters, digits and `_`. */
  readonly name: string
  readonly help: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** In a help text a line break would begin another line of the format. */
const escapedHelp = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

const escapedLabel = (text: string) => escapedHelp(text).replaceAll('"', '\\"')

function labelsText(labels: Metric['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/**
 * Metrics in Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats"). Samples have no
 * timestamps: Prometheus would refuse one that it thinks too old, and a window has no single instant.
 */
export function exposition(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, help, labels, value }) =>
      [
        `# HELP ${name} ${escapedHelp(help)}`,
        `# TYPE ${name} gauge`,
        `${name}${labelsText(labels)} ${value}\n`,
      ].join('\n'),
    )
    .join('')
}
