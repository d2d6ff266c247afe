import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { type Description, type DescribedOperation, answerOf } from '../../src/description.ts'

/** A request as it is sent, whoever sends it. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** What came back. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Says what an answer breaks of its description; nothing where it keeps all of it. */
export type Contract = (template: string, sent: Sent, received: Received) => string[]

/** Whether a media type is JSON, and not lines of it. */
export const isJson = (type: string) => /^application\/(?:[\w.-]+\+)?json$/.test(type)

/** An answer may not have fields that nobody describes, although a reader must not mind them. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, closed(one)]))
  const open = 'properties' in inner && !('additionalProperties' in inner)
  return open ? { ...inner, additionalProperties: false } : inner
}

/** Checks answers against a description: status, headers, media type and every field. */
export function contractOf(description: Description): Contract {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats(ajv)
  ajv.addSchema({ ...(closed({ components: description.components }) as object), $id: 'api' })
  const known = new Map<object, ValidateFunction>()
  const compiled = (schema: object): ValidateFunction => {
    const found =
      known.get(schema) ??
      ajv.compile(JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"api#/')))
    known.set(schema, found)
    return found
  }
  return (template, sent, received) => {
    const { method } = sent
    const methods = description.paths[template] ?? {}
    const operation = methods[method.toLowerCase()] ?? (method === 'HEAD' ? methods['get'] : null)
    if (received.status >= 500) return [`answers ${received.status}: ${received.text}`]
    if (operation === null || operation === undefined) return strangeMethod(sent, received)
    return broken(operation, sent, received, { description, compiled })
  }
}

function strangeMethod({ method }: Sent, { status, headers }: Received): string[] {
  const expected = method === 'OPTIONS' ? [204, 405] : [405]
  // Several templates may fit one path: the router knows which, and says so by its methods.
  if (headers.get('allow')?.split(', ').includes(method) === true && status !== 204) return []
  return expected.includes(status) && headers.has('allow') ? [] : [`answers ${status} to ${method}`]
}

interface Known {
  readonly description: Description
  readonly compiled: (schema: object) => ValidateFunction
}

function broken(
  operation: DescribedOperation,
  { method }: Sent,
  { status, headers, text }: Received,
  { description, compiled }: Known,
): string[] {
  const described = operation.responses[status]
  if (described === undefined) return [`answers ${status}, which is not described: ${text}`]
  const { headers: promised = {}, content } = answerOf(described, description)
  const missing = Object.keys(promised).filter((name) => name !== 'Link' && !headers.has(name))
  const lacks = missing.map((name) => `answers ${status} without ${name}`)
  if (method === 'HEAD') return text === '' ? lacks : [...lacks, 'answers HEAD with a body']
  const type = headers.get('content-type')?.split(';', 1)[0] ?? ''
  if (content === undefined) return text === '' ? lacks : [...lacks, `says more than ${status}`]
  const media = content[type] ?? content[type.replace(/\/.*/, '/*')]
  if (media === undefined) return [...lacks, `answers ${status} as "${type}": ${text}`]
  if (!isJson(type)) return lacks
  const validate = compiled(media.schema)
  if (validate(JSON.parse(text))) return lacks
  const errors = (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
  return [...lacks, `answers ${status} otherwise than described: ${errors.join('; ')}: ${text}`]
}
