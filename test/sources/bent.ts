import * as fc from 'fast-check'

/** A body with one part of it, or all, replaced by other JSON or left out. */
export function bent(body: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, null, '', ' ', 0, -1, 7.5, []))
  return fc
    .tuple(fc.constantFrom(...pathsOf(body)), other)
    .map(([path, by]) => replaced(body, path, by))
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [
    [],
    ...Object.entries(value).flatMap(([name, member]) =>
      pathsOf(member).map((path) => [name, ...path]),
    ),
  ]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const members = Object.entries(value ?? {}).map(
    ([key, member]) => [key, key === name ? replaced(member, rest, by) : member] as const,
  )
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)
}
