import {
  details,
  interval,
  isShown,
  longestLabel,
  margin,
  sample,
  silence,
  toldWithin,
} from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import { isolate } from '../isolate.ts'
import { type Markup, markup } from '../markup.ts'
import { linear } from '../scale.ts'
import type { Point } from '../series.ts'
import { strokes } from '../stroke.ts'
import { clip, shorten, textWidth } from '../text.ts'
import { ground, night, paletteOf } from '../theme.ts'
import { type Seen, valueAxis } from '../value-axis.ts'

const width = 240
const height = 80
const edge = 10
const top = 52
const bottom = 72
/** Less than there is: the widest sans in use is an eighth wider than the one measured. */
const room = 0.88 * (width - 2 * edge)
const sizes = { label: 13, value: 24, note: 13 }

/** A value with its line, small enough for a table's cell or a mail's column. */
export const sparkline: Chart = {
  kind: 'sparkline',
  draw(picture) {
    const { language } = picture
    const { ink, muted } = paletteOf(picture)
    const label = shorten(picture.label, longestLabel)
    const name = isolate(clip(label, room, sizes.label), language)
    const mirrored = language.direction === 'rtl'
    const start = mirrored ? markup`x="${width - edge}" direction="rtl"` : markup`x="${edge}"`
    const drawing = markup`${ground(picture, width, height)}<text class="tm-muted" ${start} y="18" font-size="${sizes.label}" fill="${muted}">${name}</text><text class="tm-ink" ${start} y="42" fill="${ink}">${headline(picture)}</text><g fill="none" stroke-linecap="round" stroke-linejoin="round">${series(picture)}</g>`
    return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${language.id}" font-family="system-ui,-apple-system,'Segoe UI',sans-serif"><title>${label}</title><desc>${details(picture)}</desc><style>text{font-variant-numeric:tabular-nums}${night(picture, drawing)}</style>${drawing}</svg>`
  },
}

/** The value, and its notes as far as they fit. */
function headline(picture: Picture): Markup {
  const { total, minimum } = picture
  const { muted } = paletteOf(picture)
  if (!isShown(total, minimum)) {
    return markup`<tspan class="tm-muted" font-size="15" fill="${muted}">${clip(silence(picture), room, 15)}</tspan>`
  }
  const value = toldWithin(room, sizes.value, total.value, picture)
  let left = room - textWidth(`${value} `, sizes.value, 600)
  const notes: string[] = []
  for (const note of [margin(picture), sample(picture)]) {
    const text = note === null || notes.length === 0 ? (note ?? '') : ` · ${note}`
    left -= textWidth(text, sizes.note)
    if (text !== '' && left >= 0) notes.push(text)
  }
  return markup`<tspan font-size="${sizes.value}" font-weight="600">${value} </tspan><tspan class="tm-muted" font-size="${sizes.note}" fill="${muted}">${notes}</tspan>`
}

/** Fitted to its values, since it has no axis to read an absolute height from. */
function series(picture: Picture): Markup {
  const { range: _, ...fitted } = picture
  const { points, minimum } = fitted
  const seen = points.filter((point): point is Point & Seen => isShown(point, minimum))
  const x = linear([0, points.length - 1], [edge, width - edge])
  const y = linear(valueAxis({ unit: fitted.unit }, seen).domain, [bottom, top])
  const marks = points.map((point, index) => {
    if (!isShown(point, minimum)) return null
    const ends = interval(point)
    const { n, complete } = point
    const band = ends && ([y(ends[0]), y(ends[1])] as const)
    return { spot: [x(index), y(point.value)] as const, band, n, complete, revised: false }
  })
  return strokes(marks, picture)
}
