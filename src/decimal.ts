import * as v from 'valibot'

const form = /^(?:0|[1-9]\d*)(?:\.(\d+))?$/

/**
 * A decimal number as a whole number of its smallest unit (`1.50` with two digits is 150), or `null`
 * where it is none in canonical form: signs, blanks, grouping, exponents, leading zeros and more
 * decimals than `digits` are refused, because rounding would be a guess.
 *
 * @param limit the greatest number of units; beyond 2^53 they would not be exact.
 */
export function parseDecimal(input: unknown, digits: number, limit: number): number | null {
  const text = decimalOf(input)
  const found = form.exec(text)
  if (found === null) return null
  const [, decimals = ''] = found
  if (decimals.length > digits) return null
  const units = Number(text.replace('.', '') + '0'.repeat(digits - decimals.length))
  return units <= limit ? units : null
}

/** What is read; a number is read as it would be written, which beyond 1e21 has an exponent. */
function decimalOf(input: unknown): string {
  if (typeof input === 'string') return input
  return typeof input === 'number' && !Object.is(input, -0) ? String(input) : ''
}

/** The opposite of {@link parseDecimal}: 150 with two digits is `1.50`. */
export function decimalText(units: number, digits: number): string {
  if (digits === 0) return String(units)
  const text = String(units).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** The rule a refused decimal has broken; `what` is what was expected, such as `seconds`. */
export function decimalRule(
  input: unknown,
  { what, digits, limit }: { what: string; digits: number; limit: number },
): string {
  const decimals = digits === 0 ? 'without decimals' : `with at most ${digits} decimals`
  const shown = JSON.stringify(input)?.slice(0, 40) ?? 'missing'
  return `Expected ${what} as plain digits ${decimals}, at most ${decimalText(limit, digits)}: current value is ${shown}`
}

/** A field of a decimal, as text or number, that becomes a whole number of its smallest unit. */
export function decimalField(kind: { what: string; digits: number; limit: number }) {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const units = parseDecimal(dataset.value, kind.digits, kind.limit)
      if (units !== null) return units
      addIssue({ message: decimalRule(dataset.value, kind) })
      return NEVER
    }),
  )
}
