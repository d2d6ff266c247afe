import { invalid } from './problem.ts'

const form = /^(\d{1,16})(?:\.(\d{1,12}))?$/

/**
 * What so many pieces cost in whole minor units: the price of one may have decimals even there, and the
 * total is rounded once, half up.
 *
 * @throws Problem where the price is no decimal, or where the total is beyond 2^53.
 */
export function lineTotal(path: string, price: string, quantity: number): number {
  const found = form.exec(price)
  if (found === null) {
    throw invalid(
      path,
      `Expected an amount in plain digits: current value is ${price.slice(0, 40)}`,
    )
  }
  const [, whole = '', decimals = ''] = found
  const scale = 10n ** BigInt(decimals.length)
  const exact = BigInt(whole + decimals) * BigInt(quantity)
  const total = Number((2n * exact + scale) / (2n * scale))
  if (!Number.isSafeInteger(total)) throw invalid(path, 'The amount is beyond 2^53')
  return total
}
