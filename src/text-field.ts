import * as v from 'valibot'

/** The length of a text as people count it, more or less: an emoji is one or a few, never its bytes. */
export function codePoints(text: string): number {
  return Array.from(text).length
}

/**
 * A text of at most `limit` code points that storage returns unchanged: NUL ends a string for some SQL
 * functions, and a lone surrogate has no UTF-8.
 */
export function textField(limit: number) {
  return v.pipe(
    v.string('Expected a text'),
    v.metadata({ maxLength: limit }),
    v.check((text) => text.isWellFormed(), 'The text holds half a character (a lone surrogate)'),
    v.check((text) => !text.includes('\u0000'), 'The text holds a NUL character'),
    v.check(
      (text) => text.length <= limit || codePoints(text) <= limit,
      (issue) =>
        `Expected at most ${limit} characters: current length is ${codePoints(issue.input)}`,
    ),
  )
}

/** A name or id: 1–200 code points, trimmed, in Unicode's composed form so that equal looks are equal. */
export const nameField = v.pipe(
  textField(200),
  v.transform((text) => text.trim().normalize('NFC')),
  v.minLength(1, 'Expected a text that is not blank'),
)
