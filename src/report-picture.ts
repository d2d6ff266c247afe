import type { Picture } from './chart.ts'
import { disclose } from './disclosure.ts'
import type { Entry, Ground } from './report.ts'
import { noHistory, series, total } from './series.ts'
import { type Grain, type Window, lengthOf } from './window.ts'

/** A period should have as many values as this, or its value says little and most of them are hidden. */
const telling = 10

/** The finest of the periods, of which a small picture has room for some thirty, that still say something. */
function grainOf(window: Window, n: number): Grain {
  const days = lengthOf(window)
  const fits = ([, length]: readonly [Grain, number]) =>
    days <= 31 * length && n * length >= telling * days
  const [grain] = (
    [
      ['day', 1],
      ['week', 7],
    ] as const
  ).find(fits) ?? ['month']
  return grain
}

/** What a report shows of one KPI, as a picture of the report's window. */
export function reportPicture(
  { kpi, finding, target }: Entry,
  { histories, window, place, minimum, language }: Ground,
): Picture {
  const history = histories.get(kpi.id) ?? noHistory(window.from)
  const whole = total(kpi, history, window, place)
  const points = series(kpi, history, window, grainOf(window, whole.n), place)
  const shown = disclose(whole, points, minimum)
  const inside = history.snapshots.filter(({ day }) => day >= window.from && day <= window.to)
  return {
    ...shown,
    label: finding.name,
    unit: kpi.unit,
    currency: place.currency,
    direction: kpi.direction,
    ...(kpi.range !== undefined && { range: kpi.range }),
    ...(target !== null && { target: target.target.target }),
    language,
    theme: 'auto',
    minimum,
    ...window,
    // The day of the only answer is more than may be told of it.
    asOf: shown.total.value === null ? null : (inside.at(-1)?.day ?? null),
  }
}
