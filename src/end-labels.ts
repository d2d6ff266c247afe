import { edge, sizes } from './frame.ts'
import { type Content, markup } from './markup.ts'
import { textWidth } from './text.ts'

/** Words at the right end of what they name, in place of a legend. */
export interface EndLabel {
  readonly text: string
  /** The height of what it names. */
  readonly y: number
  /** Classes and attributes that colour it. */
  readonly style: Content
  readonly weight: 400 | 600
}

/** Between the plot and its labels. */
const gap = 8
/** Between the middles of two labels: the height of a line on a phone. */
const pitch = 24

/** The room that labels need beside a plot, with what parts them from it. */
export function endRoom(labels: readonly Pick<EndLabel, 'text' | 'weight'>[]): number {
  const widths = labels.map(({ text, weight }) => textWidth(text, sizes.note.phone, weight))
  return edge + gap + Math.max(0, ...widths)
}

/** Draws labels at `x`, a whole number, each as near as it can be to what it names and a line away from the others. */
export function endLabels(
  labels: readonly EndLabel[],
  x: number,
  [top, bottom]: readonly [top: number, bottom: number],
): Content {
  const sorted = labels.toSorted((one, other) => one.y - other.y)
  const places: number[] = []
  for (const { y } of sorted) places.push(Math.max(y, (places.at(-1) ?? top - pitch) + pitch))
  for (let index = places.length - 1, below = bottom + pitch; index >= 0; index--) {
    below = Math.min(places[index] ?? below, below - pitch)
    places[index] = below
  }
  return sorted.map(
    ({ text, style, weight }, index) =>
      markup`<text${style} x="${x + gap}" y="${((places[index] ?? top) + 5).toFixed(1)}"${weight === 600 && markup` font-weight="600"`}>${text}</text>`,
  )
}
