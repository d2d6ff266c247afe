import type { FactType } from '../fact.ts'
import type { Part } from '../part.ts'

/** How many answers there were of each value. */
export type Answers = ReadonlyMap<number, number>

/** One counter per answer value: score, distribution, mean and interval all follow exactly. */
export function answers(
  type: FactType,
  where: Readonly<Record<string, string>> = {},
): Part<Answers> {
  return {
    kind: 'answers',
    type,
    where,
    followed: null,
    key: 'value',
    read: (counters) =>
      new Map(
        [...counters]
          .map(([key, count]): [number, number] => [Number(key), count])
          .sort(([one], [other]) => one - other),
      ),
  }
}
