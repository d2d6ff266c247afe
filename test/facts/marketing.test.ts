import { describe, expect, test } from 'vitest'
import {
  type Refusal,
  amounts,
  content,
  currencies,
  names,
  read,
  required,
  strangers,
} from './read.ts'

describe('visit.started', () => {
  test('is about the visitor and nobody in particular', () => {
    expect(read('visit.started', { visitor: ' v1 ' })).toEqual(content({ subject: 'v1' }))
  })

  test('can be cut by channel', () => {
    expect(read('visit.started', { visitor: 'v1', channel: 'mail' })).toEqual(
      content({ subject: 'v1', dimensions: { channel: 'mail' } }),
    )
  })

  test.each<Refusal>([...required('visitor'), ...names('visitor', 'channel'), ...strangers])(
    'refuses a %s that is %j: %s',
    (path, value, message) => {
      expect(read('visit.started', { visitor: 'v1', [path]: value })).toEqual([{ path, message }])
    },
  )
})

describe('lead.created', () => {
  test('begins the thread of the lead', () => {
    expect(read('lead.created', { lead: 'l1' })).toEqual(
      content({ subject: 'l1', thread: 'lead:l1' }),
    )
  })

  test('can be cut by channel, owner and the dimensions of the workspace', () => {
    const dimensions = { channel: 'mail', owner: 'Ann', 'p.team': 'north' }

    expect(read('lead.created', { lead: 'l1', ...dimensions })).toEqual(
      content({ subject: 'l1', thread: 'lead:l1', dimensions }),
    )
  })

  test.each<Refusal>([...required('lead'), ...names('lead', 'channel', 'owner'), ...strangers])(
    'refuses a %s that is %j: %s',
    (path, value, message) => {
      expect(read('lead.created', { lead: 'l1', [path]: value })).toEqual([{ path, message }])
    },
  )
})

describe('lead.qualified', () => {
  test('continues the thread of the lead', () => {
    expect(read('lead.qualified', { lead: 'l1' })).toEqual(
      content({ subject: 'l1', thread: 'lead:l1' }),
    )
  })

  test.each<Refusal>([
    ...required('lead'),
    ...names('lead'),
    ...strangers,
    ['channel', 'mail', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('lead.qualified', { lead: 'l1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('spend.recorded', () => {
  const spend = { amount: '100.50', purpose: 'acquisition' }

  test('counts in the currency of the workspace', () => {
    expect(read('spend.recorded', spend)).toEqual(
      content({
        subject: 'spend',
        value: 10_050,
        dimensions: { currency: 'EUR', purpose: 'acquisition' },
      }),
    )
  })

  test('counts in its own currency where it says one', () => {
    expect(
      read('spend.recorded', {
        amount: 100,
        currency: 'JPY',
        purpose: 'retention',
        channel: 'mail',
      }),
    ).toEqual(
      content({
        subject: 'spend',
        value: 100,
        dimensions: { currency: 'JPY', channel: 'mail', purpose: 'retention' },
      }),
    )
  })

  test.each<Refusal>([
    ...required('amount', 'purpose'),
    ...amounts('amount'),
    ...currencies,
    ...names('channel'),
    ...strangers,
    ['purpose', '', 'Expected acquisition or retention'],
    ['purpose', 'Acquisition', 'Expected acquisition or retention'],
    ['purpose', null, 'Expected acquisition or retention'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('spend.recorded', { ...spend, [path]: value })).toEqual([{ path, message }])
  })

  test('names everything that is wrong', () => {
    expect(read('spend.recorded', { channel: '', 'p.Team': 'x', more: 1 })).toEqual([
      { path: 'p.Team', message: 'Expected a name of a–z, 0–9 and _ after "p."' },
      { path: 'amount', message: 'The field is missing' },
      { path: 'channel', message: 'Expected a text that is not blank' },
      { path: 'purpose', message: 'The field is missing' },
      { path: 'more', message: 'Unknown field' },
    ])
  })
})
