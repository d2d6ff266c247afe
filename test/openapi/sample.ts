import type { Description, Shape } from '../../src/description.ts'

/** A value that fits a shape, made of its examples: what an answer may look like. */
export function sampleOf(shape: Shape, schemas: Description['components']['schemas']): unknown {
  const { $ref } = shape
  const found = $ref === undefined ? shape : (schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {})
  if (found.const !== undefined) return found.const
  if (found.examples !== undefined) return found.examples[0]
  if (found.default !== undefined) return found.default
  if (found.enum !== undefined) return found.enum[0]
  const [choice] = found.anyOf ?? found.oneOf ?? []
  if (choice !== undefined) return sampleOf(choice, schemas)
  if (found.properties !== undefined) {
    const required = Object.entries(found.properties).filter(([name]) =>
      found.required?.includes(name),
    )
    return Object.fromEntries(required.map(([name, one]) => [name, sampleOf(one, schemas)]))
  }
  if (typeof found.items === 'object') return [sampleOf(found.items, schemas)]
  const plain: Readonly<Record<string, unknown>> = {
    boolean: true,
    integer: 1,
    number: 1,
    object: {},
  }
  return found.type === 'null' ? null : (plain[found.type ?? ''] ?? '')
}
