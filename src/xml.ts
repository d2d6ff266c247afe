import { SaxesParser } from 'saxes'
import { Problem } from './problem.ts'

/** An element of an XML document, without attributes: `name` is local, its prefix is gone. */
export interface Element {
  readonly name: string
  readonly children: readonly Element[]
  /** The text directly inside it. */
  readonly text: string
}

export function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'children' in value && 'name' in value
}

/** Deeper nesting than this has no use here. */
const depthLimit = 32

/**
 * Reads XML that a stranger wrote, namespaces included. There is no document type, hence no entities but
 * the five of XML itself: nothing is fetched and nothing expands.
 *
 * @throws Problem where it is not well-formed, nests too deep or has a document type.
 */
export function parseXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true })
  const open: { name: string; children: Element[]; text: string }[] = []
  let root: Element | null = null
  parser.on('error', () => {
    throw new Problem('malformed', 'The body is not well-formed XML')
  })
  parser.on('doctype', () => {
    throw new Problem('malformed', 'The body has a document type, which is not accepted')
  })
  parser.on('opentag', ({ local }) => {
    if (open.length >= depthLimit) {
      throw new Problem('malformed', `The body nests deeper than ${depthLimit} levels`)
    }
    open.push({ name: local, children: [], text: '' })
  })
  const addText = (piece: string) => {
    const inside = open.at(-1)
    if (inside !== undefined) inside.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const element = open.pop()
    const outside = open.at(-1)
    if (element === undefined) return
    if (outside === undefined) root = element
    else outside.children.push(element)
  })
  parser.write(text).close()
  if (root === null) throw new Problem('malformed', 'The body is empty')
  return root
}
