import { expect, test } from 'vitest'
import { surveyResponse } from '../src/facts/survey-response.ts'
import { surveySent } from '../src/facts/survey-sent.ts'
import { type Line, type Mapping, checkMapping, mapLine, parsePairs } from '../src/mapping.ts'
import { Problem } from '../src/problem.ts'

function mapping(change: Partial<Mapping> = {}): Mapping {
  return {
    declaration: surveyResponse,
    source: 'import',
    zone: 'Europe/Berlin',
    columns: new Map(),
    constants: new Map(),
    ...change,
  }
}

function refusal(act: () => void): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.message
    throw thrown
  }
  return 'accepted'
}

/** What a line becomes; the test has no use for one that is refused. */
function mapped(line: Line, change: Partial<Mapping> = {}) {
  const outcome = mapLine(line, mapping(change))
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors))
  return outcome.value
}

const line = { id: '17', time: '2026-03-01 09:30', survey: 'checkout', score: '9' }

test('reads pairs at their first colon', () => {
  expect([...parsePairs('map', ['score:Your score', 'p.plan:a:b', 'comment:'])]).toEqual([
    ['score', 'Your score'],
    ['p.plan', 'a:b'],
    ['comment', ''],
  ])
})

test.each(['', 'score', ':x', ':'])('takes %j for no pair', (text) => {
  expect(refusal(() => parsePairs('map', [text]))).toBe(
    `map: Expected <field>:<value>: current value is "${text}"`,
  )
})

test('refuses a field that is given twice', () => {
  expect(refusal(() => parsePairs('map', ['score:a', 'score:b']))).toBe(
    'map: The field "score" is given twice',
  )
})

test('accepts fields of the type, its properties, and columns that nobody maps', () => {
  const change = {
    columns: new Map([
      ['score', 'Punkte'],
      ['time', 'Zeit'],
      ['p.plan', 'Tarif'],
    ]),
    constants: new Map([['survey', 'checkout']]),
  }
  const header = ['Punkte', 'Zeit', 'Tarif', 'Notiz']

  expect(refusal(() => checkMapping(mapping(change), header))).toBe('accepted')
})

test.each([
  [
    { columns: new Map([['rating', 'score']]) },
    /^rating: Unknown field: expected one of id, time, /,
  ],
  [{ constants: new Map([['rating', '9']]) }, /^rating: Unknown field/],
  [{ columns: new Map([['score', 'Score']]) }, /^score: There is no column "Score"$/],
])('refuses a mapping that no line can fulfil: %o', (change, message) => {
  expect(refusal(() => checkMapping(mapping(change), ['time', 'score']))).toMatch(message)
})

test('wants a time from a column, another column or a constant', () => {
  const constant = { constants: new Map([['time', '2026-03-01']]) }
  const column = { columns: new Map([['time', 'score']]) }

  expect(refusal(() => checkMapping(mapping(), ['score']))).toMatch(/no column "time"/)
  expect(refusal(() => checkMapping(mapping(), ['score', 'time']))).toBe('accepted')
  expect(refusal(() => checkMapping(mapping(constant), ['score']))).toBe('accepted')
  expect(refusal(() => checkMapping(mapping(column), ['score']))).toBe('accepted')
})

test('asks no header of lines that name their own fields', () => {
  const change = { columns: new Map([['score', 'Score']]) }

  expect(refusal(() => checkMapping(mapping(change), null))).toBe('accepted')
})

test('finds the fields of a line by their own names', () => {
  expect(mapped({ ...line, note: 'x', 'p.plan': 'pro' })).toMatchObject({
    draft: {
      type: 'survey.response',
      source: 'import',
      time: Date.parse('2026-03-01T08:30:00Z'),
      data: { survey: 'checkout', score: '9' },
    },
    id: '17',
  })
})

test('finds the fields of a line by the columns asked for', () => {
  const columns = new Map([
    ['score', 'Punkte'],
    ['p.plan', 'Tarif'],
  ])
  const { draft } = mapped({ ...line, score: '1', Punkte: '9', Tarif: 'pro' }, { columns })

  expect(draft.data).toEqual({ survey: 'checkout', score: '9', 'p.plan': 'pro' })
})

