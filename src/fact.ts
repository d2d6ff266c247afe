import type * as v from 'valibot'
import type { Day } from './day.ts'
import type { FieldError } from './problem.ts'
import type { Survey } from './survey.ts'

/** The vocabulary. Each type is declared once, in facts/. */
export type FactType = 'survey.sent' | 'survey.response'

/** What a fact can be cut by: its own dimensions and, as `p.<name>`, its properties. */
export type Dimensions = Readonly<Record<string, string>>

/** What a fact type makes of its data. */
export interface Content {
  /** The thing it happened to: the survey, the deal, the ticket. */
  readonly subject: string
  /** Whose it is: the respondent, the customer, the user; `null` for an anonymous one. */
  readonly entity: string | null
  /** A whole number: a score, minor currency units, milliseconds. */
  readonly value: number | null
  readonly dimensions: Dimensions
  /** Everything else that was said, kept but never counted. */
  readonly data: Readonly<Record<string, string>>
}

/** One normalised thing that happened. (source, id) names it for ever within its workspace. */
export interface Fact extends Content {
  readonly source: string
  readonly id: string
  readonly type: FactType
  /** The event's time, in milliseconds since 1970 UTC. */
  readonly time: number
  readonly day: Day
}

/** A fact, or everything that is wrong with it. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** The surveys of the workspace that the facts at hand may speak of. */
export type Surveys = ReadonlyMap<string, Survey>

/** One fact type: which fields its data may have, and what they mean. */
export interface FactDeclaration<Fields extends v.ObjectEntries = v.ObjectEntries> {
  readonly type: FactType
  readonly fields: Fields
  readonly content: (
    data: v.InferOutput<v.StrictObjectSchema<Fields, undefined>>,
    properties: Dimensions,
    surveys: Surveys,
  ) => Outcome<Content>
}

/** Checks a declaration's types and forgets their detail, so that fact types can stand in one list. */
export function defineFact<const Fields extends v.ObjectEntries>(
  declaration: FactDeclaration<Fields>,
): FactDeclaration {
  // `content` is only ever called with what `fields` has parsed, so the wider type is safe.
  return declaration as unknown as FactDeclaration
}

/** The text of one or more refusals as an outcome. */
export function refuse(path: string, message: string): { ok: false; errors: FieldError[] } {
  return { ok: false, errors: [{ path, message }] }
}
