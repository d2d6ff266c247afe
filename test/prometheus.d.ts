declare module 'parse-prometheus-text-format' {
  interface Family {
    readonly name: string
    readonly help: string
    readonly type: string
    readonly metrics: readonly {
      readonly value: string
      readonly labels?: Record<string, string>
    }[]
  }

  /** The metrics of a text in Prometheus' text format. */
  export default function parsePrometheus(text: string): Family[]
}
