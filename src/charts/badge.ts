import { caption, longestLabel } from '../caption.ts'
import type { Chart, Picture } from '../chart.ts'
import { isolate } from '../isolate.ts'
import { type Markup, markup } from '../markup.ts'
import { messageOf, plain } from '../message.ts'
import { light, slate } from '../palette.ts'
import { clip, shorten, textWidth } from '../text.ts'
import { type Verdict, verdict } from '../verdict.ts'

const white = '#ffffff'
/** Room for the label. */
const widest = 280

/** The measures of one style. */
interface Shape {
  readonly height: number
  readonly baseline: number
  readonly size: number
  readonly padding: number
  readonly radius: number
  /** Capitals, which are set this much apart; `null` keeps a text as it is. */
  readonly capitals: number | null
}

const flat: Shape = { height: 20, baseline: 14.5, size: 13, padding: 8, radius: 4, capitals: null }

const shapes: Readonly<Record<(typeof plain)['style'], Shape>> = {
  flat,
  'flat-square': { ...flat, radius: 0 },
  'for-the-badge': { height: 28, baseline: 18.5, size: 12, padding: 12, radius: 0, capitals: 1 },
}

/**
 * A value in one line, for a README or a signature: opaque, so that it suits any page. Where words are
 * read from the right, the name stands at the right, so that it is met first there as well.
 */
export const badge: Chart = {
  kind: 'badge',
  draw(picture) {
    const { language } = picture
    const shape = shapeOf(picture)
    const { height, size } = shape
    const full = shorten(picture.label, longestLabel)
    const label = clip(cased(full, picture), widest, size)
    const { value, rest } = messageOf(picture)
    const { fill, ink } = colours[verdict(picture)]
    const name = words(picture, '', isolate(label, language), white)
    const message = words(picture, cased(value, picture), cased(rest, picture), ink)
    const mirrored = language.direction === 'rtl'
    const border = mirrored ? message.width : name.width
    const width = name.width + message.width
    const [near, far] = mirrored ? [fill, slate] : [slate, fill]
    return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${full}: ${value}${rest}" lang="${language.id}"><title>${full}: ${caption(picture)}</title>${side(near, border, 0, shape)}${side(far, border, width, shape)}<g font-family="system-ui,-apple-system,'Segoe UI',sans-serif" font-size="${size}">${name.draw(mirrored ? border : 0)}${message.draw(mirrored ? 0 : border)}</g></svg>`
  },
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

function shapeOf({ badge: look }: Picture): Shape {
  return shapes[(look ?? plain).style]
}

function cased(text: string, picture: Picture): string {
  const { capitals } = shapeOf(picture)
  return capitals === null ? text : text.toLocaleUpperCase(picture.language.id)
}

/** The ground from a border between two sides to the end of the badge, with its outer corners. */
function side(fill: string, from: number, end: number, { height, radius }: Shape): Markup {
  const [sign, sweep] = end === 0 ? [1, 0] : [-1, 1]
  const corner = (across: number, down: number) =>
    radius > 0 && `a${radius} ${radius} 0 0 ${sweep} ${across} ${down}`
  const inwards = sign * radius
  return markup`<path fill="${fill}" d="M${from} 0H${end + inwards}${corner(-inwards, radius)}v${height - 2 * radius}${corner(inwards, radius)}H${from}z"/>`
}

/** Scripts whose letters join or stack: they are widened, because spreading them would tear words apart. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}]/u

interface Side {
  /** With its padding; of a side without words, that of the padding alone. */
  readonly width: number
  readonly draw: (x: number) => Markup | null
}

/** The words of one side, the first of them bold, stretched for readers whose sans has other widths. */
function words(picture: Picture, strong: string, rest: string, ink: string): Side {
  const { size, padding, baseline, capitals } = shapeOf(picture)
  const whole = strong + rest
  const mirrored = picture.language.direction === 'rtl'
  // The marks that keep pieces in their order have no width to be spread by.
  const joins = mirrored || joined.test(whole)
  const spread = joins ? 0 : (capitals ?? 0) * Array.from(whole).length
  const length = textWidth(strong, size, 600) + textWidth(rest, size) + spread
  const width = Math.round(length + 2 * padding)
  const bold = strong && markup`<tspan font-weight="600">${strong}</tspan>`
  const draw = (x: number) =>
    whole === ''
      ? null
      : markup`<text x="${mirrored ? x + width - padding : x + padding}"${mirrored && markup` direction="rtl"`} textLength="${width - 2 * padding}"${joins && markup` lengthAdjust="spacingAndGlyphs"`} y="${baseline}" fill="${ink}">${bold}${rest}</text>`
  return { width, draw }
}