test('lets a constant stand for every line', () => {
  const constants = new Map([
    ['survey', 'support'],
    ['p.plan', 'pro'],
  ])

  expect(mapped(line, { constants }).draft.data).toEqual({
    survey: 'support',
    score: '9',
    'p.plan': 'pro',
  })
})

test.each(['', null, undefined])('takes a cell that is %j for a missing field', (blank) => {
  expect(mapped({ ...line, id: blank, score: blank })).toMatchObject({
    id: null,
    draft: { data: { survey: 'checkout' } },
  })
  expect(mapped({ ...line, score: blank }).draft.data).not.toHaveProperty('score')
})

test('hands a value on as it is, for the type to judge', () => {
  expect(mapped({ ...line, score: ' 7' }).draft.data).toHaveProperty('score', ' 7')
  expect(mapped({ ...line, score: 0 }).draft.data).toHaveProperty('score', 0)
  expect(mapped({ ...line, score: false }).draft.data).toHaveProperty('score', false)
})

test.each([
  [{ time: undefined }, 'time', 'The field is missing'],
  [{ time: '' }, 'time', 'The field is missing'],
  [{ time: 'yesterday' }, 'time', /^Expected a time such as .*current value is "yesterday"$/],
  [{ time: 1_772_357_400_000 }, 'time', /current value is 1772357400000$/],
  [{ time: '2026-02-29' }, 'time', /current value is "2026-02-29"$/],
  [{ id: ' ' }, 'id', 'Expected a text that is not blank'],
  [{ id: 17 }, 'id', 'Expected a text'],
])('refuses a line with %j', (change, path, message) => {
  expect(mapLine({ ...line, ...change }, mapping())).toEqual({
    ok: false,
    errors: [
      { path, message: message instanceof RegExp ? expect.stringMatching(message) : message },
    ],
  })
})

test('knows a line by its content, whatever the order of its columns', () => {
  const { content } = mapped(line)
  const turned = Object.fromEntries(Object.entries(line).toReversed())

  expect(mapped(turned).content).toBe(content)
  expect(mapped({ ...line, ignored: 'x' }).content).toBe(content)
})

test('knows a line by its content, whatever its columns are called', () => {
  const { score, ...rest } = line
  const columns = new Map([['score', 'Punkte']])

  expect(mapped({ ...rest, Punkte: score }, { columns }).content).toBe(mapped(line).content)
})

test('knows a line by its content, whatever the order of the mapping', () => {
  const columns = [
    ['p.a', 'A'],
    ['p.b', 'B'],
  ] as const
  const cells = { ...line, A: '1', B: '2' }

  expect(mapped(cells, { columns: new Map(columns.toReversed()) }).content).toBe(
    mapped(cells, { columns: new Map(columns) }).content,
  )
})

test('tells lines apart that become facts of another type', () => {
  const { content } = mapped({ time: line.time, survey: 'checkout' })

  expect(
    mapped({ time: line.time, survey: 'checkout' }, { declaration: surveySent }).content,
  ).not.toBe(content)
})

test.each([
  { score: '8' },
  { time: '2026-03-01 09:31' },
  { survey: 'support' },
  { comment: 'Fast' },
])('tells lines apart that differ by %j', (change) => {
  expect(mapped({ ...line, ...change }).content).not.toBe(mapped(line).content)
})

test('takes a line for the same whatever its format, the order of its columns and its offset', () => {
  const { content } = mapped({ ...line, time: '2026-03-01T10:00:00Z', score: '9' })

  expect(mapped({ ...line, time: '2026-03-01T11:00:00+01:00', score: 9 }).content).toBe(content)
  expect(
    mapped(
      Object.fromEntries(
        Object.entries({ ...line, time: '2026-03-01T10:00:00Z', score: '9' }).toReversed(),
      ),
    ).content,
  ).toBe(content)
})
