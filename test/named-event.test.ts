import { expect, test } from 'vitest'
import { namedEvent } from '../src/named-event.ts'
import { invalid } from '../src/problem.ts'
import { type Told, ignore } from '../src/source.ts'

const fact: Told = { type: 'subscription.due', time: 0, data: { subscription: 's1' } }

test('a reading is named for what happened', () => {
  expect(namedEvent('renewed', 'e1', () => ({ id: 'due:s1', tell: () => fact }))).toEqual({
    id: 'due:s1',
    events: [{ name: 'renewed', facts: [fact] }],
  })
})

test('what means nothing is named by the event', () => {
  expect(namedEvent('pinged', 'e1', () => ignore('A test'))).toEqual({
    id: 'e1',
    events: [{ name: 'pinged', ignored: 'A test' }],
  })
  expect(namedEvent('pinged', null, () => ignore('A test')).id).toBeNull()
})

test('what cannot be told keeps its name as soon as it has one', () => {
  const unclear = { name: 'renewed', unclear: 'amount: Expected a number' }
  const fail = () => {
    throw invalid('amount', 'Expected a number')
  }

  expect(namedEvent('renewed', 'e1', fail)).toEqual({ id: 'e1', events: [unclear] })
  expect(namedEvent('renewed', 'e1', () => ({ id: 'due:s1', tell: fail }))).toEqual({
    id: 'due:s1',
    events: [unclear],
  })
})

test('other errors are bugs', () => {
  const fail = () => {
    throw new RangeError('bug')
  }

  expect(() => namedEvent('renewed', 'e1', fail)).toThrow(RangeError)
})
