import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { isZone } from '../src/day.ts'
import type { FactDeclaration } from '../src/fact.ts'
import { facts } from '../src/facts/index.ts'
import { unknownType } from '../src/intake.ts'
import { type MappedLine, type Mapping, checkMapping, mapLine, parsePairs } from '../src/mapping.ts'
import { occurrenceLimit, occurrences } from '../src/occurrences.ts'
import { Problem, invalid } from '../src/problem.ts'
import type { Plan } from '../src/profile.ts'
import { fieldsOf } from '../src/profile-line.ts'
import { type Workspace, readWorkspace } from '../src/store/workspaces.ts'
import type { Survey } from '../src/survey.ts'
import { mediaType, refuseEncoding } from './body.ts'
import { type Guarded, guard } from './guard.ts'
import { sourceName } from './import-query.ts'
import { type Placed, type Rejection, takeIn } from './intake.ts'
import { type LineStream, type NumberedLine, readCsv, readNdjson } from './lines.ts'
import { openProfiled } from './profiled.ts'
import { json } from './reply.ts'

const bodyLimit = 100 * 1024 * 1024

/** Lines that are stored in one transaction. */
const chunkSize = 5_000

/** Rejections that the answer lists; all of them are counted. */
const listLimit = 100

const readers = new Map<string, typeof readCsv>([
  ['text/csv', readCsv],
  ['application/x-ndjson', readNdjson],
])

/** `POST /v1/import/{type}`: a file of any size up to 100 MiB, read as it arrives. */
export const importRoutes = new Hono<Guarded>().post('/:type', guard('write'), async (c) => {
  const workspace = c.get('workspace')
  const declaration = facts.find(({ type }) => type === c.req.param('type'))
  if (declaration === undefined) {
    throw new Problem('not-found', unknownType(c.req.param('type'), facts))
  }
  const query = new URL(c.req.url).searchParams
  const opened = query.has('profile')
    ? await openProfiled(c.env.DB, workspace, declaration, query, (read) =>
        openFile(c.req.raw, new Map([['text/csv', read]])),
      )
    : await openMapped(c.req.raw, query, declaration, workspace.zone)
  return json(await importLines(c.env, workspace, opened, Date.now()))
})

/** A file that is being read, and how its lines become facts. */
interface Opened {
  readonly file: LineStream
  readonly mapping: Mapping
  /** Of a vendor's export. */
  readonly plan?: Plan
}

async function openMapped(
  request: Request,
  query: URLSearchParams,
  declaration: FactDeclaration,
  zone: string,
): Promise<Opened> {
  const mapping = readMapping(query, declaration, zone)
  const file = await openFile(request, readers)
  checkMapping(mapping, file.header)
  return { file, mapping }
}

function openFile(
  request: Request,
  known: ReadonlyMap<string, typeof readCsv>,
): Promise<LineStream> {
  const reader = known.get(mediaType(request))
  if (reader === undefined) {
    throw new Problem('unsupported-media-type', `Expected one of ${[...known.keys()].join(', ')}`)
  }
  refuseEncoding(request)
  return reader(request.body ?? new Blob([]).stream(), bodyLimit)
}

function readMapping(query: URLSearchParams, declaration: FactDeclaration, zone: string): Mapping {
  for (const name of query.keys()) {
    if (!['map', 'set', 'tz', 'source'].includes(name)) throw invalid(name, 'Unknown parameter')
  }
  for (const name of ['tz', 'source']) {
    if (query.getAll(name).length > 1) throw invalid(name, 'The parameter is given twice')
  }
  const tz = query.get('tz') ?? zone
  if (!isZone(tz)) throw invalid('tz', `Expected an IANA time zone: current value is "${tz}"`)
  return {
    declaration,
    source: sourceName(query.get('source') ?? 'import'),
    zone: tz,
    columns: parsePairs('map', query.getAll('map')),
    constants: parsePairs('set', query.getAll('set')),
  }
}

interface Tally {
  received: number
  stored: number
  duplicate: number
  rejected: { line: number; errors: Rejection['errors'] }[]
  rejectedCount: number
}

/** Reads, maps and stores, chunk by chunk; no more than one chunk is ever in memory. */
async function importLines(
  env: Env,
  workspace: Workspace,
  { file, mapping, plan }: Opened,
  received: number,
): Promise<Tally> {
  const tally: Tally = { received: 0, stored: 0, duplicate: 0, rejected: [], rejectedCount: 0 }
  const idOf = identify()
  const surveys = new Map<string, Survey>()
  let unread = 0
  const reject = ({ at, errors }: Rejection) => {
    tally.rejectedCount++
    if (tally.rejected.length < listLimit) tally.rejected.push({ line: at, errors })
  }
  const flush = async (placed: readonly Placed[]) => {
    const refused = unread === 0 ? {} : { [mapping.source]: unread }
    // A file takes long enough for somebody to be erased meanwhile.
    const home = (await readWorkspace(env.DB, workspace.id)) ?? workspace
    const taken = await takeIn(env, home, { placed, unread: refused }, received, surveys)
    unread = 0
    tally.stored += taken.stored
    tally.duplicate += taken.valid - taken.stored
    taken.rejected.forEach(reject)
  }

  let chunk: Placed[] = []
  for await (const { at, line } of whole(file.lines, tally)) {
    tally.received++
    const fields = line.ok && plan !== undefined ? await fieldsOf(line.value, plan) : line
    const mapped = fields.ok ? mapLine(fields.value, mapping) : fields
    if (mapped.ok) chunk.push({ at, draft: { ...mapped.value.draft, id: idOf(mapped.value) } })
    else {
      unread++
      reject({ at, errors: mapped.errors })
    }
    if (chunk.length === chunkSize) {
      await flush(chunk)
      chunk = []
    }
  }
  await flush(chunk)
  tally.rejected.sort((one, other) => one.line - other.line)
  return tally
}

/** The lines of a file; where it cannot be read to its end, the refusal says what is stored by then. */
async function* whole(lines: LineStream['lines'], tally: Tally): AsyncGenerator<NumberedLine> {
  try {
    yield* lines
  } catch (error) {
    if (!(error instanceof Problem) || tally.stored + tally.duplicate === 0) throw error
    const stored = `${tally.stored} facts before it are stored, ${tally.duplicate} were there already`
    throw new Problem(error.kind, `${error.message}; ${stored}; sending the file again is safe`)
  }
}

/** The id of a line: its own, or one made of its content. */
function identify(): (line: MappedLine) => string {
  const nameOf = occurrences()
  return ({ id, content }) => {
    if (id !== null) return id
    const name = nameOf(createHash('sha256').update(content).digest('hex'))
    if (name !== null) return name
    throw new Problem(
      'too-large',
      `More than ${occurrenceLimit} lines without an id: map one, or divide the file`,
    )
  }
}
