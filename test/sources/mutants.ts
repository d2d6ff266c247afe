/** A body with one thing wrong in it, and what that is, such as `content.invoice.id: null`. */
export interface Mutant {
  readonly how: string
  readonly body: unknown
}

type Path = readonly (string | number)[]

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How deep a value is buried. */
const depth = 40

function buried(value: unknown): unknown {
  let deep = value
  for (let level = 0; level < depth; level++) deep = { a: deep }
  return deep
}

/** The same in another type, and what is left of it when it is empty. */
function* variants(value: unknown): Generator<readonly [how: string, value: unknown]> {
  if (typeof value === 'string') {
    yield ['as a number', Number.isFinite(Number(value)) ? Number(value) : 7]
    if (value !== '') yield ['empty', '']
  }
  if (typeof value === 'number' || typeof value === 'boolean') yield ['as a text', String(value)]
  if (isObject(value)) {
    yield ['as a list', Object.values(value)]
    if (Object.keys(value).length > 0) yield ['empty', {}]
  }
  if (Array.isArray(value)) {
    yield ['as an object', Object.fromEntries(value.entries())]
    if (value.length > 0) yield ['empty', []]
    if (value.length > 0) yield ['doubled', [...value, ...value]]
  }
}

/** What may stand anywhere instead of a value. */
function* strangers(value: unknown): Generator<readonly [how: string, value: unknown]> {
  if (value !== null) yield ['null', null]
  yield ['a huge text', 'x'.repeat(2_000)]
  yield ['a negative number', -1]
  yield ['a fraction', 0.5]
  yield ['2^60', 2 ** 60]
  yield [`${depth} levels deeper`, buried(value)]
}

function* placesOf(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  yield [path, value]
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield* placesOf(item, [...path, at])
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) yield* placesOf(member, [...path, name])
  }
}

/** A copy with other members along a path; `members` is what becomes of what is at its end. */
function changed(
  body: unknown,
  [step, ...rest]: Path,
  members: (value: unknown) => readonly unknown[],
): unknown {
  const inside = (value: unknown) =>
    rest.length === 0 ? members(value) : [changed(value, rest, members)]
  if (Array.isArray(body)) {
    return body.flatMap((item, at) => (at === step ? inside(item) : [item]))
  }
  const entries = Object.entries(body as Json).flatMap(([name, value]) =>
    name === step ? inside(value).map((other) => [name, other] as const) : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}

/**
 * Every body that differs from a given one in one place: each of its values in turn is missing, `null`,
 * of another type, empty, absurdly long, large or deep. Always the same ones in the same order; each is
 * made when it is asked for.
 */
export function* mutants(body: unknown): Generator<Mutant> {
  for (const [path, value] of placesOf(body)) {
    const where = path.length === 0 ? 'the body' : path.join('.')
    if (path.length > 0) yield { how: `${where}: missing`, body: changed(body, path, () => []) }
    for (const [how, other] of [...strangers(value), ...variants(value)]) {
      const mutant = path.length === 0 ? other : changed(body, path, () => [other])
      yield { how: `${where}: ${how}`, body: mutant }
    }
  }
}
