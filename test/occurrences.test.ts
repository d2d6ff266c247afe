import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { occurrences } from '../src/occurrences.ts'

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function names(lines: readonly string[]): (string | null)[] {
  const nameOf = occurrences()
  return lines.map((line) => nameOf(digest(line)))
}

test('leaves the first line of its kind its digest and numbers the next from 2', () => {
  const [a, b] = [digest('a'), digest('b')]

  expect(names(['a', 'b', 'a', 'a', 'b'])).toEqual([a, b, `${a}-2`, `${a}-3`, `${b}-2`])
})

test('remembers nothing of another import', () => {
  expect(names(['a', 'a'])).toEqual(names(['a', 'a']))
})

test('gives the same lines the same names in any order, and no name twice', () => {
  const line = fc.constantFrom('a', 'b', 'c', 'd')
  const shuffled = fc
    .array(line, { maxLength: 60 })
    .chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    )
  fc.assert(
    fc.property(shuffled, ([lines, others]) => {
      const given = names(lines)

      expect(new Set(names(others))).toEqual(new Set(given))
      expect(new Set(given).size).toBe(lines.length)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('keeps its memory while the table grows', () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`)
  const given = names([...lines, ...lines])

  expect(given.slice(0, 5000)).toEqual(lines.map(digest))
  expect(given.slice(5000)).toEqual(lines.map((line) => `${digest(line)}-2`))
})

test('names a hundred thousand lines that are all alike, one after the other', () => {
  const nameOf = occurrences()
  const alike = digest('same')
  const given = Array.from({ length: 100_000 }, () => nameOf(alike))

  expect(given.slice(0, 3)).toEqual([alike, `${alike}-2`, `${alike}-3`])
  expect(given.at(-1)).toBe(`${alike}-100000`)
  expect(new Set(given).size).toBe(100_000)
})

test('tells digests apart that begin with zeros', () => {
  const nameOf = occurrences()
  const zeros = '0'.repeat(64)

  expect([nameOf(zeros), nameOf(zeros)]).toEqual([zeros, `${zeros}-2`])
})
