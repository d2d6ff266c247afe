import * as v from 'valibot'
import { themes } from '../../src/chart.ts'
import { charts } from '../../src/charts/index.ts'
import type { Embed } from '../../src/embed.ts'
import { embedRule } from '../../src/embed-rule.ts'
import { kpis } from '../../src/kpis/index.ts'
import { languages } from '../../src/languages/index.ts'
import { lookFields } from '../../src/look.ts'
import { invalid } from '../../src/problem.ts'
import { segmentField } from '../../src/segment.ts'
import { grains, parseSpan, windowLimit } from '../../src/window.ts'

const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  v.picklist(options, `Expected one of ${options.join(', ')}`)

const ids = kpis.map(({ id }) => id)
const kinds = charts.map(({ kind }) => kind)
const tags = languages.map(({ id }) => id)
const spanRule = `Expected a number of days from "1d" to "${windowLimit}d"`
const minimumRule = 'Expected a whole number from 1 to 1000'

/** What an embed shows, and how. */
export const embedBody = v.strictObject({
  kpi: v.picklist(ids, `Expected one of ${ids.join(', ')}`),
  segment: v.optional(segmentField),
  window: v.pipe(v.string(spanRule), v.transform(parseSpan), v.number(spanRule)),
  by: v.optional(oneOf(grains)),
  kind: v.picklist(kinds, `Expected one of ${kinds.join(', ')}`),
  minimum: v.optional(
    v.pipe(
      v.number(minimumRule),
      v.integer(minimumRule),
      v.minValue(1, minimumRule),
      v.maxValue(1_000, minimumRule),
    ),
    5,
  ),
  locale: v.optional(v.picklist(tags, `Expected one of ${tags.join(', ')}`), 'en'),
  theme: v.optional(oneOf(themes), 'auto'),
  ...lookFields,
})

/** Periods that a chart of so many days can show side by side. */
function grainFor(days: number): Embed['grain'] {
  if (days <= 92) return 'day'
  return days <= 731 ? 'week' : 'month'
}

/**
 * The embed that a body asks for.
 *
 * @throws Problem 422 where the KPI cannot be shown like this.
 */
export function embedOf(body: v.InferOutput<typeof embedBody>, id: string, now: number): Embed {
  const { kpi, segment = '', window: days, by, kind, minimum, locale, theme, ...look } = body
  const [shown, chart] = [
    kpis.find(({ id }) => id === kpi),
    charts.find((one) => one.kind === kind),
  ]
  const broken = shown && chart && embedRule(shown, chart, { ...look, segment, minimum })
  if (broken) throw invalid(broken.path, broken.message)
  return {
    id,
    kpi,
    segment,
    days,
    grain: by ?? grainFor(days),
    kind,
    minimum,
    locale,
    theme,
    look,
    created: now,
  }
}
