import * as v from 'valibot'
import packageFile from '../../package.json' with { type: 'json' }
import type { Contents, Description, DescribedOperation, Parameter } from '../../src/description.ts'
import { problemKinds } from '../../src/problem.ts'
import type { Media, Operation, Section } from '../../workers/operation.ts'
import { FieldError } from '../../workers/operations/facts.ts'
import { answersOf, refusalsOf } from './answers.ts'
import { sampleOf } from './sample.ts'
import { parameterShape, shapeOf, shapesOf } from './shape.ts'

const Problem = v.object({
  type: v.pipe(v.picklist(problemKinds.map((kind) => `urn:tidemark:problem:${kind}`))),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: v.string(),
  errors: v.exactOptional(v.array(FieldError)),
})

const headers = {
  ETag: {
    description: 'Names what the answer says; send it as If-None-Match to hear 304 while it holds',
    schema: { type: 'string' },
  },
  Link: {
    description: 'Where the next page is, as rel="next"; missing on the last',
    schema: { type: 'string' },
  },
  Location: { description: 'Where to go', schema: { type: 'string' } },
  'Retry-After': {
    description: 'Seconds after which to try again',
    schema: { type: 'integer' },
  },
  'WWW-Authenticate': { description: 'What to show to get in', schema: { type: 'string' } },
}

const about =
  'Customer and CRM KPIs of a team. Keys are sent as `Authorization: Bearer tm_…`. Every GET also ' +
  'answers HEAD; OPTIONS says which methods a path has, and any other is refused with 405 and `Allow`. ' +
  'Refusals are `application/problem+json` (RFC 9457). Fields may be added to answers at any time.'

/** The whole API as OpenAPI 3.1, from the declarations of its operations and the schemas that check it. */
export function descriptionOf(sections: readonly Section[]): Description {
  const names = {
    Problem,
    ...Object.fromEntries(sections.flatMap((section) => Object.entries(section.schemas))),
  }
  const schemas = shapesOf(names)
  const write = (media: readonly Media[]): Contents =>
    Object.fromEntries(
      media.map(({ type, schema, example }) => {
        const shape = shapeOf(schema, names)
        return [type, { schema: shape, example: example ?? sampleOf(shape, schemas) }]
      }),
    )
  const described = sections.flatMap((section) =>
    Object.entries(section.operations).map(([name, operation]) => {
      const [method = '', path = ''] = name.split(' ')
      return {
        method,
        path,
        described: describe(section.name, name, operation, { write, names }),
        refusals: refusalsOf(path, operation),
      }
    }),
  )
  const paths = Map.groupBy(described, ({ path }) => path)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tidemark',
      version: packageFile.version,
      description: about,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: sections.map(({ name, about }) => ({ name, description: about })),
    paths: Object.fromEntries(
      [...paths].map(([path, found]) => [
        path,
        Object.fromEntries(found.map(({ method, described }) => [method.toLowerCase(), described])),
      ]),
    ),
    components: {
      schemas,
      headers,
      responses: Object.fromEntries(
        described.flatMap(({ refusals }) => refusals.map(({ name, answer }) => [name, answer])),
      ),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of the workspace' },
        owner: {
          type: 'http',
          scheme: 'bearer',
          description: 'The ADMIN_KEY; elsewhere it needs the header Tidemark-Workspace',
        },
      },
    },
  }
}

/** How schemas are written, and which have names. */
interface Writing {
  readonly write: (media: readonly Media[]) => Contents
  readonly names: Readonly<Record<string, v.GenericSchema>>
}

function describe(
  tag: string,
  name: string,
  operation: Operation,
  { write, names }: Writing,
): DescribedOperation {
  const [method = '', path = ''] = name.split(' ')
  const { id, summary, about, needs, bodies } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about !== undefined && { description: about }),
    security:
      needs === null ? [] : needs === 'owner' ? [{ owner: [] }] : [{ key: [needs] }, { owner: [] }],
    parameters: parametersOf(path, operation, names),
    ...(bodies !== undefined && { requestBody: { required: true, content: write(bodies) } }),
    responses: {
      ...answersOf(method, operation, write),
      ...Object.fromEntries(
        refusalsOf(path, operation).map(({ status, name }) => [
          String(status),
          { $ref: `#/components/responses/${name}` },
        ]),
      ),
    },
  }
}

/** What stands in a path, then what may be asked for. */
function parametersOf(
  path: string,
  { path: declared = {}, query = {} }: Operation,
  names: Writing['names'],
): Parameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema:
      declared[name] === undefined ? { type: 'string' } : parameterShape(declared[name], names),
  }))
  const inQuery = Object.entries(query).map(([name, schema]) => {
    const { description, ...shape } = parameterShape(schema, names)
    return {
      name,
      in: 'query',
      required: !schema.type.endsWith('optional'),
      ...(description !== undefined && { description }),
      schema: shape,
    }
  })
  return [...inPath, ...inQuery]
}
