import { CsvError, parse } from 'csv-parse/stream'
import { type Outcome, refuse } from '../src/fact.ts'
import { parseJson } from '../src/json.ts'
import type { Line } from '../src/mapping.ts'
import { Problem } from '../src/problem.ts'

/** The longest line of an import, in bytes; a longer one is a broken quote or no table at all. */
const lineLimit = 1024 * 1024

/** The most columns of a table; every line becomes an object of so many fields. */
const columnLimit = 1_000

/** One line of an import, or what is wrong with it; the header of a CSV file is line 1. */
export interface NumberedLine {
  readonly at: number
  readonly line: Outcome<Line>
}

/** A file being read: its header, where it has one, and its lines as they arrive. */
export interface LineStream {
  readonly header: readonly string[] | null
  readonly lines: AsyncIterable<NumberedLine>
}

type Bytes = ReadableStream<Uint8Array>

/** Passes bytes on as UTF-8 text, counted: 413 over the limit, 400 where they are something else. */
function checked(body: Bytes, limit: number): ReadableStream<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let length = 0
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new Problem('malformed', 'The body is not valid UTF-8')
    }
  }
  return body.pipeThrough(
    new TransformStream<Uint8Array, string>({
      transform(chunk, controller) {
        length += chunk.byteLength
        if (length > limit) {
          throw new Problem('too-large', `The body exceeds ${limit / 1024 / 1024} MiB`)
        }
        controller.enqueue(decode(chunk))
      },
      flush(controller) {
        controller.enqueue(decode())
      },
    }),
  )
}

interface CsvRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** How a table begins: how many lines name its columns, and what they name them. */
export interface Heading {
  readonly lines: number
  readonly names: (lines: readonly (readonly string[])[]) => readonly string[]
}

const oneLine: Heading = { lines: 1, names: ([line = []]) => line }

/** Reads RFC 4180: a header line or two, LF or CRLF, a byte order mark or none. */
export async function readCsv(body: Bytes, limit: number, heading = oneLine): Promise<LineStream> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: lineLimit,
    skip_empty_lines: true,
    relax_column_count: true,
  })
  // csv-parse types its stream as Node's, which in a Worker is the same global class.
  const transform = parser as unknown as TransformStream<Buffer, CsvRow>
  const rows = parsed(checked(body, limit), transform)
  const header = heading.names(await headLines(rows, heading.lines))
  if (header.length > columnLimit) {
    throw new Problem('invalid', `Expected at most ${columnLimit} columns: got ${header.length}`)
  }
  const names = new Set<string>()
  for (const name of header) {
    if (names.has(name)) throw new Problem('invalid', `Two columns are called "${name}"`)
    names.add(name)
  }
  return { header, lines: linesOf(rows, header) }
}

async function headLines(rows: AsyncIterator<CsvRow>, lines: number) {
  const found: (readonly string[])[] = []
  while (found.length < lines) {
    const row = await nextRow(rows)
    if (row === null) throw new Problem('invalid', 'The file has no header line')
    found.push(row.record)
  }
  return found
}

/**
 * The rows of a text. Each chunk is handed over when the one before has been parsed, because csv-parse's
 * stream would take a thousand of them into memory at once.
 */
async function* parsed(
  text: ReadableStream<string>,
  { readable, writable }: TransformStream<Buffer, CsvRow>,
): AsyncGenerator<CsvRow> {
  const writer = writable.getWriter()
  const feed = async () => {
    try {
      for await (const chunk of text) await writer.write(Buffer.from(chunk))
      await writer.close()
    } catch (error) {
      await writer.abort(error)
    }
  }
  const fed = feed()
  yield* readable
  await fed
}

async function* linesOf(
  rows: AsyncIterator<CsvRow>,
  header: readonly string[],
): AsyncGenerator<NumberedLine> {
  for (let row = await nextRow(rows); row !== null; row = await nextRow(rows)) {
    const { record, info } = row
    yield { at: info.lines, line: rowOf(record, header) }
  }
}

function rowOf(record: readonly string[], header: readonly string[]): Outcome<Line> {
  if (record.length !== header.length) {
    return refuse('', `Expected ${header.length} cells: the line has ${record.length}`)
  }
  return { ok: true, value: Object.fromEntries(header.map((name, at) => [name, record[at]])) }
}

async function nextRow(rows: AsyncIterator<CsvRow>): Promise<CsvRow | null> {
  try {
    const { done, value } = await rows.next()
    return done === true ? null : value
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Problem('invalid', `The CSV cannot be read: ${error.message}`)
  }
}

/** Reads one JSON object a line; blank lines are skipped. */
export async function readNdjson(body: Bytes, limit: number): Promise<LineStream> {
  return { header: null, lines: objectsOf(checked(body, limit)) }
}

async function* objectsOf(text: ReadableStream<string>): AsyncGenerator<NumberedLine> {
  let rest = ''
  let at = 0
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > lineLimit) {
      throw new Problem('invalid', `Line ${at + lines.length + 1} exceeds ${lineLimit} bytes`)
    }
    for (const line of lines) {
      at++
      if (line.trim() !== '') yield { at, line: objectOf(line) }
    }
  }
  if (rest.trim() !== '') yield { at: at + 1, line: objectOf(rest) }
}

function objectOf(text: string): Outcome<Line> {
  try {
    const value = parseJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ok: true, value: Object.fromEntries(Object.entries(value)) }
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return refuse('', error.message)
  }
  return refuse('', 'Expected a JSON object')
}
