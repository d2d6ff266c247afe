import { expect, test } from 'vitest'
import { rootCause, storageFailed } from '../../src/store/failure.ts'

// The errors of D1's documentation, page "Debug D1".
const troubles = [
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'Network connection lost.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'Cannot resolve D1 DB due to transient issue on remote node.',
  'D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1 DB is overloaded. Requests queued for too long.',
  'D1 DB is overloaded. Too many requests queued.',
  'D1 DB exceeded its CPU time limit and was reset.',
  'D1_ERROR: database or disk is full: SQLITE_FULL',
]

test.each(troubles)(
  '%s is storage trouble, also where it is the cause of another error',
  (text) => {
    expect(storageFailed(new Error(text))).toBe(true)
    expect(storageFailed(new Error('Failed query', { cause: new Error(text) }))).toBe(true)
  },
)

test.each([
  'D1_ERROR: no such column: colour: SQLITE_ERROR',
  'D1_ERROR: CHECK constraint failed: value: SQLITE_CONSTRAINT',
  "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
  'Cannot read properties of undefined',
])('%s is a bug, not storage trouble', (text) => {
  expect(storageFailed(new Error(text))).toBe(false)
})

test('what is logged is the cause, without what was bound to the query', () => {
  const error = new Error('Failed query: insert; params: a secret comment', {
    cause: new Error('D1 DB is overloaded.'),
  })

  expect(rootCause(error)).toBe('Error: D1 DB is overloaded.')
})
