import { type Kpi } from '../kpi.ts'
import { type Birth, backfill, markUntold, unborn } from './plan.ts'
import { type Portable, type PortableColumn, portables, saysWhose } from './portable.ts'
import { tight } from './tight.ts'

/** Bytes of JSON in one parameter; D1 takes 2,000,000. */
const parameterLimit = 1_000_000

/** A row of an export, checked: its line as it was written. */
export interface ExportedRow {
  readonly of: Portable
  readonly line: string
}

/** A page of an export as it is taken in. */
export interface ExportedPage {
  readonly workspace: string
  /** The cursor that led to it; `null` for the first. */
  readonly after: string | null
  readonly next: string | null
  readonly rows: readonly ExportedRow[]
  /** On the last page: the KPIs that the other deployment had told from the beginning. */
  readonly told: readonly Birth[]
}

/** The kind of line of this name. */
export const findPortable = (kind: string): Portable | undefined =>
  portables.find((candidate) => candidate.kind === kind)

const expected: Readonly<Record<PortableColumn['holds'], (cell: unknown) => boolean>> = {
  text: (cell) => typeof cell === 'string',
  integer: (cell) => Number.isSafeInteger(cell),
  real: (cell) => Number.isFinite(cell),
  json: (cell) => typeof cell === 'object' && cell !== null,
}

/** What is wrong with a row, in words; `null` where nothing is. */
export function rowRule(
  { columns }: Portable,
  row: Readonly<Record<string, unknown>>,
): string | null {
  const stranger = Object.keys(row).find((name) => !columns.some((column) => column.name === name))
  if (stranger !== undefined) return `Unknown field "${stranger}"`
  for (const { name, holds, optional } of columns) {
    const cell = row[name]
    if (cell === undefined ? !optional : !expected[holds](cell)) return `${name}: Expected ${holds}`
  }
  return null
}

function valueOf({ name, holds, optional, otherwise }: PortableColumn): string {
  const value = `value ${holds === 'json' ? '->' : '->>'} '$.row."${name}"'`
  return optional && otherwise !== 'NULL' ? `coalesce(${value}, ${otherwise})` : value
}

/** Rows that are there already stay: a page may come twice. */
function insertRows(of: Portable, more: Readonly<Record<string, string>> = {}): string {
  const { table, columns, fills } = of
  const whose = saysWhose(of) ? { workspace: '?1' } : {}
  const values: Readonly<Record<string, string>> = {
    ...whose,
    ...Object.fromEntries(columns.map((column) => [column.name, valueOf(column)])),
    ...fills,
    ...more,
  }
  const names = Object.keys(values).map((name) => `"${name}"`)
  return tight(`
    INSERT INTO "${table}" (${names.join(', ')})
    SELECT ${Object.values(values).join(', ')} FROM json_each(?2) WHERE true
    ON CONFLICT DO NOTHING`)
}

/** Rows of one kind that follow each other, as JSON arrays that each fit one bound parameter. */
function chunksOf(rows: readonly ExportedRow[]): { of: Portable; json: string }[] {
  const chunks: { of: Portable; lines: string[]; length: number }[] = []
  for (const { of, line } of rows) {
    const last = chunks.at(-1)
    const length = line.length * 3
    if (last?.of === of && last.length + length <= parameterLimit) {
      last.lines.push(line)
      last.length += length
    } else chunks.push({ of, lines: [line], length })
  }
  return chunks.map(({ of, lines }) => ({ of, json: `[${lines.join(',')}]` }))
}

/** The workspace begins to exist together with the place up to which it has been taken in. */
function statementsOf(db: D1Database, page: ExportedPage): D1PreparedStatement[] {
  return chunksOf(page.rows).map(({ of, json }) =>
    of.table === 'workspace'
      ? db.prepare(insertRows(of, { importing: '?1' })).bind(page.next, json)
      : db.prepare(insertRows(of)).bind(...(saysWhose(of) ? [page.workspace] : [null]), json),
  )
}

/** What became of a page: taken in, there already, or not the one that is to come next. */
export type Taken = 'taken' | 'known' | 'exists' | { readonly expected: string }

/** Whether a page is the one that is to come next: `taken` where it may be. */
async function judge(db: D1Database, { workspace, after, next }: ExportedPage): Promise<Taken> {
  const there = await db
    .prepare('SELECT importing FROM workspace WHERE id = ?1')
    .bind(workspace)
    .first<{ importing: string | null }>()
  const place = there?.importing ?? null
  if (there !== null && place === null) return 'exists'
  if (next !== null && place === next) return 'known'
  return place === after ? 'taken' : { expected: place ?? '' }
}

/**
 * Takes in one page of an export, in one transaction. The workspace must not be there when the first page
 * comes; until the last has come, nothing of it is rolled up.
 *
 * @throws whatever D1 throws; then nothing was stored.
 */
export async function takePage(
  db: D1Database,
  page: ExportedPage,
  { kpis, now }: { readonly kpis: readonly Kpi[]; readonly now: number },
): Promise<Taken> {
  const { workspace, after, next, told } = page
  const verdict = await judge(db, page)
  if (verdict !== 'taken') return verdict
  // KPIs that nobody has rolled up here yet would mark all days of the workspace when they are.
  if (after === null) await backfill(db, { kpis, now })
  const untold = next === null ? unborn(kpis, told) : []
  await db.batch([
    ...statementsOf(db, page),
    ...(untold.length === 0 ? [] : [markUntold(db, untold, workspace)]),
    db
      .prepare('UPDATE workspace SET importing = ?3 WHERE id = ?1 AND importing IS ?2')
      .bind(workspace, after, next),
  ])
  return 'taken'
}
