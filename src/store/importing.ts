import { type Kpi } from '../kpi.ts'
import { type Birth, backfill, markUntold, unborn } from './plan.ts'
import { type Portable, type PortableColumn, portables, saysWhose } from './portable.ts'
import { tight } from './tight.ts'
import { sha256 } from '../sign.ts'

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

/** Further from 1970 there are no times, and greater amounts than this there are none either. */
const integerLimit = 8.64e15

const expected: Readonly<Record<PortableColumn['holds'], (cell: unknown) => boolean>> = {
  text: (cell) => typeof cell === 'string',
  integer: (cell) => Number.isInteger(cell) && Math.abs(Number(cell)) <= integerLimit,
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

/** Rows of its own that are there already stay; an id that another workspace has is an error, and so is a check. */
function insertRows(of: Portable, more: Readonly<Record<string, string>> = {}): string {
  const { table, columns, fills, checks, common } = of
  const whose = saysWhose(of) ? { workspace: '?1' } : {}
  const values: Readonly<Record<string, string>> = {
    ...whose,
    ...Object.fromEntries(
      columns.map((column) => {
        const [value, check] = [valueOf(column), checks[column.name]]
        return [column.name, check === undefined ? value : `CASE WHEN ${check} THEN ${value} END`]
      }),
    ),
    ...fills,
    ...more,
  }
  const names = Object.keys(values).map((name) => `"${name}"`)
  return tight(`
    INSERT INTO "${table}" (${names.join(', ')})
    SELECT ${Object.values(values).join(', ')} FROM json_each(?2) WHERE true
    ${common && table !== 'heartbeat' ? '' : 'ON CONFLICT DO NOTHING'}`)
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
function statementsOf(
  db: D1Database,
  page: ExportedPage,
  place: string | null,
): D1PreparedStatement[] {
  return chunksOf(page.rows).map(({ of, json }) =>
    of.table === 'workspace'
      ? db.prepare(insertRows(of, { importing: '?1' })).bind(place, json)
      : db.prepare(insertRows(of)).bind(page.workspace, json),
  )
}

/** What became of a page: taken in, there already, or not the one that is to come next. */
export type Taken = 'taken' | 'known' | 'exists' | { readonly expected: string }

/** Where a page ends, and what it was: another that ends there is not the same. */
async function placeOf({ after, next, rows }: ExportedPage): Promise<string | null> {
  if (next === null) return null
  return `${await sha256([after ?? '', ...rows.map(({ line }) => line)].join('\n'))} ${next}`
}

/** Whether a page is the one that is to come next: `taken` where it may be. */
async function judge(
  db: D1Database,
  { workspace, after }: ExportedPage,
  ends: string | null,
): Promise<{ taken: Taken; place: string | null }> {
  const there = await db
    .prepare('SELECT importing FROM workspace WHERE id = ?1')
    .bind(workspace)
    .first<{ importing: string | null }>()
  const place = there?.importing ?? null
  if (there !== null && place === null) return { taken: 'exists', place }
  if (ends !== null && place === ends) return { taken: 'known', place }
  const cursor = place === null ? null : place.slice(place.indexOf(' ') + 1)
  return { taken: cursor === after ? 'taken' : { expected: cursor ?? '' }, place }
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
  const ends = await placeOf(page)
  const { taken, place } = await judge(db, page, ends)
  if (taken !== 'taken') return taken
  // KPIs that nobody has rolled up here yet would mark all days of the workspace when they are.
  if (after === null) await backfill(db, { kpis, now })
  const untold = next === null ? unborn(kpis, told) : []
  await db.batch([
    ...statementsOf(db, page, ends),
    ...(untold.length === 0 ? [] : [markUntold(db, untold, workspace)]),
    db
      .prepare('UPDATE workspace SET importing = ?3 WHERE id = ?1 AND importing IS ?2')
      .bind(workspace, place ?? ends, ends),
  ])
  return 'taken'
}
