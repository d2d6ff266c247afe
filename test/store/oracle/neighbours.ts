import { never } from '../../../src/part.ts'
import type { DistinctRule, LatestRule } from '../../../src/rule.ts'
import { type Tied, type Told, isIn, keeps, segmentsOf } from './story.ts'

/** The facts that a rule is about, by segment; each is a story by itself. */
function bySegment(rule: DistinctRule | LatestRule, told: readonly Told[]) {
  const own = told.filter((fact) => fact.type === rule.types[0] && keeps(rule, fact))
  return segmentsOf(own.map(({ cut }) => cut)).map((segment) => ({
    segment,
    facts: own.filter(({ cut }) => isIn(segment, cut)),
  }))
}

/** Who was here before, and when: the facts of an entity, one after the other. */
export function revisits(rule: DistinctRule, told: readonly Told[]): Tied[] {
  return bySegment(rule, told).flatMap(({ segment, facts }) =>
    facts.flatMap(({ day, entity }, at) => {
      if (entity === null) return []
      const before = facts.slice(0, at).filter((other) => other.entity === entity)
      return Array.from({ length: rule.back }, (_, index) => {
        const found = before.at(-1 - index)
        return { day, segment, key: `${index + 1}/${found?.day ?? never}`, n: 1 }
      })
    }),
  )
}

/** What was said, and when the same person spoke again. */
export function lastWords(rule: LatestRule, told: readonly Told[]): Tied[] {
  return bySegment(rule, told).flatMap(({ segment, facts }) =>
    facts.map(({ day, entity, value }, at) => {
      const next =
        entity === null ? undefined : facts.slice(at + 1).find((other) => other.entity === entity)
      return { day, segment, key: `${value}/${next?.day ?? never}`, n: 1 }
    }),
  )
}
