import { details, interval, isShown } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import { edge, frame, nothing, sizes, sparkline, width } from '../frame.ts'
import { goalWords } from '../goal.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { type Box, bars, boxes } from '../path.ts'
import { tickWords } from '../plot.ts'
import { type Axis, linear } from '../scale.ts'
import { textWidth } from '../text.ts'
import { paletteOf } from '../theme.ts'
import { valueAxis } from '../value-axis.ts'

/** Where the bar lies. */
const middle = 150
const height = 28

/** The value against its target, on a straight scale: a bullet graph, after Stephen Few, 2006. */
export const gauge: Chart = {
  kind: 'gauge',
  needs: 'target',
  draw(picture) {
    const { total, minimum, target } = picture
    const words = goalWords(picture)
    if (target === undefined || words === null) {
      return frame(picture, { description: details(picture), axes: nothing(picture) })
    }
    const axis = valueAxis(
      picture,
      isShown(total, minimum) ? [total] : [{ ...nobody, value: target }],
      0,
    )
    const x = linear(axis.domain, [edge, width - edge])
    return frame(picture, {
      description: details({ ...picture, points: [] }, words),
      axes: markup`<g class="tm-axis tm-note" font-size="${sizes.note.wide}">${labels(axis, x, picture)}${name(words, x(target), picture)}</g>`,
      plot: bullet(picture, x, target),
      transform: `translateY(${(sparkline.top + sparkline.bottom) / 2 - middle}px)`,
    })
  },
}

/** Where the value may not be seen, the scale is that of the target alone. */
const nobody = { n: 0, low: null, high: null }

type Scale = (value: number) => number

/** The ends of the scale and its middle, where one falls there. */
function labels(axis: Axis, x: Scale, picture: Picture): Content {
  const { muted } = paletteOf(picture)
  const words = tickWords(picture, axis)
  const last = words.length - 1
  const shown = words.flatMap((text, index) => {
    const anchor = index === 0 ? 'start' : index === last ? 'end' : 'middle'
    const wanted = anchor !== 'middle' || 2 * index === last
    return wanted ? [{ text, anchor, at: x(axis.ticks[index] ?? 0) }] : []
  })
  return markup`<g class="tm-muted" fill="${muted}">${shown.map(
    ({ text, anchor, at }) =>
      markup`<text x="${at.toFixed(1)}" y="${middle + height / 2 + 24}"${anchor !== 'start' && markup` text-anchor="${anchor}"`}>${text}</text>`,
  )}</g>`
}

/** The target's words, above its mark or as near to it as they fit. */
function name(words: string, at: number, picture: Picture): Markup {
  const half = textWidth(words, sizes.note.phone) / 2
  const x = Math.min(Math.max(at, edge + half), width - edge - half)
  return markup`<text class="tm-ink" x="${x.toFixed(1)}" y="${middle - height / 2 - 14}" text-anchor="middle" fill="${paletteOf(picture).ink}">${words}</text>`
}

function bullet(picture: Picture, x: Scale, target: number): Markup {
  const { total, minimum } = picture
  const { accent, ink, line } = paletteOf(picture)
  const box = (from: number, to: number, size: number): Box => {
    return { x: from, y: middle - size / 2, width: to - from, height: size }
  }
  const ends = isShown(total, minimum) ? interval(total) : null
  const whisker =
    ends &&
    bars([
      [
        [x(ends[0]), middle],
        [x(ends[1]), middle],
      ],
    ])
  const value = isShown(total, minimum) ? boxes([box(x(0), x(total.value), 12)]) : ''
  return markup`<path class="tm-track" fill="${line}" d="${boxes([box(edge, width - edge, height)])}"/>${value && markup`<path class="tm-fill" fill="${accent}" d="${value}"/>`}${whisker && markup`<path class="tm-whisker" stroke="${ink}" stroke-width="2.5" d="${whisker}"/>`}<path class="tm-ink" fill="${ink}" d="${boxes([box(x(target) - 1.5, x(target) + 1.5, height + 12)])}"/>`
}
