import { absence, details, interval, isShown, sample, told } from '../caption.ts'
import type { Chart, Named, Picture } from '../chart.ts'
import { frame, nothing } from '../frame.ts'
import type { Unit } from '../kpi.ts'
import { type Content, markup } from '../markup.ts'
import { bars, dots, type Spot } from '../path.ts'
import { type Lanes, drawRows, laneScale } from '../rows.ts'
import { paletteOf } from '../theme.ts'
import type { Seen } from '../value-axis.ts'

type Ranked = Named & { readonly estimate: Seen }

/** How many segments are told one by one. */
const mostTold = 10

/** A ranking of segments, each value with its interval. */
export const segments: Chart = {
  kind: 'segments',
  needs: 'segments',
  draw(picture) {
    const ranking = rankedOf(picture)
    const rows = ranking.map(({ name, estimate }) => ({
      name,
      value: told(estimate.value, picture),
    }))
    const words = ranking.slice(0, mostTold).map(({ name, estimate }) => {
      const n = sample({ ...picture, total: estimate })
      return `${name} ${told(estimate.value, picture)} (${n})`
    })
    return frame(picture, {
      description: details({ ...picture, points: [] }, words.join('; ') || absence(picture)),
      axes:
        rows.length === 0
          ? nothing(picture)
          : drawRows(picture, {
              rows,
              brief: rows[0],
              marks: (lanes) => marks(ranking, picture, lanes),
            }),
    })
  },
}

/** Which may be shown beside the total, and in which order, whoever made the picture has decided. */
function rankedOf({ segments: all = [], minimum }: Picture): Ranked[] {
  return all.filter((each): each is Ranked => isShown(each.estimate, minimum))
}

/** Amounts are compared by their length, so their marks begin at zero. */
const amounts: readonly Unit[] = ['count', 'currency', 'seconds']

function marks(ranking: readonly Ranked[], picture: Picture, lanes: Lanes): Content {
  const { accent } = paletteOf(picture)
  const foot = amounts.includes(picture.unit) ? 0 : null
  const shown = lanes.middles.flatMap((y, index) => {
    const estimate = ranking[index]?.estimate
    if (estimate === undefined) return []
    const stem = foot === null ? null : ([foot, estimate.value] as const)
    return [{ y, value: estimate.value, ends: interval(estimate) ?? stem }]
  })
  const x = laneScale(
    shown.flatMap(({ value, ends }) => [value, ...(ends ?? [])]),
    lanes,
  )
  const spots = shown.map(({ y, value }): Spot => [x(value), y])
  const lines = shown.flatMap(({ y, ends }) =>
    ends === null
      ? []
      : [
          [
            [x(ends[0]), y],
            [x(ends[1]), y],
          ] as const,
        ],
  )
  const line = bars(lines)
  return markup`<g fill="none" stroke-linecap="round">${line && markup`<path class="tm-line" stroke="${accent}" stroke-width="2.5" stroke-opacity=".4" d="${line}"/>`}<path class="tm-line" stroke="${accent}" stroke-width="8" d="${dots(spots)}"/></g>`
}
