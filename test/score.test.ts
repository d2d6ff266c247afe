import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScore, scoreRule } from '../src/score.ts'
import { questions } from '../src/surveys/index.ts'
import { nps } from '../src/surveys/nps.ts'

describe.each(questions)('$kind', (question) => {
  const scale = Array.from(
    { length: question.to - question.from + 1 },
    (_, index) => question.from + index,
  )

  test('takes every score of its scale, as a number and as a text', () => {
    expect(scale.map((score) => parseScore(score, question))).toEqual(scale)
    expect(scale.map((score) => parseScore(String(score), question))).toEqual(scale)
  })

  test('refuses the numbers beside its scale', () => {
    for (const score of [question.from - 1, question.to + 1]) {
      expect(parseScore(score, question)).toBeNull()
      expect(parseScore(String(score), question)).toBeNull()
    }
  })

  test('refuses every text that is not canonical', () => {
    const canonical = new Set(scale.map(String))
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789 +-.eExX_,٧７')), maxLength: 4 }),
      fc.string(),
    )
    fc.assert(
      fc.property(text, (text) => {
        expect(parseScore(text, question) !== null).toBe(canonical.has(text))
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

test.each([
  '',
  ' ',
  ' 7',
  '7 ',
  '\t7',
  '7\n',
  '\u00a07',
  '\ufeff7',
  '7\u0000',
  '07',
  '00',
  '010',
  '7.0',
  '7.5',
  '7,5',
  '7.',
  '.7',
  '11',
  '100',
  '-1',
  '-0',
  '+7',
  '−1',
  '1e1',
  '0x7',
  '0b1',
  '0o7',
  '1_0',
  '7n',
  '7abc',
  'seven',
  'NaN',
  'Infinity',
  'null',
  'true',
  '０',
  '７',
  '٧',
  '७',
  '⑦',
  '7️⃣',
  11,
  -1,
  -0,
  7.5,
  0.1,
  Number('1e309'),
  Number('-1e309'),
  Number.NaN,
  2 ** 53,
  7n,
  true,
  false,
  null,
  undefined,
  [],
  [7],
  ['7'],
  {},
  { valueOf: () => 7 },
  { toString: () => '7' },
  Object(7),
  Symbol('7'),
  () => 7,
])('takes %o for no score', (input: unknown) => {
  expect(parseScore(input, nps)).toBeNull()
})

test('names the scale and what was said instead', () => {
  expect(scoreRule('7.5', nps)).toBe('Expected a whole number from 0 to 10: current value is "7.5"')
  expect(scoreRule(undefined, nps)).toMatch(/current value is missing$/)
})

test('repeats only the beginning of a long text', () => {
  expect(scoreRule('x'.repeat(10_000), nps).length).toBeLessThan(120)
})
