import {
  type Area,
  areaOf,
  block,
  blockIs,
  type Coverage,
  emptyCoverage,
  whole,
} from './coverage.ts'

/** An edge that runs downwards, in pixels from the corner of a coverage. */
type Edge = readonly [fromX: number, fromY: number, toX: number, toY: number]

/**
 * What closed lines, given as x, y, x, y …, enclose. Each edge leaves, in the pixels it crosses, how the
 * area to its right grows; sums along a row then are coverages, exact but for shapes that overlap within a
 * pixel (as in R. Levien's font-rs). Lines that run the other way round cut holes.
 */
export function fill(lines: readonly (readonly number[])[], inside: Area): Coverage | null {
  const area = areaOf(lines, 0, inside)
  const coverage = emptyCoverage(area)
  if (coverage === null) return null
  const sums = new Float32Array(coverage.levels.length)
  for (const points of lines) {
    let x = (points.at(-2) ?? 0) - area.left
    let y = (points.at(-1) ?? 0) - area.top
    for (let at = 0; at < points.length; at += 2) {
      const toX = (points[at] ?? 0) - area.left
      const toY = (points[at + 1] ?? 0) - area.top
      if (toY > y) addEdge(coverage, sums, [x, y, toX, toY], 1)
      else if (toY < y) addEdge(coverage, sums, [toX, toY, x, y], -1)
      x = toX
      y = toY
    }
  }
  addUp(coverage, sums)
  return coverage
}

/** Adds an edge row by row; beyond the sides it counts as if on them. */
function addEdge(
  { width, height, stride, blocks }: Coverage,
  sums: Float32Array,
  [fromX, fromY, toX, toY]: Edge,
  direction: 1 | -1,
): void {
  const slope = (toX - fromX) / (toY - fromY)
  const end = Math.min(height, Math.ceil(toY))
  for (let row = Math.max(0, Math.floor(fromY)); row < end; row++) {
    const top = Math.max(row, fromY)
    const bottom = Math.min(row + 1, toY)
    const one = fromX + (top - fromY) * slope
    const other = fromX + (bottom - fromY) * slope
    const low = Math.min(Math.max(Math.min(one, other), 0), width)
    const high = Math.min(Math.max(Math.max(one, other), 0), width)
    const first = Math.floor(low)
    const last = Math.max(first + 1, Math.ceil(high))
    addPiece(sums, row * stride, [low, high], direction * (bottom - top))
    const lastBlock = Math.floor((row * stride + last) / block)
    let touched = Math.floor((row * stride + first) / block)
    while (touched <= lastBlock) blocks[touched++] = blockIs.mixed
  }
}

/** Spreads an edge's piece of some height over the pixels from `low` to `high` of the row at `start`. */
function addPiece(
  sums: Float32Array,
  start: number,
  [low, high]: readonly [number, number],
  height: number,
): void {
  const first = Math.floor(low)
  const last = Math.max(first + 1, Math.ceil(high))
  // Of each pixel, the area to the right of the piece; what is kept is by how much it grows.
  let before = 0
  for (let pixel = first; pixel < last; pixel++) {
    const enter = Math.max(low, pixel)
    const leave = Math.min(high, pixel + 1)
    const share = high > low ? (leave - low) / (high - low) : 1
    const mean = high > low ? ((enter + leave) / 2 - low) / (high - low) : 1
    const covered = height * (mean * (leave - enter) + share * (pixel + 1 - leave))
    sums[start + pixel] = (sums[start + pixel] ?? 0) + covered - before
    before = covered
  }
  sums[start + last] = (sums[start + last] ?? 0) + height - before
}

/** Turns growth into levels; between the blocks that edges touch nothing changes. */
function addUp({ height, stride, levels, blocks }: Coverage, sums: Float32Array): void {
  for (let row = 0; row < height; row++) {
    let sum = 0
    for (let start = row * stride; start < (row + 1) * stride; start += block) {
      if (blocks[start / block] === blockIs.empty) {
        const level = levelOf(sum)
        levels.fill(level, start, start + block)
        blocks[start / block] =
          level === whole ? blockIs.full : level === 0 ? blockIs.empty : blockIs.mixed
        continue
      }
      for (let place = start; place < start + block; place++) {
        sum += sums[place] ?? 0
        levels[place] = levelOf(sum)
      }
    }
  }
}

function levelOf(sum: number): number {
  return Math.min(whole, Math.round(Math.abs(sum) * whole))
}
