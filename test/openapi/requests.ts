import type { Description, DescribedOperation, Parameter, Shape } from '../../src/description.ts'
import { type Sent, isJson } from './contract.ts'
import type { Random } from './random.ts'
import { anything, valueOf } from './values.ts'

/** Whose requests are made, and what they may speak of. */
export interface World {
  /** What is sent as a key, from nobody's to everybody's, the right ones the most. */
  readonly keys: readonly (Readonly<Record<string, string>> | null)[]
  /** By the name of a parameter or the part of the path before it: ids that are ours, and others'. */
  readonly ids: Readonly<Record<string, readonly string[]>>
}

/** A request, and the path of the description that it was made for. */
export interface Made {
  readonly template: string
  readonly sent: Sent
}

/** Every operation, by the path and method that lead to it. */
interface Found {
  readonly template: string
  readonly method: string
  readonly operation: DescribedOperation
}

/** Requests without end: every operation in turn, as described or broken somewhere. */
export function* requestsOf(
  description: Description,
  world: World,
  random: Random,
): Generator<Made, never> {
  const all = Object.entries(description.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]): Found => ({
      template,
      method: method.toUpperCase(),
      operation,
    })),
  )
  for (let at = 0; ; at++) {
    const found = all[at % all.length]
    if (found === undefined || (isFinal(found) && !random.chance(0.1))) continue
    yield make(found, { description, world, random })
  }
}

/** What ends something that later requests speak of is done rarely. */
const isFinal = ({ template, method }: Found) =>
  method === 'DELETE' || (method === 'POST' && /\/(?:close|withdraw)$/.test(template))

interface Making {
  readonly description: Description
  readonly world: World
  readonly random: Random
}

function make({ template, method, operation }: Found, making: Making): Made {
  const { world, random } = making
  const broken = random.chance(0.5)
  const breaks = (share: number) => broken && random.chance(share)
  const { headers, body } = bodyFor(operation, making, breaks)
  const asked = breaks(0.15) ? random.pick(methods) : method
  return {
    template,
    sent: {
      method: asked,
      path: pathFor(template, operation, making, breaks) + queryFor(operation, making, breaks),
      headers: {
        ...headers,
        ...(random.chance(0.2) && {
          accept: random.pick(['text/csv', 'application/json', 'application/x-ndjson', '*/*']),
        }),
        ...(breaks(0.2) ? random.pick(world.keys) : world.keys[0]),
      },
      body: asked === 'GET' || asked === 'HEAD' ? null : body,
    },
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

type Breaks = (share: number) => boolean

function pathFor(
  template: string,
  { parameters }: DescribedOperation,
  { description, world, random }: Making,
  breaks: Breaks,
): string {
  return template.replaceAll(/([\w-]*)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    const known = world.ids[name] ?? world.ids[before]
    const schema = parameters.find((one) => one.name === name)?.schema ?? {}
    const value = breaks(0.3)
      ? String(anything(random))
      : known === undefined
        ? String(valueOf(schema, description, random))
        : random.pick(known)
    // A path cannot say nothing, or "here": that would be another path.
    const said = /^\.{0,2}$/.test(value) ? 'x' : value
    return `${before}/${encodeURIComponent(said.toWellFormed())}`
  })
}

function queryFor(
  { parameters }: DescribedOperation,
  { description, random }: Making,
  breaks: Breaks,
): string {
  const pairs = parameters
    .filter((one) => one.in === 'query' && (one.required || random.chance(0.4)))
    .filter(() => !breaks(0.1))
    .flatMap((one) => valuesFor(one, { description, random }, breaks))
  if (breaks(0.1)) pairs.push(['strange', 'x'])
  if (breaks(0.1) && pairs[0] !== undefined) pairs.push(pairs[0])
  const text = pairs
    .map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('='))
    .join('&')
  return text === '' ? '' : `?${text}`
}

function valuesFor(
  { name, schema }: Parameter,
  { description, random }: Pick<Making, 'description' | 'random'>,
  breaks: Breaks,
): [string, string][] {
  const value = breaks(0.3) ? anything(random) : likely(name, schema, { description, random })
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.map((one) => [name, String(one)])
}

/** What many parameters must say to be let in at all, and a shape alone does not tell. */
const sayings: Readonly<Record<string, readonly string[]>> = {
  segment: ['channel:paid', 'survey:x', 'p.plan:pro'],
  dimension: ['channel', 'survey', 'p.plan'],
  last: ['7d', '30d', '7305d'],
  before: ['2026-01-01..2026-01-31'],
  after: ['2026-02-01..2026-02-28'],
  window: ['30d', '1d'],
  cursor: [''],
}

function likely(
  name: string,
  schema: Shape,
  { description, random }: Pick<Making, 'description' | 'random'>,
): unknown {
  const known = sayings[name]
  return known !== undefined && random.chance(0.8)
    ? random.pick(known)
    : valueOf(schema, description, random)
}

function bodyFor(
  { requestBody }: DescribedOperation,
  { description, random }: Making,
  breaks: Breaks,
): Pick<Sent, 'headers' | 'body'> {
  const contents = Object.entries(requestBody?.content ?? {})
  if (contents.length === 0) return { headers: {}, body: null }
  const [type, { schema, example }] = random.pick(contents)
  const input =
    random.chance(0.5) || schema.type === 'string' ? example : valueOf(schema, description, random)
  const value = breaks(0.5) ? bent(input, random) : input
  const headers = { 'content-type': breaks(0.1) ? random.pick(strangeTypes) : type }
  if (breaks(0.05)) return { headers: { ...headers, 'content-encoding': 'gzip' }, body: 'x' }
  if (breaks(0.1)) return { headers, body: random.pick(garbage) }
  const text = type.includes('urlencoded')
    ? new URLSearchParams(
        Object.entries(Object(value)).map(([k, one]) => [k, String(one)]),
      ).toString()
    : typeof value === 'string' && !isJson(type)
      ? value
      : JSON.stringify(value)
  return { headers, body: text }
}

const strangeTypes = ['text/plain', 'application/xml', '', 'application/json; charset=x', 'x']

const garbage: readonly (string | Uint8Array)[] = [
  '',
  '{',
  '[]',
  '{"a":1,"a":2}',
  '"text"',
  '['.repeat(5_000),
  Uint8Array.of(0xff, 0xfe, 0x00),
  '{"__proto__":{"x":1}}',
]

/** The same with one thing wrong: a field less, a field more, or something else in its place. */
function bent(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0) return value.map((one) => bent(one, random))
  if (typeof value !== 'object' || value === null) return anything(random)
  const entries = Object.entries(value)
  if (entries.length === 0 || random.chance(0.2)) return { ...value, strange: anything(random) }
  const [name, inner] = random.pick(entries)
  const { [name]: _gone, ...rest } = Object.fromEntries(entries)
  if (random.chance(0.3)) return rest
  return { ...rest, [name]: random.chance(0.5) ? bent(inner, random) : anything(random) }
}
