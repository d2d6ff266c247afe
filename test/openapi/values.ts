import { type Description, type Shape, shapeOf } from '../../src/description.ts'
import type { Random } from './random.ts'

/** What has broken programs before: empty, blank, foreign, half, endless, and what means something elsewhere. */
const texts = [
  '',
  ' ',
  'x',
  'Ω≈ç√∫',
  'مرحبا',
  '👩‍👩‍👧‍👦',
  '\u0000',
  '\ud800',
  '\u202e',
  'null',
  '__proto__',
  "'; DROP TABLE fact; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00%ff',
  'a'.repeat(300),
  '1e400',
  '-0',
]

const numbers = [0, -1, 1, 0.5, 1e21, -1e21, 2 ** 53, 255, 1_000_000]

/** Something that may be sent where a value is expected, whatever is expected there. */
export function anything(random: Random): unknown {
  return random.pick<() => unknown>([
    () => random.pick(texts),
    () => random.pick(numbers),
    () => random.chance(0.5),
    () => null,
    () => [],
    () => [random.pick(texts), random.pick(numbers)],
    () => ({}),
    () => ({ [random.pick(texts)]: random.pick(texts) }),
    () => 'y'.repeat(9_000),
  ])()
}

/** A value of a shape, often at one of its bounds. What only the code knows may refuse it all the same. */
export function valueOf(
  shape: Shape,
  { components }: Pick<Description, 'components'>,
  random: Random,
): unknown {
  const found = shapeOf(shape, { components })
  const inner = (one: Shape) => valueOf(one, { components }, random)
  if (found.const !== undefined) return found.const
  if (found.enum !== undefined) return random.pick(found.enum)
  const choices = found.anyOf ?? found.oneOf
  if (choices !== undefined) return inner(random.pick(choices))
  if (found.prefixItems !== undefined) return found.prefixItems.map(inner)
  switch (found.type) {
    case 'string':
      return textOf(found, random)
    case 'integer':
    case 'number':
      return numberOf(found, random)
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    case 'array':
      return Array.from({ length: random.below(4) }, () =>
        inner(typeof found.items === 'object' ? found.items : {}),
      )
    case 'object':
      return objectOf(found, inner, random)
    default:
      return anything(random)
  }
}

function objectOf(shape: Shape, inner: (one: Shape) => unknown, random: Random): unknown {
  const { properties, required = [], propertyNames, additionalProperties: more } = shape
  if (properties === undefined) {
    const name = propertyNames === undefined ? 'name' : String(inner(propertyNames))
    return random.chance(0.5) ? {} : { [name]: typeof more === 'object' ? inner(more) : 'x' }
  }
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || random.chance(0.3))
      .map(([name, one]) => [name, inner(one)]),
  )
}

function numberOf({ minimum = -1_000, maximum = 1_000, type }: Shape, random: Random): number {
  const between = minimum + random.next() * (maximum - minimum)
  return random.pick([minimum, maximum, type === 'integer' ? Math.round(between) : between])
}

function textOf({ format, examples, maxLength, minLength = 0 }: Shape, random: Random): string {
  if (format === 'date')
    return random.pick(['2026-03-01', '2026-02-28', '1970-01-01', '2025-12-31'])
  if (format === 'date-time')
    return random.pick(['2026-03-01T09:30:00Z', '2026-03-01T09:30:00+02:00'])
  if (examples !== undefined && random.chance(0.7)) return String(random.pick(examples))
  if (maxLength !== undefined && random.chance(0.2)) return 'é'.repeat(Math.min(maxLength, 5_000))
  return random.pick(['x'.repeat(Math.max(1, minLength)), 'Zoë 👋', random.pick(texts)])
}
