import type { Day } from './day.ts'
import { type FoundEmbed, windowBefore, windowOf } from './embed.ts'
import { type Released, nothingReleased, release } from './release.ts'
import { periods } from './window.ts'

/**
 * By segment, what may be shown to everybody after all that has been: of the embed's own segment and,
 * where it has a dimension, of each of the dimension's.
 */
export function releasesOf(found: FoundEmbed, today: Day): Readonly<Record<string, Released>> {
  const { embed, workspace, start, released, histories } = found
  const earlier = windowBefore(embed, today)
  const occasion = {
    periods: [
      ...(earlier.from >= start ? [earlier] : []),
      ...periods(windowOf(embed, today), embed.grain),
    ],
    minimum: embed.minimum,
    closed: workspace.closed,
    horizon: start,
  }
  const segments = [embed.segment, ...histories.map((one) => one.segment)]
  return Object.fromEntries(
    [...new Set([...segments, ...Object.keys(released ?? {})])].toSorted().map((segment) => {
      const history = histories.find((one) => one.segment === segment)
      const days = new Map(history?.snapshots.map(({ day, counters }) => [day, counters]))
      return [segment, release(released?.[segment] ?? nothingReleased, { ...occasion, days })]
    }),
  )
}
