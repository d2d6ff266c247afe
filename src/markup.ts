const safe = Symbol('safe')

/** HTML or SVG in which every foreign string has been escaped. Only {@link markup} makes it. */
export interface Markup {
  readonly [safe]: string
}

/** What a template may hold. `null`, `undefined` and `false` write nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that XML 1.0 section 2.2 forbids; one of them in a label would break a whole picture. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Most strings have nothing to escape, and telling so takes a quarter of the time. */
// oxlint-disable-next-line no-control-regex
const suspect = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/

function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

function write(content: Content): string {
  if (typeof content === 'string') return suspect.test(content) ? escape(content) : content
  if (content === null || content === undefined || content === false) return ''
  if (typeof content === 'number') return String(content)
  if (safe in content) return content[safe]
  let text = ''
  for (const each of content) text += write(each)
  return text
}

/**
 * The only way to make HTML or SVG: a tagged template that escapes whatever is put into it, for text
 * and for quoted attributes alike. Nesting markup in markup keeps it.
 */
export function markup(template: TemplateStringsArray, ...contents: Content[]): Markup {
  let text = template[0] ?? ''
  for (let index = 0; index < contents.length; index++) {
    text += write(contents[index]) + (template[index + 1] ?? '')
  }
  return { [safe]: text }
}

/**
 * A script of our own, as what stands inside a `script` element, where nothing may be escaped.
 *
 * @throws RangeError where the text would end that element.
 */
export function script(text: string): Markup {
  if (/<[!/]/.test(text)) throw new RangeError('The script would end its element')
  return { [safe]: text }
}

/** The text to send of a finished piece of markup. */
export function render(piece: Markup): string {
  return piece[safe]
}
