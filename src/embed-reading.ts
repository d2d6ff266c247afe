import type { Day } from './day.ts'
import { disclose, hidden, isHeld } from './disclosure.ts'
import { type FoundEmbed, windowBefore, windowOf } from './embed.ts'
import { releasesOf } from './embed-release.ts'
import type { Estimate, Kpi } from './kpi.ts'
import { type Block, type Released, sumOf } from './release.ts'
import {
  type Counted,
  type CountedPoint,
  type History,
  type Point,
  noHistory,
  series,
  total,
} from './series.ts'
import { type Window, periods } from './window.ts'

/** What an embed may say of one segment. */
export interface Reading {
  readonly total: Estimate
  readonly points: readonly Point[]
  /** What the total and the points were counted from, hidden or not: for whoever hides it too. */
  readonly counted: { readonly total: Counted; readonly points: readonly CountedPoint[] }
  /** The newest day with a number in it; `null` where there is none. */
  readonly newest: Day | null
}

/** Reads what is public of an embed. */
export interface Reader {
  readonly segments: readonly string[]
  readonly read: (segment: string) => Reading
  /** The value over the window before. */
  readonly before: (segment: string) => Estimate
}

/** Of people's answers only what has been released is read; everything else is read as it is. */
export function readerOf(kpi: Kpi, found: FoundEmbed, today: Day): Reader {
  const { embed, workspace } = found
  const window = windowOf(embed, today)
  const earlier = windowBefore(embed, today)
  const held = isHeld(kpi, embed.minimum)
  const sight = held
    ? releasedSight(found.released ?? releasesOf(found, today), embed.grain)
    : openSight(found)
  const totalOf = (segment: string, over: Window) =>
    total(kpi, sight.whole(segment, over), over, workspace)
  const silenced = (estimate: Estimate) =>
    held && estimate.value === null ? { ...estimate, ...hidden } : estimate
  return {
    segments: sight.segments,
    read(segment) {
      const counted = {
        total: totalOf(segment, window),
        points: series(kpi, sight.parted(segment, window), window, embed.grain, workspace),
      }
      const shown = disclose(counted.total, counted.points, embed.minimum)
      return {
        total: silenced(shown.total),
        points: shown.points.map((point) => ({ ...point, ...silenced(point) })),
        counted,
        newest: sight.newest(segment, window),
      }
    },
    before: (segment) => silenced(disclose(totalOf(segment, earlier), [], embed.minimum).total),
  }
}

/** The histories from which the values of a window and of its periods follow. */
interface Sight {
  readonly segments: readonly string[]
  readonly whole: (segment: string, window: Window) => History
  readonly parted: (segment: string, window: Window) => History
  readonly newest: (segment: string, window: Window) => Day | null
}

function openSight({ histories, start }: FoundEmbed): Sight {
  const of = (segment: string) =>
    histories.find((one) => one.segment === segment) ?? noHistory(start)
  return {
    segments: histories.map(({ segment }) => segment),
    whole: of,
    parted: of,
    newest: (segment, { from, to }) =>
      of(segment).snapshots.findLast(({ day }) => day >= from && day <= to)?.day ?? null,
  }
}

/** Blocks that touch a window are in it as a whole, and in the period that they do not leave. */
function releasedSight(
  released: Readonly<Record<string, Released>>,
  grain: FoundEmbed['embed']['grain'],
): Sight {
  const blocksOf = (segment: string, { from, to }: Window) =>
    (released[segment]?.blocks ?? []).filter((block) => block.to >= from && block.to <= to)
  return {
    segments: Object.keys(released),
    whole: (segment, window) =>
      historyOf(window, [{ to: window.to, blocks: blocksOf(segment, window) }]),
    parted: (segment, window) =>
      historyOf(
        window,
        periods(window, grain).map((period) => ({
          to: period.to,
          blocks: blocksOf(segment, period).filter(({ from }) => from >= period.from),
        })),
      ),
    newest: (segment, window) =>
      blocksOf(segment, window).reduce<Day | null>(
        (last, { to }) => (last === null || to > last ? to : last),
        null,
      ),
  }
}

/** Blocks as snapshots of the last day of what they are shown in. */
function historyOf(
  { from }: Window,
  shown: readonly { readonly to: Day; readonly blocks: readonly Block[] }[],
): History {
  const snapshots = shown.flatMap(({ to, blocks }) => {
    const counters = sumOf(blocks)
    // More taken back than was given: what was given stands in another period.
    const sound = blocks.length > 0 && counters.values().every((count) => count >= 0)
    return sound ? [{ day: to, counters, revision: 1, computed: 0 }] : []
  })
  return { ...noHistory(from), snapshots }
}
