/** What a value may be, in JSON Schema 2020-12, as far as we write it. */
export interface Shape {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number | boolean
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly items?: Shape | boolean
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly propertyNames?: Shape
  readonly additionalProperties?: boolean | Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly prefixItems?: readonly Shape[]
}

/** What is sent in each media type. */
export type Contents = Readonly<
  Record<string, { readonly schema: Shape; readonly example?: unknown }>
>

/** What can be asked for beside the path, or stands in it. */
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: Shape
}

/** Where something is described that several have. */
export interface Reference {
  readonly $ref: string
}

/** One answer, by its status. */
export interface DescribedAnswer {
  readonly description: string
  readonly headers?: Readonly<Record<string, Reference>>
  readonly content?: Contents
}

/** One operation, as OpenAPI 3.1 writes it. */
export interface DescribedOperation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Contents }
  readonly responses: Readonly<Record<string, DescribedAnswer | Reference>>
}

/** The whole API, as OpenAPI 3.1 writes it. */
export interface Description {
  readonly openapi: string
  readonly info: {
    readonly title: string
    readonly version: string
    readonly description: string
    readonly license: { readonly name: string; readonly identifier: string }
  }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Shape>>
    readonly headers: Readonly<Record<string, unknown>>
    readonly responses: Readonly<Record<string, DescribedAnswer>>
    readonly securitySchemes: Readonly<Record<string, unknown>>
  }
}

/** What is described elsewhere, by the last part of its reference. */
function referred<Found>({ $ref }: Reference, all: Readonly<Record<string, Found>>): Found {
  const found = all[$ref.slice($ref.lastIndexOf('/') + 1)]
  if (found === undefined) throw new RangeError(`Nothing is described as ${$ref}`)
  return found
}

/** What a shape is, wherever it is written. */
export function shapeOf(shape: Shape, { components }: Pick<Description, 'components'>): Shape {
  const { $ref } = shape
  return $ref === undefined ? shape : referred({ $ref }, components.schemas)
}

/** What an answer is, wherever it is written. */
export function answerOf(
  answer: DescribedAnswer | Reference,
  { components }: Pick<Description, 'components'>,
): DescribedAnswer {
  return '$ref' in answer ? referred(answer, components.responses) : answer
}

/** An operation with the method and path that lead to it. */
export interface PlacedOperation extends DescribedOperation {
  readonly method: string
  readonly path: string
}

/** Every operation, in the order of paths. */
export function operationsOf({ paths }: Pick<Description, 'paths'>): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  )
}
