import type { Place } from '../export-page.ts'
import { type Portable, portables } from './portable.ts'
import { tight } from './tight.ts'

/** Rows of a page, roughly how many bytes they have, and how many queries they may take. */
export const pageLimits = { rows: 5_000, bytes: 1_500_000, queries: 40 }

/** Rows that one query reads. */
const rowsAtOnce = 1_000

/** What a page says, and where the next begins; `null` where this is the last. */
export interface ExportPage {
  readonly lines: readonly string[]
  readonly next: Place | null
}

type Cell = string | number | null

/** What SQL adds to a row: its bytes, those of the rows before it, and how many rows were found. */
interface Measured extends Readonly<Record<string, Cell>> {
  readonly row_bytes: number
  readonly bytes_before: number
  readonly rows_found: number
}

const quote = (name: string) => `"${name}"`

/** The rows after the key from `?3` on, as many as `?2` bytes have room for. */
function rowsAfter({ table, whose, columns, says, key }: Portable, after: boolean): string {
  const order = key.map(quote).join(', ')
  const place = key.map((_, at) => `?${at + 3}`).join(', ')
  const said = columns.map(({ name }) => `${says[name] ?? quote(name)} AS ${quote(name)}`)
  const bytes = columns.map(({ name }) => `coalesce(octet_length(${quote(name)}), 0)`)
  return tight(`
    SELECT * FROM (
      SELECT *, count(*) OVER () AS rows_found,
        sum(row_bytes) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - row_bytes AS bytes_before
      FROM (
        SELECT ${said.join(', ')}, ${bytes.join(' + ')} AS row_bytes
        FROM ${quote(table)} WHERE ${whose} ${after ? `AND (${order}) > (${place})` : ''}
        ORDER BY ${order} LIMIT ${rowsAtOnce + 1}
      )
    ) WHERE bytes_before < ?2 ORDER BY ${order}`)
}

/** One row as a line; what it is without is left out, and JSON stays as it is stored. */
function lineOf({ kind, columns }: Portable, row: Measured): string {
  const members = columns.flatMap(({ name, holds }) => {
    const cell = row[name] ?? null
    if (cell === null) return []
    return [`${JSON.stringify(name)}:${holds === 'json' ? String(cell) : JSON.stringify(cell)}`]
  })
  return `{"kind":${JSON.stringify(kind)},"row":{${members.join(',')}}}`
}

/** Which kind a place names; `null` where it is none of ours. */
function kindAt([kind, ...key]: Place): number | null {
  const at = portables.findIndex((candidate) => candidate.kind === kind)
  return [0, portables[at]?.key.length].includes(key.length) && at >= 0 ? at : null
}

/**
 * A page of all that a workspace consists of, from after a place. No query reads more than a thousand rows or
 * 1.5 MB, so that a page fits into memory and into what one invocation may ask, however much there is.
 *
 * @returns `null` where there is no such place.
 */
export async function readExportPage(
  db: D1Database,
  workspace: string,
  from: Place,
  limits = pageLimits,
): Promise<ExportPage | null> {
  const begin = kindAt(from)
  if (begin === null) return null
  const lines: string[] = []
  let [, ...key] = from
  let [bytes, queries] = [0, 0]
  for (const found of portables.slice(begin)) {
    for (let more = true; more; queries++) {
      const full = lines.length >= limits.rows || bytes >= limits.bytes
      if (full || queries === limits.queries) return { lines, next: [found.kind, ...key] }
      const read = await readRows(db, workspace, found, key)
      for (const row of read.rows) lines.push(lineOf(found, row))
      bytes += read.size
      key = read.next
      more = key.length > 0
    }
  }
  return { lines, next: null }
}

async function readRows(
  db: D1Database,
  workspace: string,
  found: Portable,
  key: readonly (string | number)[],
) {
  const { results } = await db
    .prepare(rowsAfter(found, key.length > 0))
    .bind(workspace, pageLimits.bytes, ...key)
    .all<Measured>()
  const rows = results.slice(0, rowsAtOnce)
  const last = rows.at(-1)
  if (last === undefined) return { rows, next: [], size: 0 }
  return {
    rows,
    /** The key after which there are more; empty where there are none. */
    next: rows.length < last.rows_found ? found.key.map((name) => last[name] ?? '') : [],
    size: last.bytes_before + last.row_bytes,
  }
}
