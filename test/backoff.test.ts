import { expect, test } from 'vitest'
import { mostAttempts, nextAttempt, parseRetryAfter } from '../src/backoff.ts'

const minute = 60_000
const calm = { now: 0, asked: 0, jitter: 0 }

test('nextAttempt() waits longer each time, and gives up after seven attempts over 28 hours', () => {
  const waits = [1, 2, 3, 4, 5, 6].map((attempts) => nextAttempt(attempts, calm))

  expect(waits).toEqual([5, 30, 120, 300, 600, 600].map((minutes) => minutes * minute))
  expect(mostAttempts).toBe(7)
  expect(nextAttempt(7, calm)).toBe(null)
  expect(nextAttempt(70, calm)).toBe(null)
})

test('nextAttempt() spreads by up to a fifth, and never comes early', () => {
  expect(nextAttempt(1, { ...calm, jitter: 1 })).toBe(6 * minute)
  expect(nextAttempt(1, { ...calm, jitter: 0.5 })).toBe(5.5 * minute)
})

test('nextAttempt() leaves a receiver alone for as long as it asks, for a day at most', () => {
  expect(nextAttempt(1, { ...calm, asked: 60 * minute })).toBe(60 * minute)
  expect(nextAttempt(1, { ...calm, asked: 1e12 })).toBe(24 * 60 * minute)
})

test.each([
  [null, 0],
  ['120', 120_000],
  ['0', 0],
  ['-5', 0],
  ['1e9', 0],
  ['soon', 0],
  ['9999999', 0],
  ['Thu, 01 Jan 1970 00:02:00 GMT', 60_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('parseRetryAfter() of %j is %i', (header, wait) => {
  expect(parseRetryAfter(header, minute)).toBe(wait)
})
