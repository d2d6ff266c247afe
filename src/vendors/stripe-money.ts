import { major, wholeAt } from '../at.ts'
import { digitsOf } from '../money.ts'
import { type Charge, monthly } from '../mrr.ts'

/**
 * Decimals of the currencies that Stripe does not count in hundredths, as docs.stripe.com/currencies
 * lists them. It is not ISO 4217: ISK and UGX stay in hundredths, and MGA has no decimals.
 */
const decimals: ReadonlyMap<string, number> = new Map([
  ...listed(0, 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'),
  ...listed(3, 'BHD JOD KWD OMR TND'),
])

function listed(digits: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, digits])
}

const stripeDigitsOf = (currency: string) => decimals.get(currency) ?? 2

/** An amount in the units that Stripe counts its currency in, in major units. */
export function stripeMajorAt(body: unknown, path: string, currency: string): string {
  return major(wholeAt(body, path), stripeDigitsOf(currency))
}

/** What charges come to in a month, in major units, rounded to what the currency has. */
export function stripeMonthly(charges: readonly Charge[], currency: string): string {
  const units = monthly(charges)
  const own = stripeDigitsOf(currency)
  const digits = Math.min(own, digitsOf(currency))
  return major(Math.round(units / 10 ** (own - digits)), digits)
}
