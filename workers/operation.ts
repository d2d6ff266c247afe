import type * as v from 'valibot'
import type { Scope } from '../src/key.ts'
import type { ProblemKind } from '../src/problem.ts'

/** What is sent in one media type. */
export interface Media {
  readonly type: string
  readonly schema: v.GenericSchema
  /** Made of the examples of its fields where it is left out. */
  readonly example?: unknown
}

/** What an answer brings: JSON, something in each of these types, or nothing. */
export type Answer = v.GenericSchema | readonly Media[] | null

/**
 * One operation of the API, as it is described to those who call it. What follows from these is not said
 * again: a list that takes a cursor has a Link, what a key protects can be refused without one, and what
 * takes JSON refuses everything else.
 */
export interface Operation {
  /** Its name in generated clients. */
  readonly id: string
  readonly summary: string
  readonly about?: string
  /** The scope that a key must have, the deployment's owner, or `null` for everybody. */
  readonly needs: Scope | 'owner' | null
  /** The route that serves it, where one serves several paths: `GET /e/{file}`. */
  readonly served?: string
  /** Parameters in the path that are not just ids. */
  readonly path?: v.ObjectEntries
  /** Parameters of the query; any other is refused. `'any'` where others are let pass. */
  readonly query?: v.ObjectEntries
  readonly headers?: v.ObjectEntries
  readonly bodies?: readonly Media[]
  readonly answers: Readonly<Record<number, Answer>>
  /** What can go wrong besides what always can. */
  readonly problems?: readonly ProblemKind[]
  /** Whether a person is told of problems on a page of theirs. */
  readonly person?: boolean
  /** Whether the answer has an ETag, although no key protects it. */
  readonly tagged?: boolean
}

/** Operations that belong together, by method and path, and the answers that have a name. */
export interface Section {
  readonly name: string
  readonly about: string
  readonly schemas: Readonly<Record<string, v.GenericSchema>>
  readonly operations: Readonly<Record<string, Operation>>
}

/** A body of JSON. */
export function json(schema: v.GenericSchema, example?: unknown): readonly Media[] {
  return [{ type: 'application/json', schema, ...(example !== undefined && { example }) }]
}
