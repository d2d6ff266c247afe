import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../src/json.ts'
import { Problem, type ProblemKind } from '../src/problem.ts'

/** What the text is refused with. */
function refusal(text: string): Problem {
  try {
    parseJson(text)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error(`accepted ${text.slice(0, 80)}`)
}

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels)
}

const value = fc
  .jsonValue({ maxDepth: 6, stringUnit: 'binary' })
  .filter((value) => !JSON.stringify(value).includes('__proto__'))

test('reads valid JSON as JSON.parse does, in any layout', () => {
  fc.assert(
    fc.property(value, fc.constantFrom('', ' ', '\n\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)

      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('refuses as malformed exactly what JSON.parse refuses', () => {
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom(...Array.from('{}[]:,"\\ab10.-e truefalsn')),
      maxLength: 12,
    }),
    fc.string(),
    fc.constantFrom('', ' ', '{', '{"a":1,}', "{'a':1}", '[1,]', '01', '+1', '.5', 'NaN', '"\t"'),
    fc.constantFrom('// no\n1', '1 1', '\ufeff1', 'undefined', '{"a":1}}', '"\\x41"', '"\\u12"'),
  )
  fc.assert(
    fc.property(text, (text) => {
      let valid = true
      try {
        JSON.parse(text)
      } catch {
        valid = false
      }

      if (!valid) expect(refusal(text).kind).toBe('malformed')
    }),
    { seed: 2, numRuns: 1000 },
  )
})

test.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"x":[{"a":{},"b":[],"a":null}]}'])(
  'refuses %s, which names a field twice',
  (text) => {
    expect(refusal(text).errors).toEqual([{ path: 'a', message: 'The field occurs twice' }])
  },
)

test.each([
  ['"', '{"\\"":1,"\\u0022":2}'],
  ['', '{"":1,"":2}'],
  ['a:b', '{"a:b":1,"a:b":2}'],
  ['{', '{"{":1,"{":2}'],
  ['\\', '{"\\\\":1,"\\u005c":2}'],
])('finds the field %j twice in %s', (path, text) => {
  expect(refusal(text).errors[0]?.path).toBe(path)
})

test.each(['{"__proto__":1}', '{"\\u005f_proto__":{"admin":true}}', '[{"a":{"__proto__":null}}]'])(
  'refuses %s, which names a prototype',
  (text) => {
    expect(refusal(text).errors[0]?.path).toBe('__proto__')
  },
)

test.each([
  '{"a":{"a":1},"b":{"a":1}}',
  '[{"a":1},{"a":1}]',
  '{"a":"b","b":"a"}',
  '{"a":["a","a"],"b":"a"}',
  '{"a":"{\\"a\\":1,\\"a\\":2}"}',
  '{"a":1,"A":2}',
  '"__proto__"',
  '{"a":"__proto__"}',
  '{"é":1,"e\\u0301":2}',
])('lets %s pass, where nothing is named twice', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text))
})

test('takes 32 levels and refuses 33', () => {
  expect(parseJson(nested(32))).toEqual(JSON.parse(nested(32)))
  expect(refusal(nested(33)).message).toMatch(/32/)
  expect(refusal('{"a":'.repeat(33) + '1' + '}'.repeat(33)).kind).toBe('malformed')
})

test('counts levels and not brackets', () => {
  const siblings = `[${Array(1000).fill('[]').join(',')}]`

  expect(parseJson(siblings)).toHaveLength(1000)
  expect(parseJson(JSON.stringify('['.repeat(1000)))).toBe('['.repeat(1000))
})

test('refuses a hundred thousand levels without running out of stack', () => {
  expect(refusal(nested(100_000)).kind).toBe('malformed')
})

test('reads a text of two mebibytes', () => {
  const text = '\\n"é'.repeat(1 << 19)

  expect(parseJson(JSON.stringify({ text }))).toEqual({ text })
})

test.each([
  ['malformed', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['gone', 410],
  ['too-large', 413],
  ['unsupported-media-type', 415],
  ['invalid', 422],
  ['internal', 500],
  ['unavailable', 503],
] as const satisfies [ProblemKind, number][])(
  'tells of trouble that is %s with status %d',
  (kind, status) => {
    expect(new Problem(kind, 'Why').toJSON()).toEqual({
      type: `urn:tidemark:problem:${kind}`,
      title: expect.stringMatching(/^[A-Z].*[^.]$/),
      status,
      detail: 'Why',
    })
  },
)

test('lists the fields to blame where there are any', () => {
  const problem = refusal('{"a":1,"a":2}')

  expect(JSON.parse(JSON.stringify(problem))).toEqual({
    type: 'urn:tidemark:problem:invalid',
    title: 'The request breaks a rule',
    status: 422,
    detail: 'a: The field occurs twice',
    errors: [{ path: 'a', message: 'The field occurs twice' }],
  })
})
