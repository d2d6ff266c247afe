import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStamped, stampedText } from '../src/stamped.ts'

test('a value is read back with its time, whatever it is', () => {
  const stamped = fc.record({
    time: fc.integer({ min: 0, max: 8_640_000_000_000 }),
    text: fc.string({ unit: 'binary' }),
  })

  fc.assert(
    fc.property(stamped, (one) => {
      expect(parseStamped(stampedText(one))).toEqual(one)
    }),
    { seed: 1 },
  )
})

test.each([undefined, '', 'won', '12', '-1 won', '1e3 won', ' 1 won'])(
  'nothing is read from %j',
  (kept) => {
    expect(parseStamped(kept)).toBeNull()
  },
)
