import { isShown, margin, sample, silence } from './caption.ts'
import type { Picture } from './chart.ts'
import { formatValue } from './format.ts'
import { verdict } from './verdict.ts'

/** The schema of shields.io's endpoint badge. It refuses any key that it does not know. */
export interface Shields {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
  readonly cacheSeconds: number
}

const colours = { better: 'green', worse: 'orange', even: 'lightgrey', neutral: 'blue' } as const

/** What shields.io's own badge shows: the value, its margin and its sample size. */
export function shieldsOf(picture: Picture): Shields {
  const { total, minimum, unit, language, label } = picture
  const message = isShown(total, minimum)
    ? [formatValue(total.value, unit, language), margin(picture), `· ${sample(picture)}`]
        .filter((part) => part !== null)
        .join(' ')
    : silence(picture)
  const color = colours[verdict(picture)]
  return { schemaVersion: 1, label, message, color, cacheSeconds: 300 }
}
