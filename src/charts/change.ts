import { absence, details, interval, isShown, phrase, told } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import { type Change, changeOf, isChance } from '../compare.ts'
import { formatChange, formatDate } from '../format.ts'
import { frame, nothing } from '../frame.ts'
import type { Estimate } from '../kpi.ts'
import type { Language } from '../language.ts'
import { type Content, markup } from '../markup.ts'
import { bars, dots, type Spot } from '../path.ts'
import { type Lanes, drawRows, laneScale } from '../rows.ts'
import { paletteOf } from '../theme.ts'
import type { Seen } from '../value-axis.ts'
import type { Window } from '../window.ts'

/** The window beside the one before it, and by how much the value changed. */
export const change: Chart = {
  kind: 'change',
  needs: 'before',
  draw(picture) {
    const { before, total, minimum, language } = picture
    if (before === undefined) {
      return frame(picture, { description: details(picture), axes: nothing(picture) })
    }
    const known = isShown(before.total, minimum) && isShown(total, minimum)
    const found = known ? finite(changeOf(picture, before.total, total)) : null
    const words = found && changeWords(found, picture)
    const difference = words === null ? [] : [{ name: phrase(language, 'change'), value: words }]
    const rows = [
      { name: daysWords(before, language), value: valueWords(before.total, picture) },
      { name: daysWords(picture, language), value: valueWords(total, picture) },
      ...difference,
    ]
    const verdict = found !== null && isChance(found) === true ? phrase(language, 'noChange') : ''
    const sentence = [...rows.map(({ name, value }) => `${name}: ${value}`), verdict]
    return frame(picture, {
      description: details(
        { ...picture, points: [] },
        sentence.filter((each) => each !== '').join('; '),
      ),
      axes: drawRows(picture, {
        rows,
        brief: difference[0],
        footer: verdict,
        marks: (lanes) =>
          isShown(before.total, minimum) && isShown(total, minimum) && found !== null
            ? marks([before.total, total], found, picture, lanes)
            : null,
      }),
    })
  },
}

/** Two numbers near the ends of what can be told may be too far apart for their difference. */
function finite(found: Change): Change | null {
  const { absolute, low, high } = found
  if (absolute === null || !Number.isFinite(absolute)) return null
  const bounded = Number.isFinite(low) && Number.isFinite(high)
  return bounded ? found : { ...found, low: null, high: null }
}

/** Without the year, which the description has: both windows are near each other. */
function daysWords({ from, to }: Window, language: Language): string {
  return [...new Set([from, to])].map((day) => formatDate(day, 'day', language)).join(' – ')
}

function valueWords(estimate: Estimate, picture: Picture): string {
  if (!isShown(estimate, picture.minimum)) return absence({ ...picture, total: estimate })
  const ends = interval(estimate)?.map((end) => told(end, picture))
  return ends === undefined
    ? told(estimate.value, picture)
    : `${told(estimate.value, picture)} (${ends.join(' … ')})`
}

function changeWords(found: Change, picture: Picture): string | null {
  const { unit, language, currency } = picture
  if (found.absolute === null) return null
  const by = (value: number) => formatChange(value, unit, language, currency)
  if (found.low === null || found.high === null) return by(found.absolute)
  return `${by(found.absolute)} (${by(found.low)} … ${by(found.high)})`
}

/**
 * Both values, and the change on an axis of its own whose zero is the earlier value: where its
 * interval crosses the dashed line, nothing is decided (M. J. Gardner and D. G. Altman, British Medical
 * Journal 292, 1986).
 */
function marks(
  [before, after]: readonly [Seen, Seen],
  found: Change,
  picture: Picture,
  lanes: Lanes,
): Content {
  const { accent, muted } = paletteOf(picture)
  const shift = (by: number) => before.value + by
  const ends =
    found.low === null || found.high === null
      ? null
      : ([shift(found.low), shift(found.high)] as const)
  const shown = [
    { value: before.value, ends: interval(before) },
    { value: after.value, ends: interval(after) },
    { value: after.value, ends },
  ]
  const x = laneScale(
    shown.flatMap(({ value, ends }) => [value, ...(ends ?? [])]),
    lanes,
  )
  const y = (index: number) => lanes.middles[index] ?? 0
  const spots = shown.map(({ value }, index): Spot => [x(value), y(index)])
  const lines = bars(
    shown.flatMap(({ ends }, index) =>
      ends === null
        ? []
        : [
            [
              [x(ends[0]), y(index)],
              [x(ends[1]), y(index)],
            ] as const,
          ],
    ),
  )
  const zero = bars([
    [
      [x(before.value), y(0)],
      [x(before.value), y(2) + 6],
    ],
  ])
  return markup`<g fill="none" stroke-linecap="round"><path class="tm-rule" stroke="${muted}" stroke-width="1.5" stroke-dasharray="5 5" stroke-linecap="butt" d="${zero}"/>${lines && markup`<path class="tm-line" stroke="${accent}" stroke-width="2.5" stroke-opacity=".4" d="${lines}"/>`}<path class="tm-line" stroke="${accent}" stroke-width="8" d="${dots(spots)}"/></g>`
}
