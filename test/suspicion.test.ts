import { expect, test } from 'vitest'
import { ces } from '../src/surveys/ces.ts'
import { csat } from '../src/surveys/csat.ts'
import { nps } from '../src/surveys/nps.ts'
import { thumbs } from '../src/surveys/thumbs.ts'
import { type Circumstances, type Doubt, doubts, trapBit } from '../src/suspicion.ts'

const now = Date.parse('2026-03-01T10:00:00Z')

/** A person who opens the link of a nine, an hour after it was sent, and confirms in five seconds. */
const person: Circumstances = {
  now,
  sent: now - 3_600_000,
  touched: 1 << 9,
  touching: now - 5_000,
  written: false,
  hidden: false,
  mode: 'confirm',
  gesture: '',
  passed: true,
  question: nps,
}

/** The bits of these scores. */
const bits = (...scores: readonly number[]) => scores.reduce((all, score) => all | (1 << score), 0)

const six = bits(0, 1, 2, 3, 4, 5)
const all = bits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
const trap = bits(trapBit)

const table: readonly [string, Partial<Circumstances>, readonly Doubt[]][] = [
  ['a person', {}, []],
  ['somebody who was challenged and has not passed', { passed: false }, ['challenge']],
  ['somebody without an invitation', { sent: null, touched: 0, touching: null }, []],

  ['2,999 ms after sending', { sent: now - 2_999 }, ['early']],
  ['3,000 ms after sending', { sent: now - 3_000 }, []],
  ['before it was sent, by another clock', { sent: now + 1_000 }, ['early']],
  ['somebody who writes at once', { sent: now - 2_999, written: true }, ['early']],

  ['five of eleven links', { touched: bits(0, 1, 2, 3, 4) }, []],
  ['six of eleven links', { touched: six }, ['many-links']],
  ['all links', { touched: all }, ['many-links']],
  ['all links, 29,999 ms ago', { touched: all, touching: now - 29_999 }, ['many-links']],
  ['all links, 30,000 ms ago', { touched: all, touching: now - 30_000 }, []],
  ['all links, and somebody who writes', { touched: all, written: true }, []],
  ['two of five links', { question: csat, touched: bits(4, 5) }, []],
  ['three of five links', { question: csat, touched: bits(3, 4, 5) }, ['many-links']],
  ['three of seven links', { question: ces, touched: bits(1, 2, 3) }, []],
  ['four of seven links', { question: ces, touched: bits(1, 2, 3, 4) }, ['many-links']],
  ['both of two links', { question: thumbs, touched: bits(0, 1) }, []],
  ['the hidden one of two links', { question: thumbs, touched: trap }, ['trap']],
  ['links that the scale has not', { question: csat, touched: bits(6, 7, 8, 9) }, []],

  ['the hidden link', { touched: trap }, ['trap']],
  ['the hidden link, 599,999 ms ago', { touched: trap, touching: now - 599_999 }, ['trap']],
  ['the hidden link, 600,000 ms ago', { touched: trap, touching: now - 600_000 }, []],
  ['the hidden link, and somebody who writes', { touched: trap, written: true }, []],
  ['the hidden link and all others', { touched: trap | all }, ['many-links', 'trap']],
  ['the same a minute ago', { touched: trap | all, touching: now - 60_000 }, ['trap']],

  ['the hidden field', { hidden: true }, ['hidden-field']],
  ['the hidden field and words', { hidden: true, written: true }, ['hidden-field']],

  ['no gesture where one is wanted', { mode: 'assisted' }, ['no-gesture']],
  ['words without a gesture', { mode: 'assisted', written: true }, ['no-gesture']],
  ['a gesture', { mode: 'assisted', gesture: 'shown' }, []],
  ['a gesture where none is wanted', { gesture: 'shown' }, []],

  ['somebody who has not passed the challenge', { passed: false }, ['challenge']],
  ['words without the challenge', { passed: false, written: true }, ['challenge']],

  [
    'everything at once',
    { sent: now, touched: trap | all, hidden: true, mode: 'assisted', passed: false },
    ['early', 'many-links', 'trap', 'hidden-field', 'no-gesture', 'challenge'],
  ],
]

test.each(table)('%s', (_, circumstances, expected) => {
  expect(doubts({ ...person, ...circumstances })).toEqual(expected)
})
