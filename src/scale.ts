import { exact, largest, spanOf } from './format.ts'
import type { Unit } from './kpi.ts'

/** Where a value lies in a picture; values beyond the ends lie on the ends. */
type Scale = (value: number) => number

/** The straight scale from `domain` to `range`. Halves keep the difference of any two numbers finite. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const span = domain[1] / 2 - domain[0] / 2
  return (value) => {
    const share = span > 0 ? (value / 2 - domain[0] / 2) / span : 0.5
    return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0])
  }
}

/** An axis: its ends, and the values of its gridlines from the lowest. */
export interface Axis {
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
}

/** At most five gridlines. */
const gaps = 4
const rounds = [1, 2, 2.5, 5, 10, 20, 25]

/** An axis with ends that are given, cut into equal round steps where there are such. */
export function fixedAxis(low: number, high: number): Axis {
  const count = [gaps, 3, 2].find((parts) => isRound((high - low) / parts)) ?? 1
  const ticks = upTo(count).map((index) => exact(low + (index * (high - low)) / count))
  return { domain: [low, high], ticks }
}

/** An axis around the lowest and highest value, with round ends; counts get no fractions. */
export function fittedAxis(low: number, high: number, unit: Unit): Axis {
  const size = unit === 'seconds' ? spanOf(high)[1] : 1
  const [from, to] = apart(low / size, high / size)
  const base = 10 ** Math.floor(Math.log10((to - from) / gaps))
  const step =
    rounds
      .map((round) => exact(round * base))
      .filter((step) => unit !== 'count' || Number.isInteger(step))
      .find((step) => Math.ceil(to / step) - Math.floor(from / step) <= gaps) ?? to - from
  const first = Math.floor(from / step)
  const count = Math.ceil(to / step) - first
  const ticks = upTo(count).map((index) => exact((first + index) * step) * size)
  return { domain: [ticks[0] ?? low, ticks[count] ?? high], ticks }
}

/** Ends within the largest number, and so far apart that an axis between them has numbers. */
function apart(low: number, high: number): [number, number] {
  const from = Math.max(-largest, Math.min(low, largest))
  const to = Math.min(largest, Math.max(high, -largest))
  const least = Math.max(Math.abs(from), Math.abs(to), 1) * 1e-6
  const pad = Math.max(1, least)
  return to - from > least ? [from, to] : [from - pad, Math.max(to, from) + pad]
}

function upTo(count: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => index)
}

function isRound(step: number): boolean {
  const base = 10 ** Math.floor(Math.log10(step))
  return rounds.includes(exact(step / base))
}
