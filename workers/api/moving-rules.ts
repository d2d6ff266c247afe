import * as v from 'valibot'
import { dayField } from '../../src/day-field.ts'
import { lookFields } from '../../src/look.ts'
import { grains, windowLimit } from '../../src/window.ts'
import { annotationBody } from './annotations.ts'
import { benchmarkBody } from './benchmarks.ts'
import { embedBody } from './embed-body.ts'
import { reportBody } from './reports.ts'
import { targetBody } from './targets.ts'
import { workspaceBody } from './workspaces.ts'

const { timeZone, ...workspaceFields } = workspaceBody.entries
const { kpi, kind, minimum, locale, theme } = embedBody.entries
const { segment: _segment, ...targetFields } = targetBody.entries
const daysRule = `Expected a whole number from 1 to ${windowLimit}`

const dated = v.object({ day: dayField })

/** What the API lets in, by kind of line: nothing else may come in by an import. */
const rules: Readonly<Record<string, v.GenericSchema>> = {
  workspace: v.object({ ...workspaceFields, zone: timeZone, closed: dayField }),
  day: dated,
  tally: dated,
  delivery: v.object({ day: v.optional(dayField) }),
  fact: dated,
  snapshot: dated,
  rhythm: dated,
  dirty: dated,
  embed: v.object({
    kpi,
    kind,
    minimum,
    locale,
    theme,
    days: v.pipe(
      v.number(daysRule),
      v.integer(daysRule),
      v.minValue(1, daysRule),
      v.maxValue(windowLimit, daysRule),
    ),
    grain: v.picklist(grains, `Expected one of ${grains.join(', ')}`),
    look: v.optional(v.strictObject(lookFields)),
  }),
  target: v.object(targetFields),
  annotation: v.object(annotationBody.entries),
  benchmark: v.object(benchmarkBody.entries),
  report: v.variant(
    'period',
    [
      v.object({ ...reportBody.entries, period: v.picklist(['month', 'quarter']) }),
      v.object({ ...reportBody.entries, period: v.literal('days'), from: dayField, to: dayField }),
    ],
    (issue) => `Expected month, quarter or days, and not ${issue.received}`,
  ),
}

/** The field of a row that breaks a rule of the API, with the rule; `null` where none does. */
export function fieldRule(kind: string, row: Readonly<Record<string, unknown>>): string | null {
  const schema = rules[kind]
  const issue = schema && v.safeParse(schema, row).issues?.[0]
  return issue ? `${v.getDotPath(issue) ?? kind}: ${issue.message}` : null
}
