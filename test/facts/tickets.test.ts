import { describe, expect, test } from 'vitest'
import { type Refusal, content, flags, names, read, required, strangers } from './read.ts'

const thread = 'ticket:t1'

describe('ticket.created', () => {
  test('says nothing but its name where nothing more is known', () => {
    expect(read('ticket.created', { ticket: 't1' })).toEqual(content({ subject: 't1', thread }))
  })

  test('can be cut by agent and channel, and keeps its customer', () => {
    const dimensions = { agent: 'Ann', channel: 'mail' }

    expect(read('ticket.created', { ticket: 't1', customer: 'c1', ...dimensions })).toEqual(
      content({ subject: 't1', thread, dimensions, data: { customer: 'c1' } }),
    )
  })

  test.each<Refusal>([
    ...required('ticket'),
    ...names('ticket', 'customer', 'agent', 'channel'),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('ticket.created', { ticket: 't1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('ticket.replied', () => {
  test('can be cut by agent', () => {
    expect(read('ticket.replied', { ticket: 't1', agent: 'Ann' })).toEqual(
      content({ subject: 't1', thread, dimensions: { agent: 'Ann' } }),
    )
  })

  test.each([
    [true, { bot: 'yes' }],
    ['true', { bot: 'yes' }],
    [false, {}],
    ['false', {}],
  ])('is a machine’s where bot is true: %j', (bot, dimensions) => {
    expect(read('ticket.replied', { ticket: 't1', bot })).toEqual(
      content({ subject: 't1', thread, dimensions }),
    )
  })

  test.each<Refusal>([
    ...required('ticket'),
    ...names('ticket', 'agent'),
    ...flags('bot'),
    ...strangers,
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('ticket.replied', { ticket: 't1', [path]: value })).toEqual([{ path, message }])
  })
})

describe('ticket.solved', () => {
  test('can be cut by agent', () => {
    expect(read('ticket.solved', { ticket: 't1' })).toEqual(content({ subject: 't1', thread }))
    expect(read('ticket.solved', { ticket: 't1', agent: 'Ann' })).toEqual(
      content({ subject: 't1', thread, dimensions: { agent: 'Ann' } }),
    )
  })

  test.each<Refusal>([...required('ticket'), ...names('ticket', 'agent'), ...strangers])(
    'refuses a %s that is %j: %s',
    (path, value, message) => {
      expect(read('ticket.solved', { ticket: 't1', [path]: value })).toEqual([{ path, message }])
    },
  )
})

describe('ticket.reopened', () => {
  test('continues the thread of the ticket', () => {
    expect(read('ticket.reopened', { ticket: 't1' })).toEqual(content({ subject: 't1', thread }))
  })

  test.each<Refusal>([
    ...required('ticket'),
    ...names('ticket'),
    ...strangers,
    ['agent', 'Ann', 'Unknown field'],
  ])('refuses a %s that is %j: %s', (path, value, message) => {
    expect(read('ticket.reopened', { ticket: 't1', [path]: value })).toEqual([{ path, message }])
  })
})
