import type { Picture } from './chart.ts'
import { messageOf } from './message.ts'
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

/** What shields.io's own badge shows: the same words as ours. */
export function shieldsOf(picture: Picture): Shields {
  const { value, rest } = messageOf(picture)
  const color = colours[verdict(picture)]
  return { schemaVersion: 1, label: picture.label, message: value + rest, color, cacheSeconds: 300 }
}
