import type { Chart, Mix, Named, Picture, Stage } from './chart.ts'
import type { Day } from './day.ts'
import { conceal, estimateOf } from './disclosure.ts'
import { type FoundEmbed, windowBefore, windowOf } from './embed.ts'
import { type Reader, type Reading, readerOf } from './embed-reading.ts'
import type { Kpi } from './kpi.ts'
import type { Look } from './look.ts'
import { plain } from './message.ts'
import type { CountedPoint } from './series.ts'

/** How an embed is shown to one reader: as its team has chosen, or as its address says. */
export type View = Pick<Picture, 'language' | 'theme'> & {
  readonly style: NonNullable<Picture['badge']>['style']
}

/** Whose numbers they are, and how they are shown. */
interface Subject {
  readonly kpi: Kpi
  /** The KPI's name in the language of the view. */
  readonly name: string
  readonly chart: Chart
  readonly found: FoundEmbed
  /** The running day in the zone of the workspace. */
  readonly today: Day
  readonly view: View
}

/** What an embed shows today, and nothing that may not be said to everybody. */
export function pictureOf({ kpi, name, chart, found, today, view }: Subject): Picture {
  const { embed, workspace } = found
  const { segment, look, minimum } = embed
  const reader = readerOf(kpi, found, today)
  const reading = reader.read(segment)
  const target = look.target ?? aimOf(found, today)
  return {
    label: [look.name ?? name, ...(segment === '' ? [] : [segment])].join(', '),
    unit: kpi.unit,
    ...(kpi.unit === 'currency' && { currency: workspace.currency }),
    direction: kpi.direction,
    ...(kpi.range !== undefined && { range: kpi.range }),
    language: view.language,
    theme: view.theme,
    minimum,
    total: reading.total,
    ...windowOf(embed, today),
    // The day of the only answer is more than may be told of it.
    asOf: reading.total.value === null ? null : reading.newest,
    points: reading.points,
    badge: { style: view.style, show: look.show ?? plain.show },
    ...chosen(look),
    ...(target !== undefined && { target }),
    ...needed(chart, { kpi, reading, reader, found, today }),
  }
}

function chosen({ accent, thresholds }: Look): Partial<Picture> {
  return {
    ...(accent !== undefined && { accent }),
    ...(thresholds !== undefined && { thresholds }),
  }
}

/** The target that is in force today, the newest where there are several. */
export function aimOf({ aims }: FoundEmbed, today: Day): number | undefined {
  return aims.find(([, from, to]) => from <= today && today <= to)?.[0]
}

interface Source {
  readonly kpi: Kpi
  readonly reading: Reading
  readonly reader: Reader
  readonly found: FoundEmbed
  readonly today: Day
}

/** What a kind of chart shows besides the total and the points. */
function needed({ needs }: Chart, source: Source): Partial<Picture> {
  const { kpi, reading, reader, found, today } = source
  const { segment, look, minimum } = found.embed
  if (needs === 'mixes') return { mixes: mixesOf(kpi, reading) }
  if (needs === 'stages') {
    return { stages: reading.total.value === null ? [] : stagesOf(kpi, reading, minimum) }
  }
  if (needs === 'segments') {
    return { segments: segmentsOf(reader, reading, look.dimension ?? '', minimum) }
  }
  if (needs === 'before') {
    return { before: { ...windowBefore(found.embed, today), total: reader.before(segment) } }
  }
  return {}
}

/** How the answers of each period lie on the scale; `null` where the period is not shown. */
function mixesOf({ mix }: Kpi, { points, counted }: Reading): (Mix | null)[] {
  return points.map(({ value }, index) => {
    const answers = counted.points[index]?.parts['answers']
    if (value === null || mix === undefined || typeof answers !== 'object') return null
    const within = (holds: (score: number) => boolean) =>
      Object.entries(answers).reduce((sum, [score, n]) => (holds(Number(score)) ? sum + n : sum), 0)
    return {
      low: within((score) => score <= mix.low),
      middle: within((score) => score > mix.low && score < mix.high),
      high: within((score) => score >= mix.high),
    }
  })
}

/** Nobody's absence gives anybody away, so zero is always told. */
function stagesOf({ funnel = [] }: Kpi, { counted }: Reading, minimum: number): Stage[] {
  const parts: CountedPoint['parts'] = counted.total.parts
  return funnel.map(({ part, label }) => {
    const found = parts[part]
    const count = typeof found === 'number' ? found : 0
    return { name: label, count: count === 0 || count >= minimum ? count : null }
  })
}

/** The segments of a dimension that may be shown beside the total, the largest value first. */
function segmentsOf(
  reader: Reader,
  { counted }: Reading,
  dimension: string,
  minimum: number,
): Named[] {
  const own = reader.segments.filter((segment) => segment.startsWith(`${dimension}:`))
  const all = own.map((segment) => {
    const { total } = reader.read(segment).counted
    return { name: segment.slice(dimension.length + 1), n: total.n, estimate: estimateOf(total) }
  })
  const beside = counted.total.n - all.reduce((sum, { n }) => sum + n, 0)
  const concealed = conceal(all, minimum, beside)
  return all
    .filter((one) => one.estimate.value !== null && !concealed.has(one))
    .map(({ name, estimate }) => ({ name, estimate }))
    .toSorted((one, other) => (other.estimate.value ?? 0) - (one.estimate.value ?? 0))
}
