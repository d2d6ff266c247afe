/** What is wrong with one field of the input; `path` is its name, dotted where it is nested. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/** The kinds of trouble a caller can be told of, with their HTTP status and RFC 9457 title. */
const kinds = {
  malformed: [400, 'The request cannot be read'],
  unauthorized: [401, 'A valid key is needed'],
  unverified: [401, 'The delivery cannot be verified'],
  forbidden: [403, 'The key lacks the scope'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'The method is not supported'],
  conflict: [409, 'It already exists or has ended'],
  gone: [410, 'It is closed'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  invalid: [422, 'The request breaks a rule'],
  'too-many': [429, 'There are too many requests'],
  internal: [500, 'Something went wrong here'],
  unavailable: [503, 'It cannot be done for the moment'],
} as const

export type ProblemKind = keyof typeof kinds

/** Every kind, in the order of their statuses. */
export const problemKinds = Object.keys(kinds) as readonly ProblemKind[]

/** What is the same of all problems of a kind. */
export function describeProblem(kind: ProblemKind): {
  type: string
  title: string
  status: number
} {
  const [status, title] = kinds[kind]
  return { type: `urn:tidemark:problem:${kind}`, title, status }
}

/** An expected refusal: thrown inside, answered as `application/problem+json` at the border. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly status: (typeof kinds)[ProblemKind][0]
  readonly errors: readonly FieldError[]

  constructor(kind: ProblemKind, detail: string, errors: readonly FieldError[] = []) {
    super(detail)
    this.kind = kind
    this.status = kinds[kind][0]
    this.errors = errors
  }

  /** The members of RFC 9457, with `errors` where fields are to blame. */
  toJSON(): Record<string, unknown> {
    return {
      ...describeProblem(this.kind),
      detail: this.message,
      ...(this.errors.length > 0 && { errors: this.errors }),
    }
  }
}

/** The problem of one field that breaks a rule. */
export function invalid(path: string, message: string): Problem {
  return new Problem('invalid', `${path}: ${message}`, [{ path, message }])
}
