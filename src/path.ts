/** A place in a picture, in its own units. */
export type Spot = readonly [x: number, y: number]

/** SVG path data through each run of spots, in tenths of a unit and relative steps to stay small. */
export function trace(runs: readonly (readonly Spot[])[], end: '' | 'z' = ''): string {
  return runs
    .map((run) => {
      const [start, ...steps] = relative(run)
      return `M${start}l${steps.map((step, index) => gap(steps[index - 1], step) + step).join('')}${end}`
    })
    .join('')
}

/** The runs between gaps, where `null` is a gap. */
export function stretches<T>(items: readonly (T | null)[]): T[][] {
  const found: T[][] = []
  let open: T[] | null = null
  for (const item of items) {
    if (item === null) {
      open = null
    } else if (open === null) {
      open = [item]
      found.push(open)
    } else {
      open.push(item)
    }
  }
  return found
}

/** Steps of no length, which a round line cap turns into dots that stay round when stretched. */
export function dots(spots: readonly Spot[]): string {
  return relative(spots)
    .map((step) => `m${step}h0`)
    .join('')
}

/** The first spot and the steps between the rounded others, so that no rounding errors add up. */
function relative(spots: readonly Spot[]): string[] {
  const tenths = spots.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)] as const)
  return tenths.map(([x, y], index) => {
    const [beforeX, beforeY] = tenths[index - 1] ?? [0, 0]
    const [across, down] = [short(x - beforeX), short(y - beforeY)]
    return across + gap(across, down) + down
  })
}

/** SVG 2 section 9.3.9: a sign, or a second decimal point, begins the next number by itself. */
function gap(before: string | undefined, next: string): '' | ' ' {
  if (before === undefined || next.startsWith('-')) return ''
  return next.startsWith('.') && /\.\d+$/.test(before) ? '' : ' '
}

function short(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.')
}
