import type { FactType } from '../fact.ts'
import type { Part } from '../part.ts'

/** How many facts of a type there were on a day; of those that match, where a condition is given. */
export function count(
  type: FactType,
  condition: { where?: Readonly<Record<string, string>>; followed?: FactType } = {},
): Part<number> {
  return {
    kind: 'count',
    type,
    where: condition.where ?? {},
    followed: condition.followed ?? null,
    key: 'nothing',
    read: (counters) => counters.get('') ?? 0,
  }
}
