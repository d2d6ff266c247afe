import { type Day, dayFinder } from '../../src/day.ts'
import type { Content, FactType } from '../../src/fact.ts'
import { facts } from '../../src/facts/index.ts'
import { type IntakeContext, factOf } from '../../src/intake.ts'
import type { FieldError } from '../../src/problem.ts'

/** A workspace that counts in euros and has two dimensions of its own. */
const workspace: IntakeContext = {
  facts,
  surveys: new Map(),
  dimensions: ['team', 'region'],
  currency: 'EUR',
  dayOf: dayFinder('UTC'),
}

const day = '2026-03-01' as Day

/** What a fact type makes of data, or what is wrong with them; an undefined field is not there. */
export function read(
  type: FactType,
  data: Readonly<Record<string, unknown>>,
  change: Partial<IntakeContext> = {},
): Content | readonly FieldError[] {
  const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
  const time = Date.parse(`${day}T09:30:00Z`)
  const draft = { type, source: 'test', id: '1', time, data: said }
  const outcome = factOf(draft, { ...workspace, ...change })
  if (!outcome.ok) return outcome.errors
  const { source: _source, id: _id, type: _type, time: _time, ...content } = outcome.value
  return content
}

/** The whole content of a fact that says no more than this. */
export function content(said: Partial<Content> & { readonly subject: string }): Content {
  return { thread: null, entity: null, value: null, day, dimensions: {}, data: {}, ...said }
}

/** One field of data that are good otherwise, with the refusal it meets. */
export type Refusal = readonly [field: string, value: unknown, message: string]

const missing = 'The field is missing'

/** What every name refuses. */
export function names(...fields: string[]): Refusal[] {
  return fields.flatMap((field): Refusal[] => [
    [field, '', 'Expected a text that is not blank'],
    [field, ' \t', 'Expected a text that is not blank'],
    [field, null, 'Expected a text'],
    [field, 7, 'Expected a text'],
    [field, ['x'], 'Expected a text'],
    [field, 'x'.repeat(201), 'Expected at most 200 characters: current length is 201'],
    [field, '\ud800', 'The text holds half a character (a lone surrogate)'],
    [field, 'a\u0000', 'The text holds a NUL character'],
  ])
}

/** What every field that must be there refuses: not to be. */
export function required(...fields: string[]): Refusal[] {
  return fields.map((field) => [field, undefined, missing])
}

const euros =
  'Expected EUR as plain digits with at most 2 decimals, at most 90071992547.40: current value is '

/** What every amount of euros refuses. */
export function amounts(field: string): Refusal[] {
  const refused: [unknown, string][] = [
    ['', '""'],
    [' ', '" "'],
    [null, 'null'],
    [true, 'true'],
    [[5], '[5]'],
    ['-1', '"-1"'],
    ['+1', '"+1"'],
    ['1,054.00', '"1,054.00"'],
    ['1054,00', '"1054,00"'],
    ['1e3', '"1e3"'],
    [' 5', '" 5"'],
    ['5 EUR', '"5 EUR"'],
    ['٥', '"٥"'],
    ['1.005', '"1.005"'],
    ['1.000', '"1.000"'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-1, '-1'],
    [1e21, '1e+21'],
    ['90071992547.41', '"90071992547.41"'],
  ]
  return refused.map(([value, shown]) => [field, value, euros + shown])
}

/** What every currency refuses. */
export const currencies: Refusal[] = [
  ['currency', 'usd', 'Expected an ISO 4217 code such as "EUR"'],
  ['currency', 'EURO', 'Expected an ISO 4217 code such as "EUR"'],
  ['currency', '', 'Expected an ISO 4217 code such as "EUR"'],
  ['currency', '€', 'Expected an ISO 4217 code such as "EUR"'],
  ['currency', null, 'Expected an ISO 4217 code'],
  ['currency', 978, 'Expected an ISO 4217 code'],
]

/** What every yes or no refuses. */
export function flags(field: string): Refusal[] {
  return ['', 'yes', 'TRUE', '1', 1, 0, null].map((value) => [
    field,
    value,
    'Expected true or false',
  ])
}

/** What every fact refuses, whatever its type. */
export const strangers: Refusal[] = [
  ['more', 'x', 'Unknown field'],
  ['p.plan', 'pro', 'The workspace has no dimension "plan": expected one of team, region'],
  ['p.team', 7, 'Expected a text'],
  ['p.Team', 'x', 'Expected a name of a–z, 0–9 and _ after "p."'],
]
