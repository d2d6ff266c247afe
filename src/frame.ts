import {
  absence,
  asOf,
  intervalWords,
  longestLabel,
  isShown,
  margin,
  sample,
  silence,
  toldWithin,
} from './caption.ts'
import type { Picture } from './chart.ts'
import { isolate } from './isolate.ts'
import { type Content, type Markup, markup } from './markup.ts'
import { memo } from './memo.ts'
import { clip, shorten, textWidth } from './text.ts'
import { classesIn, ground, night, paletteOf } from './theme.ts'

/** Every chart is drawn at this size and scales to any other. */
export const width = 600
export const height = 240
/** The margin on the left and the right. */
export const edge = 24
/** Less than there is, because the reader's own sans may be wider than the one measured. */
const room = (width - 2 * edge) * 0.93

/** How large the picture is shown: as drawn, shrunk to the width of a phone, or to a sparkline. */
const looks = ['wide', 'phone', 'spark'] as const

type Look = (typeof looks)[number]

/** Sizes of text in units of the drawing, so that shrunk text can still be read. */
export const sizes = {
  label: { wide: 15, phone: 20, spark: 34 },
  value: { wide: 24, phone: 34, spark: 68 },
  silence: { wide: 18, phone: 28, spark: 40 },
  note: { wide: 13, phone: 20, spark: 34 },
} as const satisfies Record<string, Record<Look, number>>

/** Where a sparkline has its plot. */
export const sparkline = { top: 148, bottom: 224 } as const

/** What stands below the value. */
interface Body {
  /** What is to be seen, in words. */
  readonly description: string
  /** Gridlines, axis text and rows, for which a sparkline has no room. */
  readonly axes: Content
  readonly plot?: Markup
  /** The CSS transform that takes the plot to its place in a {@link sparkline}. */
  readonly transform?: string
}

/** A whole chart: the name, the value with what defends it, and the body. */
export function frame(picture: Picture, { description, axes, plot, transform }: Body): Markup {
  const label = shorten(picture.label, longestLabel)
  const drawing = markup`${ground(picture, width, height)}${heading(label, picture)}<text class="tm-head tm-ink" ${start(picture)} y="60" fill="${paletteOf(picture).ink}">${headline(picture)}</text>${axes}${plot && markup`<g class="tm-plot" fill="none" stroke-linecap="round" stroke-linejoin="round">${plot}</g>`}`
  const used = classesIn(drawing)
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${picture.language.id}" font-family="system-ui,-apple-system,'Segoe UI',sans-serif"><title>${label}</title><desc>${description}</desc><style>${sheet(used, transform)}${night(picture, drawing, used)}</style>${drawing}</svg>`
}

/** In place of a body: there is nothing to draw, and why. */
export function nothing(picture: Picture): Markup {
  const { muted } = paletteOf(picture)
  return markup`<text class="tm-large tm-note tm-muted" ${start(picture)} y="150" font-size="${sizes.note.wide}" fill="${muted}">${absence(picture)}</text>`
}

/** Where words begin: name and value stand at the right in Arabic and Hebrew, as their readers start there. */
function start({ language }: Picture): Markup {
  return language.direction === 'rtl'
    ? markup`x="${width - edge}" direction="rtl"`
    : markup`x="${edge}"`
}

/**
 * Media queries in an image ask for the image's own size, so that one file suits every place. Only
 * classes that the drawing has get a rule.
 */
function sheet(used: string, transform: string | undefined): Markup {
  const moved =
    transform !== undefined && used.includes('plot ') && markup`.tm-plot{transform:${transform}}`
  return markup`${rules(used)}${moved}}`
}

/** All but the end of a sheet. There are few sets of classes. */
const rules = memo((used: string) => {
  const names = used.split(' ')
  const rule = (name: string, style: string, part = '') =>
    names.includes(name) && markup`.tm-${name}${part}{${style}}`
  const sizing = (look: Look, label: number) => [
    rule('label', `font-size:${sizes.label[look]}px;transform:translateY(${label}px)`),
    rule('value', `font-size:${sizes.value[look]}px`),
    rule('silence', `font-size:${sizes.silence[look]}px`),
    rule('note', `font-size:${sizes.note[look]}px`),
  ]
  const hide = (name: string) => rule(name, 'display:none')
  const show = (name: string) => rule(name, 'display:inline')
  const plot = rule('plot', 'vector-effect:non-scaling-stroke', ' path')
  return markup`text{font-variant-numeric:tabular-nums}@media(max-width:480px){${sizing('phone', -4)}${hide('wide')}${show('phone')}${plot}}@media(max-width:300px){${sizing('spark', 14)}${hide('axis')}${hide('large')}${show('spark')}.tm-head{transform:translateY(60px)}`
}, 100)

/** The name as far as it fits; a look with less room than the one above it gets its own, shorter one. */
function heading(label: string, picture: Picture): Markup {
  const { muted } = paletteOf(picture)
  const [wide, phone, spark] = looks.map((look) => clip(label, room, sizes.label[look]))
  const line = (text: string | undefined, classes: string, shown: boolean) =>
    markup`<text class="tm-label tm-muted${classes}" ${start(picture)} y="28" font-size="${sizes.label.wide}" fill="${muted}"${!shown && markup` display="none"`}>${isolate(text ?? '', picture.language)}</text>`
  if (wide === spark) return line(wide, '', true)
  if (wide === phone) {
    return markup`${line(wide, ' tm-large', true)}${line(spark, ' tm-spark', false)}`
  }
  return markup`${line(wide, ' tm-wide', true)}${line(phone, ' tm-phone tm-large', false)}${line(spark, ' tm-spark', false)}`
}

/** The value, then its notes as far as they fit, which a look with less room may end earlier. */
function headline(picture: Picture): Markup {
  const { total, minimum } = picture
  if (!isShown(total, minimum)) {
    return markup`<tspan class="tm-silence" font-size="${sizes.silence.wide}">${silence(picture)}</tspan>`
  }
  const value = toldWithin(room, sizes.value.spark, total.value, picture)
  const fits = (line: string, look: Look) =>
    textWidth(value, sizes.value[look], 600) + textWidth(` ${line}`, sizes.note[look]) <= room
  let line = ''
  const notes: Markup[] = []
  for (const note of [margin(picture) ?? intervalWords(picture), sample(picture), asOf(picture)]) {
    if (note === null) continue
    const text = line === '' ? note : ` · ${note}`
    line += text
    if (!fits(line, 'wide')) break
    const hidden = fits(line, 'phone') ? (fits(line, 'spark') ? null : 'large') : 'wide'
    notes.push(
      hidden === null ? markup`${text}` : markup`<tspan class="tm-${hidden}">${text}</tspan>`,
    )
  }
  return markup`<tspan class="tm-value" font-size="${sizes.value.wide}" font-weight="600">${value} </tspan><tspan class="tm-note tm-muted" font-size="${sizes.note.wide}" fill="${paletteOf(picture).muted}">${notes}</tspan>`
}
