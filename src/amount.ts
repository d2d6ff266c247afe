import { intervalWords, margin, sample } from './caption.ts'
import { formatMargin, formatValue } from './format.ts'
import type { Estimate, Unit } from './kpi.ts'
import type { Language } from './language.ts'

/** What a number is an amount of, and how it is told. */
export interface Measured {
  readonly kpi: { readonly unit: Unit }
  readonly language: Language
  /** ISO 4217 code of the workspace's money. */
  readonly currency: string
}

/** A value as badges and charts show it. */
export function amount({ kpi: { unit }, language, currency }: Measured, value: number): string {
  return formatValue(value, unit, language, currency)
}

/** A value with its interval and its sample size, as far as it has them. */
export function defended(of: Measured, estimate: Estimate): string {
  if (estimate.value === null) return ''
  const { language, currency, kpi } = of
  const told = { total: estimate, unit: kpi.unit, language, currency }
  const isItsOwn = kpi.unit === 'count' && estimate.value === estimate.n
  const notes = [margin(told) ?? intervalWords(told), isItsOwn ? null : sample(told)]
  const evidence = notes.filter((note) => note !== null).join(', ')
  return `${amount(of, estimate.value)}${evidence === '' ? '' : ` (${evidence})`}`
}

/** How much something differs from `value`, without a sign and as precise as that is shown. */
export function sizeOf(of: Measured, size: number, value: number): string {
  const { unit } = of.kpi
  return unit === 'seconds' || unit === 'currency'
    ? amount(of, size)
    : formatMargin(size, value, unit, of.language)
}
