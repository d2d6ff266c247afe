import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { origins } from '../../src/fact.ts'
import { facts } from '../../src/facts/index.ts'
import { read } from './read.ts'

/** What fields are filled with: much that is good for some of them, and everything else. */
const filling = fc.oneof(
  fc.constantFrom('x', '2026-03-01', '2026-06-30', 'acquisition', 'JPY', 'true', '12.50', '7'),
  fc.constantFrom(0, -0, 7, 12.5, 1e-7, 1e21, Number.NaN, true, false, null, ''),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.anything(),
)

describe.each(facts)('$type', ({ type, fields }) => {
  const data = fc.record(
    Object.fromEntries([...Object.keys(fields), 'p.team'].map((field) => [field, filling])),
    { requiredKeys: [] },
  )

  test('makes of any data whole numbers and texts that are not blank, or says what is wrong', () => {
    fc.assert(
      fc.property(data, (data) => {
        const made = read(type, data)
        if (!('subject' in made)) {
          expect(made).not.toHaveLength(0)
          for (const { path, message } of made) expect([path, message]).not.toContain('')
          return
        }
        for (const number of [made.value ?? 0, made.cost ?? 0]) {
          expect(Number.isSafeInteger(number) && number >= 0 && !Object.is(number, -0)).toBe(true)
        }
        for (const text of [made.subject, made.thread ?? 'x', ...Object.values(made.dimensions)]) {
          expect(text.trim()).not.toBe('')
        }
        expect('currency' in made.dimensions).toBe(made.value !== null && hasMoney(fields))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('refuses data that say nothing at all', () => {
    expect(read(type, {})).toContainEqual({
      path: expect.stringMatching(/./),
      message: 'The field is missing',
    })
  })
})

function hasMoney(fields: object): boolean {
  return 'currency' in fields
}

test('a type that continues a thread names the thing by the same field as the type that begins it', () => {
  const fieldsOf = (type: string | undefined) =>
    Object.keys(facts.find((fact) => fact.type === type)?.fields ?? {})

  for (const [type, origin] of Object.entries(origins)) {
    expect([type, fieldsOf(type)[0]]).toEqual([type, fieldsOf(origin)[0]])
  }
})
