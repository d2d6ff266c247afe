import type { Spot } from './path.ts'

/** A line through points, given as x, y, x, y … in pixels. */
export interface Contour {
  readonly points: readonly number[]
  /** Whether it leads back to where it began. */
  readonly closed: boolean
}

/** How far a line may leave the curve that it stands for, in pixels. */
const tolerance = 0.05

/** Adds the end of a quadratic Bézier curve, and as many points before it as it takes to look round. */
export function bend(points: number[], [byX, byY]: Spot, [toX, toY]: Spot): void {
  const fromX = points.at(-2) ?? toX
  const fromY = points.at(-1) ?? toY
  const bow = Math.hypot(fromX - 2 * byX + toX, fromY - 2 * byY + toY)
  const steps = Math.ceil(Math.sqrt(bow / (4 * tolerance)))
  for (let step = 1; step < steps; step++) {
    const t = step / steps
    const u = 1 - t
    points.push(u * u * fromX + 2 * u * t * byX + t * t * toX)
    points.push(u * u * fromY + 2 * u * t * byY + t * t * toY)
  }
  points.push(toX, toY)
}

/**
 * Reads the path data that our pictures have (SVG 2 section 9.3): M, L, H, V, A and Z, absolute or
 * relative, in units of `scale` pixels. Arcs are not turned. Data ends where it cannot be read.
 */
export function contoursOf(data: string, scale: number): Contour[] {
  const contours: Contour[] = []
  let points: number[] = []
  let start: Spot = [0, 0]
  let place: Spot = start
  const finish = (closed: boolean) => {
    if (points.length > 0) contours.push({ points, closed })
    points = []
  }
  for (const { command, numbers } of stepsOf(data)) {
    const kind = command.toLowerCase()
    if (kind === 'z') {
      finish(true)
      place = start
      continue
    }
    const to = endOf(command, numbers, place)
    if (kind === 'm') {
      finish(false)
      start = to
    } else if (points.length === 0) {
      points.push(place[0] * scale, place[1] * scale)
    }
    if (kind === 'a') arc(points, numbers, [place, to], scale)
    points.push(to[0] * scale, to[1] * scale)
    place = to
  }
  finish(false)
  return contours
}

interface Step {
  readonly command: string
  readonly numbers: readonly number[]
}

/** How many numbers each command takes. */
const lengths: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, a: 7, z: 0 }

/** What numbers without a letter before them mean, where that is not the same once more. */
const following: Readonly<Record<string, string>> = { M: 'L', m: 'l', Z: '', z: '' }

function* stepsOf(data: string): Generator<Step> {
  const words = data.match(/[a-z]|-?(?:\d+\.?\d*|\.\d+)/gi) ?? []
  let command = ''
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? ''
    if (/[a-z]/i.test(word)) {
      command = word
      at++
    }
    const length = lengths[command.toLowerCase()]
    const numbers = words.slice(at, at + (length ?? 0)).map(Number)
    if (numbers.length !== length || numbers.includes(NaN)) return
    yield { command, numbers }
    command = following[command] ?? command
    at += length
  }
}

function endOf(command: string, numbers: readonly number[], [x, y]: Spot): Spot {
  const kind = command.toLowerCase()
  const [fromX, fromY] = command === kind ? [x, y] : [0, 0]
  const [first = 0, second = 0] = numbers.slice(-2)
  if (kind === 'h') return [fromX + first, y]
  return kind === 'v' ? [x, fromY + first] : [fromX + first, fromY + second]
}

/** The points between the ends of an arc, by its centre (SVG 2 appendix B.2.4). */
function arc(
  points: number[],
  [radiusX = 0, radiusY = 0, , large = 0, sweep = 0]: readonly number[],
  [[fromX, fromY], [toX, toY]]: readonly [Spot, Spot],
  scale: number,
): void {
  const halfX = (fromX - toX) / 2 / radiusX
  const halfY = (fromY - toY) / 2 / radiusY
  const half = Math.hypot(halfX, halfY)
  if (!(half > 0) || !Number.isFinite(half)) return
  // Radii that are too short to reach are stretched until they do.
  const grown = Math.max(1, half)
  const height = Math.sqrt(Math.max(0, (grown / half) ** 2 - 1)) * (large === sweep ? -1 : 1)
  const [centreX, centreY] = [height * halfY, -height * halfX]
  const begin = Math.atan2(halfY - centreY, halfX - centreX)
  const end = Math.atan2(-halfY - centreY, -halfX - centreX)
  const whole = 2 * Math.PI
  const turn = sweep === 1 ? (end - begin + whole) % whole : -((begin - end + whole) % whole)
  const radius = Math.max(radiusX, radiusY) * grown
  const steps = Math.ceil(
    Math.abs(turn) / Math.acos(1 - tolerance / (radius * scale + tolerance)) / 2,
  )
  for (let step = 1; step < steps; step++) {
    const angle = begin + (turn * step) / steps
    points.push(((fromX + toX) / 2 + radiusX * (centreX + grown * Math.cos(angle))) * scale)
    points.push(((fromY + toY) / 2 + radiusY * (centreY + grown * Math.sin(angle))) * scale)
  }
}
