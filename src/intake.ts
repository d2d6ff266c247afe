import * as v from 'valibot'
import type { Day } from './day.ts'
import {
  type ContentContext,
  type Fact,
  type FactDeclaration,
  type Outcome,
  refuse,
} from './fact.ts'
import { fieldErrors } from './issues.ts'
import { takeProperties } from './properties.ts'
import { nameField } from './text-field.ts'
import { timeField } from './time-field.ts'

/** What turning input into facts needs to know of the world. */
export interface IntakeContext extends Omit<ContentContext, 'properties'> {
  readonly facts: readonly FactDeclaration[]
  readonly dayOf: (time: number) => Day
}

/** One thing to be read as a fact: an envelope whose data is still unknown. */
export interface Draft {
  readonly type: string
  readonly source: string
  readonly id: string
  /** The id of the fact of the same source that this one corrects. */
  readonly replaces?: string
  /** How new a correction is; its time where it is left out. */
  readonly revision?: number
  readonly time: number
  readonly data: Readonly<Record<string, unknown>>
}

/** The envelope of a fact, CloudEvents 1.0; the rules of its data are those of its type. */
export const envelope = v.strictObject({
  specversion: v.literal('1.0', 'Expected "1.0"'),
  id: nameField,
  source: nameField,
  replaces: v.optional(nameField),
  type: nameField,
  time: timeField,
  subject: v.optional(nameField),
  datacontenttype: v.optional(v.literal('application/json', 'Expected "application/json"')),
  dataschema: v.optional(nameField),
  data: v.record(v.string(), v.unknown(), 'Expected an object'),
})

/** Reads a CloudEvents 1.0 envelope (github.com/cloudevents/spec, JSON format section 2). */
export function parseEnvelope(input: unknown): Outcome<Draft> {
  const parsed = v.safeParse(envelope, input)
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.issues) }
  const { type, source, id, replaces, time, data } = parsed.output
  if (replaces === id)
    return refuse('replaces', 'A fact cannot replace itself: expected another id')
  return {
    ok: true,
    value: { type, source, id, ...(replaces !== undefined && { replaces }), time, data },
  }
}

/** Turns a draft into a fact of its type, or says which fields break which rules. */
export function factOf(draft: Draft, context: IntakeContext): Outcome<Fact> {
  const declaration = context.facts.find(({ type }) => type === draft.type)
  if (declaration === undefined) return refuse('type', unknownType(draft.type, context.facts))

  const { rest, properties, errors } = takeProperties(draft.data)
  const parsed = v.safeParse(v.strictObject(declaration.fields), rest)
  const problems = [...errors, ...(parsed.success ? [] : fieldErrors(parsed.issues))]
  if (!parsed.success || problems.length > 0) return { ok: false, errors: problems }

  const content = declaration.content(parsed.output, { ...context, properties })
  if (!content.ok) return content
  const { source, id, replaces, revision, time } = draft
  return {
    ok: true,
    value: {
      source,
      id,
      ...(replaces !== undefined && { replaces }),
      ...(revision !== undefined && { revision }),
      type: declaration.type,
      time,
      day: context.dayOf(time),
      ...content.value,
    },
  }
}

/** Names the type that is not in the vocabulary, and the vocabulary. */
export function unknownType(type: string, facts: readonly FactDeclaration[]): string {
  return `Unknown type "${type}": expected one of ${facts.map((fact) => fact.type).join(', ')}`
}
