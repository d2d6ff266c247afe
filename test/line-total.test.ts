import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineTotal } from '../src/line-total.ts'

test.each([
  ['1000', 1, 1000],
  ['3240', 10, 32_400],
  ['0.5', 3, 2],
  ['0.4', 1, 0],
  ['0.5', 1, 1],
  ['12.5', 100, 1250],
  ['0.000000000001', 1_000_000_000_000, 1],
  ['99', 0, 0],
])('%s times %i is %i', (price, quantity, total) => {
  expect(lineTotal('price', price, quantity)).toBe(total)
})

test.each(['', '-1', '1e3', '1,5', '.5', '5.', ' 5', 'free', '0.0000000000001'])(
  'a price of %j is none',
  (price) => {
    expect(() => lineTotal('price', price, 1)).toThrow(
      `price: Expected an amount in plain digits: current value is ${price}`,
    )
  },
)

test('what cannot be counted exactly is refused', () => {
  expect(lineTotal('price', '9007199254740991', 1)).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => lineTotal('price', '9007199254740991', 2)).toThrow(
    'price: The amount is beyond 2^53',
  )
})

test('whole prices are multiplied exactly', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e6), (price, quantity) => {
      expect(lineTotal('price', String(price), quantity)).toBe(price * quantity)
    }),
  )
})
