import { details, phrase } from '../caption.ts'
import type { Chart, Picture, Stage } from '../chart.ts'
import { formatValue } from '../format.ts'
import { frame, nothing } from '../frame.ts'
import { type Content, markup } from '../markup.ts'
import { boxes } from '../path.ts'
import { type Lanes, type Row, drawRows } from '../rows.ts'
import { paletteOf } from '../theme.ts'

/** How many are left after each step of a way, and which share of the step before. */
export const funnel: Chart = {
  kind: 'funnel',
  needs: 'stages',
  draw(picture) {
    const { stages = [], language } = picture
    const steps = stages.map((stage, index) => stepOf(stage, stages[index - 1], picture))
    const rows = steps.map(({ name, count, share }): Row => {
      return { name, value: share === null ? count : `${count} · ${share}` }
    })
    const words = steps.map(({ name, count, share }) =>
      share === null
        ? `${name} ${count}`
        : `${name} ${count}, ${phrase(language, 'share', { share })}`,
    )
    const footer = phrase(language, 'share', { share: '%' })
    return frame(picture, {
      description: details({ ...picture, points: [] }, words.join('; ') || null),
      axes:
        rows.length === 0
          ? nothing(picture)
          : drawRows(picture, {
              rows,
              brief: rows.at(-1),
              footer,
              marks: (lanes) => marks(stages, picture, lanes),
            }),
    })
  },
}

interface Step {
  readonly name: string
  readonly count: string
  readonly share: string | null
}

/** A share beside a count that is hidden would give the count away. */
function stepOf({ name, count }: Stage, before: Stage | undefined, picture: Picture): Step {
  const { language, minimum } = picture
  if (count === null) {
    return { name, count: phrase(language, 'tooFew', { n: minimum }), share: null }
  }
  return {
    name,
    count: formatValue(count, 'count', language),
    share: before?.count ? formatValue((100 * count) / before.count, 'percent', language) : null,
  }
}

function marks(
  stages: readonly Stage[],
  picture: Picture,
  { left, right, middles, pitch }: Lanes,
): Content {
  const largest = stages.reduce((most, { count }) => Math.max(most, count ?? 0), 1)
  const height = Math.min(18, 0.6 * pitch)
  const bars = middles.map((middle, index) => {
    const count = stages[index]?.count ?? 0
    return { x: left, y: middle - height / 2, width: (count / largest) * (right - left), height }
  })
  const data = boxes(bars)
  return data && markup`<path class="tm-fill" fill="${paletteOf(picture).accent}" d="${data}"/>`
}
