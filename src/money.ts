import * as v from 'valibot'
import { decimalRule, parseDecimal } from './decimal.ts'

/**
 * Decimals of the currencies that do not have two (ISO 4217, list one). The runtime's own say how
 * people write prices, which differs for several.
 */
const decimals: ReadonlyMap<string, number> = new Map([
  ...listed(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...listed(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...listed(4, 'CLF UYW'),
])

function listed(digits: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, digits])
}

/** The runtime leaves out some of the units of account. */
const currencies: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf('currency'),
  ...decimals.keys(),
])

/** The greatest amount of one fact, in minor units: a thousand of them still add up exactly. */
export const moneyLimit = Math.floor(Number.MAX_SAFE_INTEGER / 1000)

/** Whether this is the ISO 4217 code of a currency, in upper case. */
export function isCurrency(code: string): boolean {
  return currencies.has(code)
}

/** A currency by its code. */
export const currencyField = v.pipe(
  v.string('Expected an ISO 4217 code'),
  v.check(isCurrency, 'Expected an ISO 4217 code such as "EUR"'),
)

/** How many decimals the major unit of a currency has. */
export function digitsOf(currency: string): number {
  return decimals.get(currency) ?? 2
}

/**
 * An amount in whole minor units, or `null` where it is none: texts and numbers of plain digits, with at
 * most the currency's decimals. `12.00` is no amount of yen, although nothing would be lost.
 */
export function parseMoney(input: unknown, currency: string): number | null {
  return parseDecimal(input, digitsOf(currency), moneyLimit)
}

/** The rule a refused amount has broken. */
export function moneyRule(input: unknown, currency: string): string {
  return decimalRule(input, { what: currency, digits: digitsOf(currency), limit: moneyLimit })
}
