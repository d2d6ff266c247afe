import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalText } from '../src/decimal.ts'
import { digitsOf, isCurrency, moneyLimit, moneyRule, parseMoney } from '../src/money.ts'

const currencies = ['EUR', 'USD', 'JPY', 'BHD', 'CLF']

const currency = fc.constantFrom(...currencies)
const units = fc.integer({ min: 0, max: moneyLimit })

test('reads back every amount that was written with all decimals', () => {
  fc.assert(
    fc.property(units, currency, (units, currency) => {
      expect(parseMoney(decimalText(units, digitsOf(currency)), currency)).toBe(units)
    }),
    { seed: 1, numRuns: 2000 },
  )
})

test('reads an amount written with fewer decimals as the same amount', () => {
  fc.assert(
    fc.property(units, currency, (units, currency) => {
      const text = decimalText(units, digitsOf(currency)).replace(/\.?0+$/, '')
      const whole = decimalText(units, digitsOf(currency)).split('.', 1)[0] ?? ''

      if (text.includes('.')) expect(parseMoney(text, currency)).toBe(units)
      expect(parseMoney(whole, currency)).toBe(Number(whole) * 10 ** digitsOf(currency))
    }),
    { seed: 2, numRuns: 2000 },
  )
})

test('reads a number as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), currency, (units, currency) => {
      const text = decimalText(units, digitsOf(currency))

      expect(parseMoney(Number(text), currency)).toBe(units)
    }),
    { seed: 3, numRuns: 2000 },
  )
})

test('takes no text for an amount that has anything but digits and one point', () => {
  const character = fc.constantFrom(...Array.from('0123456789.,-+ eE_x€٣３\n\u00a0'))
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 8 }), currency, (text, currency) => {
      if (parseMoney(text, currency) === null) return
      const [whole = '', decimals = ''] = text.split('.')

      expect(text).toMatch(/^[0-9]+(\.[0-9]+)?$/)
      expect(String(Number(whole))).toBe(whole)
      expect(decimals.length).toBeLessThanOrEqual(digitsOf(currency))
    }),
    { seed: 4, numRuns: 5000 },
  )
})

test.each([
  ['1054.00', 'EUR', 105_400],
  ['1054', 'EUR', 105_400],
  ['0.5', 'EUR', 50],
  ['0', 'EUR', 0],
  [0.29, 'EUR', 29],
  [1.1, 'EUR', 110],
  [8.2, 'EUR', 820],
  [1054, 'JPY', 1_054],
  ['1.234', 'KWD', 1_234],
  ['1.2345', 'UYW', 12_345],
  ['90071992547.40', 'EUR', moneyLimit],
  ['9007199254740', 'JPY', moneyLimit],
])('reads %j %s as %d minor units', (input, currency, minor) => {
  expect(parseMoney(input, currency)).toBe(minor)
})

test.each([
  ['1054.000', 'EUR'],
  ['12.00', 'JPY'],
  [12.5, 'JPY'],
  ['1.2345', 'BHD'],
  ['90071992547.41', 'EUR'],
  [90_071_992_548, 'EUR'],
  ['9007199254741', 'JPY'],
  ['9'.repeat(400), 'EUR'],
  ['', 'EUR'],
  ['.5', 'EUR'],
  ['5.', 'EUR'],
  ['1.2.3', 'EUR'],
  ['007', 'EUR'],
  ['0x10', 'EUR'],
  ['Infinity', 'EUR'],
  [Number.NaN, 'EUR'],
  [Number('1e309'), 'EUR'],
  [1e-7, 'EUR'],
  [-0, 'EUR'],
  [5n, 'EUR'],
  [undefined, 'EUR'],
  [null, 'EUR'],
  [{ valueOf: (): number => 5 }, 'EUR'],
  [['5'], 'EUR'],
])('takes %o %s for no amount', (input: unknown, currency) => {
  expect(parseMoney(input, currency)).toBeNull()
})

test('names the rule and what was said instead', () => {
  expect(moneyRule('1,054.00', 'EUR')).toBe(
    'Expected EUR as plain digits with at most 2 decimals, at most 90071992547.40: current value is "1,054.00"',
  )
  expect(moneyRule('12.00', 'JPY')).toBe(
    'Expected JPY as plain digits without decimals, at most 9007199254740: current value is "12.00"',
  )
  expect(moneyRule(undefined, 'EUR')).toMatch(/current value is missing$/)
  expect(moneyRule('x'.repeat(10_000), 'EUR').length).toBeLessThan(150)
})

test.each([
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [2, 'EUR USD GBP PLN RUB HUF TWD COP IDR LAK MGA MRU ALL'],
])('knows that %d decimals are those of %s', (digits, codes) => {
  for (const code of codes.split(' ')) {
    expect([code, isCurrency(code), digitsOf(code)]).toEqual([code, true, digits])
  }
})

test.each(['', 'eur', 'EURO', 'EU', '€', ' EUR', '__proto__', 'ABC'])(
  'takes %j for no currency',
  (code) => {
    expect(isCurrency(code)).toBe(false)
  },
)
