import type { Contour } from './contour.ts'
import {
  type Area,
  areaOf,
  block,
  blockIs,
  type Coverage,
  emptyCoverage,
  whole,
} from './coverage.ts'
import type { Spot } from './path.ts'

/** How lines are drawn, in pixels. Corners are always round. */
export interface Pen {
  readonly width: number
  /** Whether ends are round, or cut off where the line ends. */
  readonly round: boolean
  /** The lengths of dashes and gaps by turns; none for a line without gaps. */
  readonly dashes: readonly number[]
}

/** One straight piece of a line; ends that are `cut` are not round. */
interface Stretch {
  readonly from: Spot
  readonly to: Spot
  readonly length: number
  readonly cutFrom: boolean
  readonly cutTo: boolean
}

/**
 * What a pen covers: of each pixel as much as its distance from the nearest stretch tells, so that stretches
 * which overlap do not add up. Exact for lines along the axes.
 */
export function stroke(contours: readonly Contour[], pen: Pen, inside: Area): Coverage | null {
  const points = contours.map((contour) => contour.points)
  const coverage = emptyCoverage(areaOf(points, pen.width / 2 + 1, inside))
  if (coverage === null) return null
  for (const contour of contours) {
    const corners = cornersOf(contour)
    const dashes = dashed(corners, pen.dashes)
    const cut = !pen.round && (dashes.length > 1 || !contour.closed)
    for (const stretch of dashes.flatMap((dash) => stretchesOf(dash, cut))) {
      cover(coverage, stretch, pen.width / 2)
    }
  }
  return coverage
}

function cornersOf({ points, closed }: Contour): Spot[] {
  const corners: Spot[] = []
  for (let at = 0; at < points.length; at += 2) {
    corners.push([points[at] ?? 0, points[at + 1] ?? 0])
  }
  return closed ? [...corners, ...corners.slice(0, 1)] : corners
}

function stretchesOf(corners: readonly Spot[], cut: boolean): Stretch[] {
  return corners.slice(1).map((to, index) => {
    const from = corners[index] ?? to
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const cutTo = cut && index === corners.length - 2
    return { from, to, length, cutFrom: cut && index === 0, cutTo }
  })
}

/** What is left of a line between gaps. */
function dashed(corners: readonly Spot[], dashes: readonly number[]): Spot[][] {
  const runs: Spot[][] = [corners.slice(0, 1)]
  const period = dashes.reduce((sum, dash) => sum + dash, 0)
  let left = period > 0 ? (dashes[0] ?? 0) : Infinity
  for (const { from, to, length } of stretchesOf(corners, false)) {
    let done = 0
    while (length - done > left) {
      done += left
      const share = done / length
      const spot: Spot = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
      runs.at(-1)?.push(spot)
      runs.push([spot])
      left = dashes[(runs.length - 1) % dashes.length] ?? 0
    }
    left -= length - done
    runs.at(-1)?.push(to)
  }
  return runs.filter((_, index) => index % 2 === 0)
}

/** Raises the levels of all pixels that a stretch comes near. */
function cover(coverage: Coverage, stretch: Stretch, radius: number): void {
  const { left, top, width, height } = coverage
  const { from, to } = stretch
  const reach = radius + 1
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const first = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach) - top)
  const end = Math.min(height, Math.ceil(Math.max(from[1], to[1]) + reach) - top)
  for (let row = first; row < end; row++) {
    // Only the part of the stretch that is near this row can reach its pixels.
    const y = row + top + 0.5 - from[1]
    const one = dy === 0 ? 0 : clamp((y - reach) / dy)
    const other = dy === 0 ? 1 : clamp((y + reach) / dy)
    const near = from[0] + Math.min(one * dx, other * dx)
    const far = from[0] + Math.max(one * dx, other * dx)
    const begin = Math.max(0, Math.floor(near - reach) - left)
    const stop = Math.min(width, Math.ceil(far + reach) - left)
    coverRow(coverage, { row, begin, stop }, stretch, radius)
  }
}

interface Run {
  readonly row: number
  readonly begin: number
  readonly stop: number
}

function coverRow(
  { left, top, stride, levels, blocks }: Coverage,
  { row, begin, stop }: Run,
  stretch: Stretch,
  radius: number,
): void {
  const { from, to, length } = stretch
  const alongX = length > 0 ? (to[0] - from[0]) / length : 1
  const alongY = length > 0 ? (to[1] - from[1]) / length : 0
  const y = row + top + 0.5 - from[1]
  for (let column = begin; column < stop; column++) {
    const x = column + left + 0.5 - from[0]
    const share = shareAt(x * alongX + y * alongY, x * alongY - y * alongX, stretch, radius)
    const level = Math.round(share * whole)
    const place = row * stride + column
    if (level <= (levels[place] ?? 0)) continue
    levels[place] = level
    blocks[Math.floor(place / block)] = blockIs.mixed
  }
}

/** How much of a pixel is covered whose middle is so far along and beside a stretch. */
function shareAt(
  along: number,
  across: number,
  { length, cutFrom, cutTo }: Stretch,
  radius: number,
): number {
  const before = along < 0 && !cutFrom ? along : 0
  const beyond = along > length && !cutTo ? along - length : before
  const distance = beyond === 0 ? Math.abs(across) : Math.sqrt(across * across + beyond * beyond)
  const share = Math.min(1, 2 * radius, radius + 0.5 - distance)
  const kept = cutFrom ? share * clamp(along + 0.5) : share
  return cutTo ? kept * clamp(length - along + 0.5) : kept
}

function clamp(share: number): number {
  return share < 0 ? 0 : share > 1 ? 1 : share
}
