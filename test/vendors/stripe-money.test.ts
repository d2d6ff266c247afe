import { expect, test } from 'vitest'
import { isCurrency, parseMoney } from '../../src/money.ts'
import { stripeMajorAt, stripeMonthly } from '../../src/vendors/stripe-money.ts'

const major = (amount: unknown, currency: string) => stripeMajorAt({ amount }, 'amount', currency)
const yearly = (units: number, currency: string) =>
  stripeMonthly([{ units, every: 1, interval: 'year' }], currency)

test.each([
  [1099, 'EUR', '10.99'],
  [1000, 'USD', '10'],
  [0, 'USD', '0'],
  [500, 'JPY', '500'],
  [500, 'ISK', '5'],
  [500, 'UGX', '5'],
  [500, 'MGA', '500'],
  [5120, 'KWD', '5.12'],
])('%i of %s is %s', (amount, currency, expected) => {
  expect(major(amount, currency)).toBe(expected)
})

test('fractions of what has none are kept, so that they are refused later', () => {
  expect(major(550, 'ISK')).toBe('5.5')
  expect(parseMoney(major(550, 'ISK'), 'ISK')).toBeNull()
})

test('a charge a month is rounded to what the currency has', () => {
  expect(yearly(1_000_000, 'ISK')).toBe('833')
  expect(yearly(1_000_000, 'UGX')).toBe('833')
  expect(yearly(1_000, 'USD')).toBe('0.83')
  expect(yearly(10_000, 'JPY')).toBe('833')
  expect(yearly(1_000, 'KWD')).toBe('0.083')
  expect(stripeMonthly([], 'EUR')).toBe('0')
})

test('what is charged a month is money in every currency', () => {
  const wrong = Intl.supportedValuesOf('currency')
    .filter(isCurrency)
    .filter((currency) => parseMoney(yearly(1_234_567, currency), currency) === null)

  expect(wrong).toEqual([])
})
