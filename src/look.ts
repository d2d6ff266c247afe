import * as v from 'valibot'
import { type BadgeLook, badgeParts, badgeStyles } from './chart.ts'
import { contrast } from './contrast.ts'
import { dark, light } from './palette.ts'
import { textField } from './text-field.ts'
import type { Thresholds } from './threshold.ts'

/** How an embed looks and what it shows beside its value, as far as a team has chosen it. */
export interface Look {
  /** What a picture of segments is cut by. */
  readonly dimension?: string
  readonly style?: BadgeLook['style']
  readonly show?: BadgeLook['show']
  readonly thresholds?: Thresholds
  /** `#rrggbb`, to be told from light and dark paper. */
  readonly accent?: string
  /** In the unit of the KPI. */
  readonly target?: number
  /** Stands where the KPI's name would. */
  readonly name?: string
}

/** The contrast that WCAG 2.2 wants of what has to be seen (1.4.11). */
const visible = 3

const hexadecimal = /^#[0-9a-f]{6}$/
const colourRule = 'Expected a colour as #rrggbb, in lower case'
const contrastRule = `Expected a colour with a contrast of ${visible} or more against ${light.bg} and ${dark.bg}`
const thresholdsRule = 'Expected one number or two'
const targetRule = 'Expected a number'
const showRule = `Expected a list of ${badgeParts.join(', ')}, none of them twice`

/** The fields of a look, as they are sent. What a KPI or a kind makes of them is not known here. */
export const lookFields = {
  dimension: v.exactOptional(textField(100)),
  style: v.exactOptional(v.picklist(badgeStyles, `Expected one of ${badgeStyles.join(', ')}`)),
  show: v.exactOptional(
    v.pipe(
      v.array(v.picklist(badgeParts, showRule), showRule),
      v.check((parts) => new Set(parts).size === parts.length, showRule),
    ),
  ),
  thresholds: v.exactOptional(
    v.union([v.strictTuple([v.number()]), v.strictTuple([v.number(), v.number()])], thresholdsRule),
  ),
  accent: v.exactOptional(
    v.pipe(
      v.string(colourRule),
      v.regex(hexadecimal, colourRule),
      v.check(
        (colour) =>
          !hexadecimal.test(colour) ||
          [light, dark].every(({ bg }) => contrast(colour, bg) >= visible),
        contrastRule,
      ),
    ),
  ),
  target: v.exactOptional(v.pipe(v.number(targetRule), v.finite(targetRule))),
  name: v.exactOptional(v.pipe(textField(64), v.trim(), v.nonEmpty('Expected a text'))),
}
