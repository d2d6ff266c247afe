import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import papaparse from 'papaparse'
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
  ['a;b', '"a;b"'],
  ['a\tb', '"a\tb"'],
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
  '\nx',
  '\0=1',
  ' \0=1',
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

test('leaves days, times and numbers that are texts as they are', () => {
  const cells = ['2026-03-01', '2026-03-01T09:30:00.000Z', '12.50', 'p.plan:pro', "it's"]

  expect(csvLine(cells)).toBe(`${cells.join(',')}\r\n`)
})

test('keeps a text in one cell where a semicolon or a tab divides cells', () => {
  for (const delimiter of [';', '\t']) {
    const line = csvLine([`a${delimiter}=1+1`])

    expect(parse(line, { delimiter })).toEqual([[`a${delimiter}=1+1`]])
  }
})

/** As two programs read the lines that know nothing of each other. */
const readers: readonly [string, (text: string) => unknown][] = [
  ['csv-parse', (text) => parse(text, { relax_column_count: true, record_delimiter: '\r\n' })],
  [
    'papaparse',
    (text) => papaparse.parse(text.slice(0, -2), { newline: '\r\n', delimiter: ',' }).data,
  ],
]

test.each(readers)('writes what %s reads back exactly', (_, read) => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => `x${text}`)
    .filter((text) => text.isWellFormed())
  const special = fc.string({
    unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'a'),
    maxLength: 8,
  })
  const cell = fc.oneof(
    text,
    special.map((text) => `x${text}`),
  )
  const row = fc.array(cell, { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
      expect(read(rows.map(csvLine).join(''))).toEqual(rows)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test.each(readers)('numbers that %s reads back are the numbers that were written', (_, read) => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), (one, other) => {
      const [row] = read(csvLine([one, other])) as [[string, string]]

      expect(row.map(Number)).toEqual([one === 0 ? 0 : one, other])
    }),
    { seed: 1, numRuns: 200 },
  )
})
