import type { FontPoint } from './true-type.ts'

/** A sign that the face lacks: a letter of it, if any, with more lines. */
interface Sign {
  readonly letter: string
  readonly contours: readonly (readonly FontPoint[])[]
}

type Place = readonly [x: number, y: number]

/** Straight lines through places, in parts of the size of the text. */
function straight(...places: readonly Place[]): FontPoint[] {
  return clockwise(places.map(([x, y]) => ({ x, y, on: true })))
}

/** Like {@link straight}, but every third place is one that a curve only bends towards. */
function curved(...places: readonly Place[]): FontPoint[] {
  return clockwise(places.map(([x, y], index) => ({ x, y, on: index % 3 !== 1 })))
}

/** Outer lines of the face run so, and lines that overlap must run the same way to be one. */
function clockwise(points: readonly FontPoint[]): FontPoint[] {
  const area = points.reduce((sum, { x, y }, index) => {
    const next = points[(index + 1) % points.length]
    return next === undefined ? sum : sum + x * next.y - next.x * y
  }, 0)
  return area > 0 ? points.toReversed() : [...points]
}

function bar(left: number, right: number, bottom: number): FontPoint[] {
  const top = bottom + 0.07
  return straight([left, bottom], [left, top], [right, top], [right, bottom])
}

/** Signs of money that are younger than the face. */
export const byHand: ReadonlyMap<string, Sign> = new Map([
  ['₽', { letter: 'P', contours: [bar(0.01, 0.43, 0.14)] }],
  ['₸', { letter: 'T', contours: [bar(0.02, 0.59, 0.49)] }],
  [
    '₺',
    {
      letter: '',
      contours: [
        straight([0.17, 0], [0.17, 0.688], [0.26, 0.688], [0.26, 0]),
        straight([0.04, 0.28], [0.04, 0.36], [0.44, 0.5], [0.44, 0.42]),
        straight([0.04, 0.42], [0.04, 0.5], [0.44, 0.64], [0.44, 0.56]),
        curved([0.26, 0], [0.58, 0], [0.58, 0.33], [0.49, 0.33], [0.49, 0.075], [0.26, 0.075]),
      ],
    },
  ],
  [
    '₹',
    {
      letter: '',
      contours: [
        bar(0.05, 0.55, 0.618),
        bar(0.05, 0.55, 0.455),
        curved(
          [0.16, 0.688],
          [0.47, 0.688],
          [0.47, 0.49],
          [0.38, 0.49],
          [0.38, 0.618],
          [0.16, 0.618],
        ),
        curved([0.47, 0.49], [0.47, 0.28], [0.13, 0.28], [0.13, 0.35], [0.38, 0.35], [0.38, 0.49]),
        straight([0.13, 0.35], [0.25, 0.35], [0.5, 0], [0.38, 0]),
      ],
    },
  ],
])
