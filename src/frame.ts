import { asOf, intervalWords, longestLabel, isShown, margin, sample, silence } from './caption.ts'
import type { Picture } from './chart.ts'
import { formatValue } from './format.ts'
import { type Content, type Markup, markup } from './markup.ts'
import { dark, light, type Palette } from './palette.ts'
import { clip, shorten, textWidth } from './text.ts'

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
  /** Gridlines and axis text, for which a sparkline has no room. */
  readonly axes: Content
  readonly plot: Content
  /** The CSS transform that takes the plot to its place in a {@link sparkline}. */
  readonly transform: string
}

/** A whole chart: the name, the value with what defends it, and the body. */
export function frame(picture: Picture, body: Body): Markup {
  const { bg, ink } = paletteOf(picture)
  const label = shorten(picture.label, longestLabel)
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${picture.language.id}" font-family="system-ui,-apple-system,'Segoe UI',sans-serif"><title>${label}</title><desc>${body.description}</desc><style>${sheet(picture, body.transform)}</style><path class="tm-bg" fill="${bg}" d="M-${width}-${height}H${2 * width}V${2 * height}H-${width}z"/>${heading(label, picture)}<text class="tm-head tm-ink" x="${edge}" y="60" fill="${ink}">${headline(picture)}</text>${body.axes}<g class="tm-plot" fill="none" stroke-linecap="round" stroke-linejoin="round">${body.plot}</g></svg>`
}

/** The colours to draw in; `auto` is drawn for paper and darkened by its own style sheet. */
export function paletteOf({ theme }: Picture): Palette {
  return theme === 'dark' ? dark : light
}

/** Media queries in an image ask for the image's own size, so that one file suits every place. */
function sheet({ theme }: Picture, transform: string): Markup {
  const night = markup`@media(prefers-color-scheme:dark){.tm-bg{fill:${dark.bg}}.tm-ink{fill:${dark.ink}}.tm-muted{fill:${dark.muted}}.tm-grid{stroke:${dark.line}}.tm-line{stroke:${dark.accent}}.tm-fill{fill:${dark.accent}}.tm-hole{stroke:${dark.bg}}}`
  return markup`text{font-variant-numeric:tabular-nums}@media(max-width:480px){${sizing('phone')}.tm-label{transform:translateY(-4px)}.tm-wide{display:none}.tm-phone{display:inline}.tm-plot path{vector-effect:non-scaling-stroke}}@media(max-width:300px){${sizing('spark')}.tm-axis,.tm-large{display:none}.tm-spark{display:inline}.tm-label{transform:translateY(14px)}.tm-head{transform:translateY(60px)}.tm-plot{transform:${transform}}}${theme === 'auto' && night}`
}

function sizing(look: Look): Markup {
  return markup`.tm-label{font-size:${sizes.label[look]}px}.tm-value{font-size:${sizes.value[look]}px}.tm-silence{font-size:${sizes.silence[look]}px}.tm-note{font-size:${sizes.note[look]}px}`
}

/** The name as far as it fits; a look with less room than the one above it gets its own, shorter one. */
function heading(label: string, picture: Picture): Markup {
  const { muted } = paletteOf(picture)
  const [wide, phone, spark] = looks.map((look) => clip(label, room, sizes.label[look]))
  const line = (text: string | undefined, classes: string, shown: boolean) =>
    markup`<text class="tm-label tm-muted${classes}" x="${edge}" y="28" font-size="${sizes.label.wide}" fill="${muted}"${!shown && markup` display="none"`}>${text}</text>`
  if (wide === spark) return line(wide, '', true)
  if (wide === phone) {
    return markup`${line(wide, ' tm-large', true)}${line(spark, ' tm-spark', false)}`
  }
  return markup`${line(wide, ' tm-wide', true)}${line(phone, ' tm-phone tm-large', false)}${line(spark, ' tm-spark', false)}`
}

/** The value, then its notes as far as they fit, which a look with less room may end earlier. */
function headline(picture: Picture): Markup {
  const { total, minimum, unit, language } = picture
  if (!isShown(total, minimum)) {
    return markup`<tspan class="tm-silence" font-size="${sizes.silence.wide}">${silence(picture)}</tspan>`
  }
  const value = formatValue(total.value, unit, language)
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
