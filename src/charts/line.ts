import { details, interval, isShown, toldShort } from '../caption.ts'
import type { Chart } from '../chart.ts'
import type { EndLabel } from '../end-labels.ts'
import { frame } from '../frame.ts'
import { goalWords } from '../goal.ts'
import { markup } from '../markup.ts'
import { axes, goalEnd, goalLine, plotOf, tickWords, toSparkline } from '../plot.ts'
import { strokes } from '../stroke.ts'
import { paletteOf } from '../theme.ts'
import { valueAxis } from '../value-axis.ts'

/** Values over time, with their intervals. */
export const line: Chart = {
  kind: 'line',
  draw(picture) {
    const { points, minimum, range } = picture
    const shown = points.map((point) => (isShown(point, minimum) ? point : null))
    const seen = shown.filter((point) => point !== null)
    const axis = valueAxis(picture, seen)
    const ticks = seen.length > 0 || range ? tickWords(picture, axis) : []
    const newest = seen.at(-1)
    const latest = { text: newest ? toldShort(newest.value, picture) : '', weight: 600 } as const
    const plot = plotOf(picture, axis, ticks, [latest, ...goalEnd(picture)], 0)
    const { x, y } = plot
    const marks = shown.map((point, index) => {
      if (point === null) return null
      const ends = interval(point)
      return {
        spot: [x(index), y(point.value)] as const,
        band: ends && ([y(ends[0]), y(ends[1])] as const),
        n: point.n,
        complete: point.complete,
        revised: point.revised,
      }
    })
    const style = markup` class="tm-fill" fill="${paletteOf(picture).accent}"`
    const ends: EndLabel[] = newest ? [{ ...latest, y: y(newest.value), style }] : []
    return frame(picture, {
      description: details(picture, goalWords(picture)),
      axes: axes(picture, plot, ends),
      plot: markup`${goalLine(picture, plot)}${strokes(marks, picture)}`,
      transform: toSparkline(plot),
    })
  },
}
