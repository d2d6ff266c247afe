import type { Chart } from './chart.ts'
import { isHeld } from './disclosure.ts'
import type { Kpi } from './kpi.ts'
import type { Look } from './look.ts'
import type { FieldError } from './problem.ts'
import { isDimension, segmentRule } from './segment.ts'
import { thresholdRule } from './threshold.ts'

/** What is to be shown of a KPI, as its team asks for it. */
interface Wish extends Look {
  /** `<dimension>:<value>`, or `''` for all. */
  readonly segment: string
  readonly minimum: number
}

/**
 * Why a KPI cannot be shown like this, by field, or `null` where it can. Whether there is a target to be
 * measured against is not known here.
 */
export function embedRule(kpi: Kpi, { kind, needs }: Chart, wish: Wish): FieldError | null {
  const { segment, thresholds } = wish
  const rules: readonly Rule[] = [
    ['segment', segment !== '' && segmentRule(kpi, segment)],
    ['kind', kindRule(kpi, needs)],
    ['minimum', minimumRule(kpi, wish)],
    ['dimension', dimensionRule(kpi, needs === 'segments', wish)],
    [
      'segment',
      wish.dimension !== undefined && segment !== '' && 'Expected none beside a dimension',
    ],
    ...(kind === 'badge' ? [] : badgeRules(wish)),
    ['thresholds', thresholds !== undefined && thresholdRule(kpi.direction, thresholds)],
  ]
  const [broken] = rules.flatMap(([path, message]) => (message ? [{ path, message }] : []))
  return broken ?? null
}

/** The field, and what is wrong with it where something is. */
type Rule = readonly [path: string, message: string | null | false]

function kindRule(kpi: Kpi, needs: Chart['needs']): string | null {
  if (needs === 'mixes' && kpi.mix === undefined) return `"${kpi.id}" is not of answers on a scale`
  if (needs === 'stages' && kpi.funnel === undefined) return `"${kpi.id}" has no steps`
  return null
}

/**
 * Answers are released in blocks that add up. Who is counted by the latest answer is taken out of an
 * earlier block, which nothing that is released may tell.
 */
function minimumRule(kpi: Kpi, { minimum }: Wish): string | null {
  const latest = Object.values(kpi.parts).some(({ rule }) => rule.how === 'latest')
  if (!latest || !isHeld(kpi, minimum)) return null
  return `"${kpi.id}" can only be shown with a minimum of 1, because latest answers cannot be released in blocks`
}

function badgeRules({ style, show }: Wish): Rule[] {
  return [
    ['style', style !== undefined && 'Expected none: only a badge has one'],
    ['show', show !== undefined && 'Expected none: only a badge chooses what it shows'],
  ]
}

function dimensionRule(kpi: Kpi, needed: boolean, { dimension }: Wish): string | null {
  const known = [...kpi.dimensions, 'p.<name>'].join(', ')
  if (!needed) return dimension === undefined ? null : 'Expected none: this kind shows no segments'
  if (dimension === undefined) return `Expected one of ${known}`
  return isDimension(kpi, dimension)
    ? null
    : `Expected one of ${known}: current value is "${dimension}"`
}
