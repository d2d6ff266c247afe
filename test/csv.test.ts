import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '../src/csv.ts'

test('writes cells with commas between them and ends the line', () => {
  expect(csvLine(['a', 1, true, null, 'b'])).toBe('a,1,true,,b\r\n')
  expect(csvLine([null])).toBe('\r\n')
})

test('writes numbers with a point and without grouping', () => {
  expect(csvLine([1234567.5, -7, 0, 50.98039215686274])).toBe(
    '1234567.5,-7,0,50.98039215686274\r\n',
  )
})

test('leaves an empty text and null alike empty, and zero a zero', () => {
  expect(csvLine(['', null, 0, false])).toBe(',,0,false\r\n')
})

test.each([
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['"', '""""'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['a b', 'a b'],
  [' a ', ' a '],
  ["it's", "it's"],
])('writes %j as %j', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`)
})

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00a0=1',
  '\ufeff=1',
  '＝1',
  '＋1',
  '－1',
  '＠A1',
  '=HYPERLINK("http://example.com","x")',
])('keeps a spreadsheet from running %j', (text) => {
  const [[cell]] = parse(csvLine([text])) as [[string]]

  expect(cell).toBe(`'${text}`)
})

test('leads no number with an apostrophe', () => {
  expect(csvLine([-1, -0.5, 1e21])).toBe('-1,-0.5,1e+21\r\n')
})

test('writes what a reader of RFC 4180 reads back', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => `x${text}`)
    .filter((text) => text.isWellFormed())
  const special = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a'), maxLength: 8 })
  const cell = fc.oneof(
    text,
    special.map((text) => `x${text}`),
  )
  const row = fc.array(cell, { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
      const read: unknown = parse(rows.map(csvLine).join(''), {
        relax_column_count: true,
        record_delimiter: '\r\n',
      })

      expect(read).toEqual(rows)
    }),
    { seed: 1, numRuns: 200 },
  )
})
