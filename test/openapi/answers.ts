import { type ProblemKind, describeProblem, problemKinds } from '../../src/problem.ts'
import type { Contents, DescribedAnswer } from '../../src/description.ts'
import type { Media, Operation } from '../../workers/operation.ts'

const says: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted',
  204: 'Done; there is nothing to say',
  303: 'The page to see next',
  304: 'Nothing has changed since',
  308: 'The one address of this',
}

/** The name of a header, described once for all. */
const header = (name: string) => ({ [name]: { $ref: `#/components/headers/${name}` } })

/** Whether an answer carries an ETag: all that a key may read does. */
export function isTagged(method: string, { needs, tagged }: Operation): boolean {
  return method === 'GET' && (needs !== null || tagged === true)
}

/** What an operation answers where nothing went wrong. */
export function answersOf(
  method: string,
  operation: Operation,
  write: (media: readonly Media[]) => Contents,
): Record<string, DescribedAnswer> {
  const tagged = isTagged(method, operation)
  const paged = operation.query?.['cursor'] !== undefined && method === 'GET'
  const found = Object.entries(operation.answers).map(([text, answer]) => {
    const status = Number(text)
    const headers = {
      ...(tagged && status === 200 && header('ETag')),
      ...(paged && status === 200 && header('Link')),
      ...(status > 300 && status < 400 && header('Location')),
      ...(status === 503 && header('Retry-After')),
    }
    const media = answer === null ? [] : 'kind' in answer ? jsonOf(answer) : answer
    return [
      text,
      {
        description: says[status] ?? 'Not now',
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(media.length > 0 && { content: write(media) }),
      },
    ] as const
  })
  const unchanged = { description: says[304] ?? '', headers: header('ETag') }
  return { ...Object.fromEntries(found), ...(tagged && { 304: unchanged }) }
}

const jsonOf = (schema: Media['schema']): readonly Media[] => [{ type: 'application/json', schema }]

/** Everything that can go wrong with an operation, in the order of statuses. */
export function problemsOf(path: string, operation: Operation): ProblemKind[] {
  const { needs, query, bodies, problems = [], answers } = operation
  const guarded: ProblemKind[] =
    needs === null ? [] : needs === 'owner' ? ['unauthorized'] : ['unauthorized', 'forbidden']
  // The deployment's own key names a workspace, which may be missing or unknown.
  const placed: ProblemKind[] = needs === null || needs === 'owner' ? [] : ['not-found', 'invalid']
  const sent: ProblemKind[] =
    bodies === undefined || needs === null
      ? []
      : ['malformed', 'too-large', 'unsupported-media-type', 'invalid']
  const asked: ProblemKind[] = query !== undefined || needs !== null ? ['invalid'] : []
  const limited: ProblemKind[] = path.startsWith('/v1/') ? ['too-many'] : []
  const all = new Set<ProblemKind>([
    ...problems,
    ...guarded,
    ...placed,
    ...sent,
    ...asked,
    ...limited,
    'internal',
    'unavailable',
  ])
  return problemKinds.filter(
    (kind) => all.has(kind) && (kind !== 'unavailable' || !(503 in answers)),
  )
}

const more: Readonly<Partial<Record<number, readonly string[]>>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

/** A refusal that many operations share, and what it is called. */
export interface Refusal {
  readonly name: string
  readonly status: number
  readonly answer: DescribedAnswer
}

/** Problems as answers: those of one status share one. */
export function refusalsOf(path: string, operation: Operation): Refusal[] {
  const byStatus = Map.groupBy(problemsOf(path, operation), (kind) => describeProblem(kind).status)
  return [...byStatus].map(([status, kinds]) => ({
    name: [...kinds, ...(operation.person === true ? ['page'] : [])].join('.'),
    status,
    answer: refusalOf(status, kinds, operation.person === true),
  }))
}

function refusalOf(
  status: number,
  kinds: readonly ProblemKind[],
  person: boolean,
): DescribedAnswer {
  const titles = kinds.map((kind) => describeProblem(kind).title)
  const [first = 'internal'] = kinds
  const headers = (more[status] ?? []).map(header)
  return {
    description: titles.join('; or '),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.flatMap(Object.entries)) }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: { ...describeProblem(first), detail: '…' },
      },
      ...(person && {
        'text/html': { schema: { type: 'string' }, example: '<!doctype html>…' },
      }),
    },
  }
}
