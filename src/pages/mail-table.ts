import { type Content, type Markup, markup } from '../markup.ts'
import { light } from '../palette.ts'

/** Segoe UI comes first: Outlook on Windows draws text in Times where it lacks the first font. */
export const font = 'font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif'

/**
 * A paper that every cell says again: mail programs inherit less than browsers do. It is never an attribute,
 * as that would stay where styles are cut off, and the light text of a dark screen with it.
 */
export const paper = `background-color:${light.bg}`

/** What every table of a mail is: a grid to draw on, of which a screen reader says nothing. */
export const grid: Markup = markup`role="presentation" cellpadding="0" cellspacing="0" border="0"`

/** What only Outlook on Windows reads: it draws no blocks side by side and knows no `max-width`. */
export function outlook(tags: Markup): Markup {
  return markup`<!--[if mso]>${tags}<![endif]-->`
}

/** A piece in a table of exactly this width, for Outlook; others take the piece as it is. */
export function within(width: number, piece: Content): Markup {
  const open = outlook(markup`<table ${grid} width="${width}"><tr><td>`)
  return markup`${open}${piece}${outlook(markup`</td></tr></table>`)}`
}
