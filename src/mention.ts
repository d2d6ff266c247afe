/** How a name can be found in what others wrote. */
export interface Mention {
  /** Names that are looked for as whole values, in lower case. */
  readonly values: readonly string[]
  /** The same as they may be written in JSON, in XML and in addresses. */
  readonly written: readonly string[]
  /** Those of them that are long enough to be nobody else's wherever they occur. */
  readonly anywhere: readonly string[]
}

/** Shorter names, and numbers below a billion, occur by chance. */
const tellingLength = 6
const tellingDigits = 10

function isTelling(name: string): boolean {
  return name.length >= (/^\d+$/.test(name) ? tellingDigits : tellingLength)
}

const escapedUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A name in every form that senders give it: as it is, escaped for JSON, for XML, for an address. */
function formsOf(name: string): string[] {
  const json = JSON.stringify(name).slice(1, -1)
  const xml = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const forms = [
    name,
    json,
    json.replaceAll('/', '\\/'),
    json.replaceAll(/[\u0080-\uffff]/g, escapedUnit),
    xml,
    encodeURIComponent(name.toWellFormed()),
  ]
  return [...new Set(forms.map((form) => form.toLowerCase()))]
}

/**
 * How to find names in bodies. A short one such as `42` is only found as a whole value: bodies are full of
 * such numbers.
 */
export function mentionOf(names: readonly string[]): Mention {
  return {
    values: names.map((name) => name.toLowerCase()),
    written: names.flatMap(formsOf),
    anywhere: names.filter(isTelling).flatMap(formsOf),
  }
}
