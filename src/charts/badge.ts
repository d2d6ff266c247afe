import { caption, isShown, longestLabel, margin, sample, silence } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import { formatValue } from '../format.ts'
import { type Markup, markup } from '../markup.ts'
import { light, slate } from '../palette.ts'
import { clip, shorten, textWidth } from '../text.ts'
import { type Verdict, verdict } from '../verdict.ts'

const height = 20
const baseline = 14.5
const size = 13
const padding = 8
const radius = 4
const white = '#ffffff'
/** Room for the label. */
const widest = 280

/** A value in one line, for a README or a signature: opaque, so that it suits any page. */
export const badge: Chart = {
  kind: 'badge',
  draw(picture) {
    const full = shorten(picture.label, longestLabel)
    const label = clip(full, widest, size)
    const [value, rest] = message(picture)
    const { fill, ink } = colours[verdict(picture)]
    const left = Math.round(textWidth(label, size) + 2 * padding)
    const right = Math.round(textWidth(value, size, 600) + textWidth(rest, size) + 2 * padding)
    const width = left + right
    const words = label === '' ? null : text(label, label, padding, left, white)
    const strong = markup`${value && markup`<tspan font-weight="600">${value}</tspan>`}${rest}`
    return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${full}: ${value}${rest}" lang="${picture.language.id}"><title>${full}: ${caption(picture)}</title><path fill="${slate}" d="M${left} 0H${radius}a${radius} ${radius} 0 0 0-${radius} ${radius}v${height - 2 * radius}a${radius} ${radius} 0 0 0 ${radius} ${radius}H${left}z"/><path fill="${fill}" d="M${left} 0H${width - radius}a${radius} ${radius} 0 0 1 ${radius} ${radius}v${height - 2 * radius}a${radius} ${radius} 0 0 1-${radius} ${radius}H${left}z"/><g font-family="system-ui,-apple-system,'Segoe UI',sans-serif" font-size="${size}">${words}${text(strong, value + rest, left + padding, width, ink)}</g></svg>`
  },
}

/** The value, and what follows it in a lighter weight. */
function message(picture: Picture): readonly [value: string, rest: string] {
  const { total, minimum, unit, language } = picture
  if (!isShown(total, minimum)) return ['', silence(picture)]
  const half = margin(picture)
  const rest = `${half === null ? '' : ` ${half}`} · ${sample(picture)}`
  return [formatValue(total.value, unit, language), rest]
}

interface Colours {
  readonly fill: string
  readonly ink: string
}

const colours: Readonly<Record<Verdict, Colours>> = {
  better: { fill: light.up, ink: white },
  worse: { fill: light.down, ink: white },
  even: { fill: light.mid, ink: light.ink },
  neutral: { fill: light.accent, ink: white },
}

/** Scripts whose letters join or stack: they are widened, because spreading them would tear words apart. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}]/u

/** Text between two places, stretched to fit for readers whose sans is wider or narrower than ours. */
function text(
  content: string | Markup,
  measured: string,
  from: number,
  to: number,
  ink: string,
): Markup {
  const widened = joined.test(measured) && markup` lengthAdjust="spacingAndGlyphs"`
  return markup`<text x="${from}" textLength="${to - padding - from}"${widened} y="${baseline}" fill="${ink}">${content}</text>`
}
