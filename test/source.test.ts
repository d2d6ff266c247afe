import { expect, test } from 'vitest'
import { type Told, single } from '../src/source.ts'

const solved: Told = { id: 'solved:1', type: 'ticket.solved', time: 1, data: { ticket: '1' } }

const created: Told = { id: 'created:1', type: 'ticket.created', time: 0, data: { ticket: '1' } }

test('a delivery is called as its first fact; the others keep their names', () => {
  expect(single({ name: 'done', facts: [solved, created] }, 'event-7')).toEqual({
    id: 'solved:1',
    events: [
      {
        name: 'done',
        facts: [{ type: 'ticket.solved', time: 1, data: { ticket: '1' } }, created],
      },
    ],
  })
})

test('a correction keeps what it corrects', () => {
  const correction: Told = { ...solved, id: 'solved:1:2', replaces: 'solved:1', revision: 2 }

  expect(single({ name: 'done', facts: [correction] }, null)).toEqual({
    id: 'solved:1:2',
    events: [
      {
        name: 'done',
        facts: [
          {
            type: 'ticket.solved',
            time: 1,
            data: { ticket: '1' },
            replaces: 'solved:1',
            revision: 2,
          },
        ],
      },
    ],
  })
})

test('an event without facts, or whose fact has no name, is called by the vendor’s id', () => {
  const { id: _, ...nameless } = solved

  expect(single({ name: 'ping', ignored: 'A test' }, 'event-7').id).toBe('event-7')
  expect(single({ name: 'odd', unclear: 'Nobody knows' }, null).id).toBe(null)
  expect(single({ name: 'none', facts: [] }, 'event-7').id).toBe('event-7')
  expect(single({ name: 'done', facts: [nameless] }, 'event-7').id).toBe('event-7')
})
