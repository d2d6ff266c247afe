import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import type { Shape } from '../../src/description.ts'

/** Rules that say no more than the type. */
const plain = ['a text', 'true or false', 'an object', 'a number']

/** A rule in a refusal's words is also its description: "Expected a day" describes a day. */
function describedBy(shape: object, { type, message }: { type: string; message?: unknown }) {
  if (type === 'loose_object') return { ...shape, additionalProperties: true }
  const rule = typeof message === 'string' ? /^Expected (?!one of)(.+)/.exec(message)?.[1] : null
  if (!rule || type === 'picklist' || plain.includes(rule)) return shape
  // Schemas say what a value is and actions what else it must be; the last is the most exact.
  return {
    ...shape,
    description: /^\w+:/.test(rule) ? rule : rule.charAt(0).toUpperCase() + rule.slice(1),
  }
}

const config = (names: Readonly<Record<string, v.GenericSchema>>): ConversionConfig => ({
  target: 'draft-2020-12',
  // What is described is what is sent: texts that become numbers are texts.
  typeMode: 'input',
  // What JSON Schema has no word for is still checked, and described by its refusal.
  errorMode: 'ignore',
  definitions: names,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  overrideSchema: ({ valibotSchema, jsonSchema }) => describedBy(jsonSchema, valibotSchema),
  overrideAction: ({ valibotAction, jsonSchema }) => describedBy(jsonSchema, valibotAction),
})

/** A schema as JSON Schema; those that have names are referred to. */
export function shapeOf(
  schema: v.GenericSchema,
  names: Readonly<Record<string, v.GenericSchema>>,
): Shape {
  const { $schema: _schema, $defs: _definitions, ...shape } = toJsonSchema(schema, config(names))
  return shape as Shape
}

/** Every schema that has a name. */
export function shapesOf(names: Readonly<Record<string, v.GenericSchema>>): Record<string, Shape> {
  return toJsonSchemaDefs(names, config(names)) as Record<string, Shape>
}

interface Bound {
  readonly type: string
  readonly requirement?: unknown
}

/** Texts that are read as whole numbers: what a query cannot say otherwise. */
export function parameterShape(
  schema: v.GenericSchema,
  names: Readonly<Record<string, v.GenericSchema>>,
): Shape {
  const shape = shapeOf(schema, names)
  const pipe = pipeOf(schema)
  const bound = (type: string) => pipe.find((item) => item.type === type)?.requirement
  const [minimum, maximum] = [bound('min_value'), bound('max_value')]
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return shape
  const { description = '', default: usual } = shape
  return {
    type: 'integer',
    description,
    minimum,
    maximum,
    ...(usual !== undefined && { default: Number(usual) }),
  }
}

function pipeOf(schema: v.GenericSchema): readonly Bound[] {
  if ('pipe' in schema) return schema.pipe as readonly Bound[]
  return 'wrapped' in schema ? pipeOf(schema.wrapped as v.GenericSchema) : []
}
