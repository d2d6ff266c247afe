import * as v from 'valibot'
import { neverDiffers } from '../../src/alert-check.ts'
import type { AlertRule, NumberRule } from '../../src/alert.ts'
import { neverJudged } from '../../src/anomaly.ts'
import { largest } from '../../src/format.ts'
import type { Kpi } from '../../src/kpi.ts'
import { kpis } from '../../src/kpis/index.ts'
import { invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { nameField, textField } from '../../src/text-field.ts'

const ids = kpis.map(({ id }) => id)

const wholeField = (rule: string, least: number, greatest: number) =>
  v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(greatest, rule))

const boundRule = `Expected a number from -${largest} to ${largest}`
const boundField = v.pipe(
  v.number(boundRule),
  v.minValue(-largest, boundRule),
  v.maxValue(largest, boundRule),
)

const watched = {
  kpi: v.picklist(ids, `Expected one of ${ids.join(', ')}`),
  segment: v.optional(segmentField, ''),
}

const ninety = wholeField('Expected a whole number of days from 1 to 90', 1, 90)

const ruleField = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('value'),
      ...watched,
      days: v.optional(ninety, 7),
      above: v.optional(v.nullable(boundField), null),
      below: v.optional(v.nullable(boundField), null),
    }),
    v.strictObject({ kind: v.literal('change'), ...watched, days: v.optional(ninety, 7) }),
    v.strictObject({ kind: v.literal('anomaly'), ...watched }),
    v.strictObject({
      kind: v.literal('silence'),
      ...watched,
      days: wholeField('Expected a whole number of days from 1 to 60', 1, 60),
    }),
    v.strictObject({
      kind: v.literal('source'),
      source: v.optional(v.nullable(nameField), null),
    }),
    v.strictObject({
      kind: v.literal('detractor'),
      survey: v.optional(v.nullable(nameField), null),
      comment: v.optional(v.boolean('Expected true or false'), false),
    }),
  ],
  'Expected an object whose kind is value, change, anomaly, silence, source or detractor',
)

/** What an alert is made of. */
export const alertBody = v.strictObject({
  name: nameField,
  rule: ruleField,
  target: v.strictObject({
    url: textField(2_000),
    format: v.picklist(['slack', 'standard'], 'Expected one of slack, standard'),
  }),
  cooldown: v.optional(wholeField('Expected a whole number of hours from 0 to 720', 0, 720), 12),
})

/** @throws Problem 422 that names the field of a rule which can find nothing. */
export function checkRule(rule: AlertRule): void {
  if (rule.kind === 'source' || rule.kind === 'detractor') return
  const kpi = kpis.find(({ id }) => id === rule.kpi)
  if (kpi === undefined) throw invalid('rule.kpi', `Expected one of ${ids.join(', ')}`)
  const broken = rule.segment === '' ? null : segmentRule(kpi, rule.segment)
  if (broken !== null) throw invalid('rule.segment', broken)
  checkNumbers(rule, kpi)
}

function checkNumbers(rule: NumberRule, kpi: Kpi): void {
  if (rule.kind === 'anomaly') checkJudged(kpi)
  if (rule.kind === 'change') checkTold(kpi)
  if (rule.kind === 'value' && (rule.above ?? rule.below) === null) {
    throw invalid('rule', 'Expected above, below or both')
  }
}

function checkJudged(kpi: Kpi): void {
  const never = neverJudged(kpi)
  if (never === null) return
  throw invalid('rule.kpi', `Days of ${kpi.id} are not judged, for the reason "${never}"`)
}

function checkTold(kpi: Kpi): void {
  if (!neverDiffers(kpi)) return
  throw invalid('rule.kpi', `Nobody knows what chance does to ${kpi.id}: no change of it is told`)
}
