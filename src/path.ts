import { memo } from './memo.ts'

/** A place in a picture, in its own units. */
export type Spot = readonly [x: number, y: number]

/** SVG path data through each run of spots, in tenths of a unit and relative steps to stay small. */
export function trace(runs: readonly (readonly Spot[])[], end: '' | 'z' = ''): string {
  let data = ''
  for (const run of runs) {
    let beforeX = 0
    let beforeY = 0
    let before: string | undefined
    for (const [index, spot] of run.entries()) {
      const x = Math.round(spot[0] * 10)
      const y = Math.round(spot[1] * 10)
      const across = short(x - beforeX)
      const down = short(y - beforeY)
      if (index === 0) {
        data += `M${across}${gap(across, down)}${down}l`
      } else {
        data += gap(before, across) + across + gap(across, down) + down
        before = down
      }
      beforeX = x
      beforeY = y
    }
    data += end
  }
  return data
}

/** The runs between gaps, where `null` is a gap. */
export function stretches<T>(items: readonly (T | null)[]): T[][] {
  const found: T[][] = []
  let open: T[] | null = null
  for (const item of items) {
    if (item === null) {
      open = null
    } else if (open === null) {
      open = [item]
      found.push(open)
    } else {
      open.push(item)
    }
  }
  return found
}

/** Steps of no length, which a round line cap turns into dots that stay round when stretched. */
export function dots(spots: readonly Spot[]): string {
  return relative(spots)
    .map((step) => `m${step}h0`)
    .join('')
}

/** A rectangle whose height may be negative: it then reaches upwards. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Filled rectangles, in tenths of a unit and relative steps. Those without an area are left out. */
export function boxes(all: readonly Box[]): string {
  let [atX, atY] = [0, 0]
  let data = ''
  for (const box of all) {
    const [x, y] = [Math.round(box.x * 10), Math.round(box.y * 10)]
    const [width, height] = [Math.round(box.width * 10), Math.round(box.height * 10)]
    if (width === 0 || height === 0) continue
    const [across, down] = [short(x - atX), short(y - atY)]
    // A filled outline closes itself, and the next one begins at this one's last corner.
    data += `m${across}${gap(across, down)}${down}v${short(height)}h${short(width)}v${short(-height)}`
    atX = x + width
    atY = y
  }
  return data
}

/**
 * The outline of columns that stand side by side from `foot` up, each as high as its `top` and from one
 * of the `edges` to the next, in whole units.
 */
export function stairs(tops: readonly number[], edges: readonly number[], foot: number): string {
  const heights = tops.map(Math.round)
  const [start = 0, ...ends] = edges.map(Math.round)
  const steps = heights.map((height, index) => {
    const before = heights[index - 1]
    const up = before === undefined ? `V${height}` : before === height ? '' : `v${height - before}`
    return `${up}h${(ends[index] ?? start) - (ends[index - 1] ?? start)}`
  })
  return `M${start} ${foot}${steps.join('')}V${foot}z`
}

/** Lines from one end to the other, across or down, in tenths of a unit. */
export function bars(lines: readonly (readonly [from: Spot, to: Spot])[]): string {
  return lines
    .map(([from, to]) => {
      const [x, y, across, down] = [...from, to[0] - from[0], to[1] - from[1]].map((size) =>
        short(Math.round((size ?? 0) * 10)),
      )
      return `M${x}${gap(x, y ?? '')}${y}${across === '0' ? `v${down}` : `h${across}`}`
    })
    .join('')
}

/** Circles of a radius. One arc that all but returns to its start is shorter than two halves. */
export function rings(spots: readonly Spot[], radius: number): string {
  return relative(spots.map(([x, y]): Spot => [x, y - radius]))
    .map((step) => `m${step}a${radius} ${radius} 0 1 0 .1 0z`)
    .join('')
}

/** The first spot and the steps between the rounded others, so that no rounding errors add up. */
function relative(spots: readonly Spot[]): string[] {
  let beforeX = 0
  let beforeY = 0
  return spots.map((spot) => {
    const x = Math.round(spot[0] * 10)
    const y = Math.round(spot[1] * 10)
    const across = short(x - beforeX)
    const down = short(y - beforeY)
    beforeX = x
    beforeY = y
    return across + gap(across, down) + down
  })
}

/** SVG 2 section 9.3.9: a sign, or a second decimal point, begins the next number by itself. */
function gap(before: string | undefined, next: string): '' | ' ' {
  if (before === undefined || next.startsWith('-')) return ''
  return next.startsWith('.') && before.at(-2) === '.' ? '' : ' '
}

/** Steps that are shorter than a picture is wide; most of a picture is numbers. */
const short = memo(shorten, 6000)

function shorten(tenths: number): string {
  const size = Math.abs(tenths)
  const whole = Math.trunc(size / 10)
  const digits = size % 10 === 0 ? `${whole}` : `${whole === 0 ? '' : whole}.${size % 10}`
  return tenths < 0 ? `-${digits}` : digits
}
