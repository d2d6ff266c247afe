import { type FactType, attributed, vocabulary } from '../../fact.ts'
import type { Filter } from '../../rule.ts'

/** A text of a declaration as SQL; never for what comes from outside. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function listed(texts: readonly string[]): string {
  return texts.map(quoted).join(', ')
}

/** D1 takes five terms of a compound SELECT; more are nested. */
export function unionAll(selects: readonly string[]): string {
  if (selects.length <= 5) return selects.join('\n    UNION ALL\n')
  const size = Math.ceil(selects.length / 5)
  const groups: string[] = []
  for (let at = 0; at < selects.length; at += size) {
    groups.push(`SELECT * FROM (${unionAll(selects.slice(at, at + size))})`)
  }
  return unionAll(groups)
}

/** The place of a type among facts of the same instant. */
export function rankOf(type: FactType): number {
  return vocabulary.indexOf(type)
}

/** The place of whatever type a row has. */
export function rankIn(alias: string, types: readonly FactType[]): string {
  const [only] = types
  if (only !== undefined && types.length === 1) return `${rankOf(only)}`
  const cases = types.map((type) => `WHEN ${quoted(type)} THEN ${rankOf(type)}`)
  return `CASE ${alias}.type ${cases.join(' ')} END`
}

/** Whether one fact comes before another, or after it: by time, type, source and id. */
export function ordered(
  [one, oneType]: readonly [string, FactType],
  by: '<' | '>',
  [other, otherType]: readonly [string, FactType],
): string {
  const place = (alias: string, type: FactType) =>
    `(${alias}.time, ${rankOf(type)}, ${alias}.source, ${alias}.id)`
  // The bare comparison is what an index can be searched by.
  return `${one}.time ${by}= ${other}.time
    AND ${place(one, oneType)} ${by} ${place(other, otherType)}`
}

/** What a fact's own dimensions say of one, with what its type is counted under where it says nothing. */
export function dimensionOf(alias: string, type: FactType, key: string): string {
  const own = `${alias}.dimensions ->> ${key}`
  if (!attributed.has(type)) return own
  return `coalesce(${own}, CASE ${key} WHEN 'channel' THEN 'unattributed' END)`
}

/** The conditions of a filter on a JSON column; `true` where there is none. */
export function matches(column: string, { where, unless }: Filter): string {
  const wanted = Object.entries(where).map(
    ([name, value]) => `${column} ->> ${quoted(name)} IS ${quoted(value)}`,
  )
  const unwanted = Object.entries(unless).map(
    ([name, value]) => `${column} ->> ${quoted(name)} IS NOT ${quoted(value)}`,
  )
  return [...wanted, ...unwanted].join(' AND ') || 'true'
}
