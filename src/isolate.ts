import type { Language } from './language.ts'

/**
 * Keeps a piece of a picture's text in its own order (UAX 9, FSI and PDI). Pictures run from left to
 * right, and words that run from right to left would change places with the numbers beside them.
 */
export function isolate(text: string, { direction }: Pick<Language, 'direction'>): string {
  return direction === 'rtl' ? `\u2068${text}\u2069` : text
}
