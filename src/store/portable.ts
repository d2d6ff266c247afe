import { type SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core'
import * as schema from '../../drizzle/schema.ts'

/** What a column holds, as a line of an export says it. */
export interface PortableColumn {
  readonly name: string
  readonly holds: 'text' | 'integer' | 'real' | 'json'
  /** Whether a line may be without it. */
  readonly optional: boolean
  /** SQL of what it is where a line is without it. */
  readonly otherwise: string
}

/** One kind of line: the rows of a workspace in one table. */
export interface Portable {
  readonly kind: string
  readonly table: string
  /** SQL: which rows are those of the workspace `?1`. */
  readonly whose: string
  /** Columns besides the workspace, in the order of the table. */
  readonly columns: readonly PortableColumn[]
  /** By column: SQL of what an export says in its place. */
  readonly says: Readonly<Record<string, string>>
  /** By column: SQL of what an import writes, where an export says nothing of it. */
  readonly fills: Readonly<Record<string, string>>
  /** By column: SQL of what must hold of it in an import, where `value` is the line. */
  readonly checks: Readonly<Record<string, string>>
  /** Whether rows of two workspaces can have the same key. */
  readonly common: boolean
  /** What tells one row of a workspace from another, and orders them. */
  readonly key: readonly string[]
}

type Column = ReturnType<typeof getTableConfig>['columns'][number]

function holdsOf(column: Column): PortableColumn['holds'] {
  if (column.dataType === 'json') return 'json'
  const type = column.getSQLType()
  return type === 'integer' || type === 'real' ? type : 'text'
}

/** SQL of a default that a later version has added, so that older exports can still be taken in. */
function otherwise({ default: value }: Column): string {
  if (value === undefined || value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`
}

function portable(
  kind: string,
  table: SQLiteTable,
  more: {
    readonly whose?: string
    readonly without?: readonly string[]
    readonly says?: Readonly<Record<string, string>>
    readonly fills?: Readonly<Record<string, string>>
    readonly checks?: Readonly<Record<string, string>>
  } = {},
): Portable {
  const { name, columns, primaryKeys } = getTableConfig(table)
  const { whose = 'workspace = ?1', without = [], says = {}, fills = {}, checks = {} } = more
  const left = ['workspace', ...without, ...Object.keys(fills)]
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)
  return {
    kind,
    table: name,
    whose,
    columns: columns
      .filter((column) => !left.includes(column.name))
      .map((column) => ({
        name: column.name,
        holds: holdsOf(column),
        optional: (!column.notNull && !column.primary) || column.hasDefault,
        otherwise: otherwise(column),
      })),
    says,
    fills,
    checks,
    common: !key.some((column) => column.name === 'workspace'),
    key: key.map((column) => column.name).filter((column) => column !== 'workspace'),
  }
}

/** A delivery goes without what was signed: it is as if its source's retention had ended. */
const bodiless = `CASE state WHEN 'stored' THEN state ELSE 'expired' END`

/** What a row belongs to must be of the same workspace, and there already. */
const isOwn = (table: string) =>
  `EXISTS (SELECT 1 FROM ${table} own
    WHERE own.id = value ->> '$.row.${table}' AND own.workspace = ?1)`

/** What a row names may be missing, or come later, but must not be another workspace's. */
const isNotForeign = (table: string, column = table) =>
  `NOT EXISTS (SELECT 1 FROM ${table} other
    WHERE other.id = value ->> '$.row.${column}' AND other.workspace <> ?1)`

/**
 * What a workspace is made of, in the order in which it is exported and taken in: a delivery names the place
 * of its fact before that is there; a survey comes after its answers, which would be counted twice; what is
 * to be rolled up again comes last.
 */
export const portables: readonly Portable[] = [
  portable('workspace', schema.workspace, { whose: 'id = ?1', without: ['importing'] }),
  portable('day', schema.day),
  portable('tombstone', schema.tombstone),
  portable('heartbeat', schema.heartbeat, {
    whose: `(name = 'retention ' || ?1
      OR name > 'withdrawn ' || ?1 || ' ' AND name < 'withdrawn ' || ?1 || '!')`,
    checks: {
      name: `value ->> '$.row.name' = 'retention ' || ?1
        OR value ->> '$.row.name' GLOB 'withdrawn ' || ?1 || ' ????-??-??'`,
    },
  }),
  portable('tally', schema.tally),
  portable('memory', schema.memory),
  portable('delivery', schema.identity, {
    whose: `workspace = ?1 AND state IS NOT NULL
      AND source IN (SELECT id FROM source WHERE workspace = ?1)`,
    without: ['reason', 'headers', 'body'],
    says: { state: bodiless },
    checks: { source: isNotForeign('source') },
  }),
  // An answer given on a survey's page counts there.
  portable('fact', schema.fact, {
    checks: {
      subject: `value ->> '$.row.source' NOT LIKE '/s/%' OR ${isNotForeign('survey', 'subject')}`,
    },
  }),
  portable('snapshot', schema.snapshot),
  portable('survey', schema.survey),
  portable('survey_version', schema.surveyVersion, {
    whose: 'survey IN (SELECT id FROM survey WHERE workspace = ?1)',
    checks: { survey: isOwn('survey') },
  }),
  portable('invitation', schema.invitation, { checks: { survey: isNotForeign('survey') } }),
  portable('provisional', schema.provisional, { checks: { survey: isNotForeign('survey') } }),
  portable('source', schema.source, { fills: { secrets: `'[]'` } }),
  portable('rhythm', schema.rhythm, {
    whose: 'source IN (SELECT id FROM source WHERE workspace = ?1)',
    checks: { source: isOwn('source') },
  }),
  portable('embed', schema.embed),
  portable('target', schema.target),
  portable('annotation', schema.annotation),
  portable('benchmark', schema.benchmark),
  portable('report', schema.report),
  portable('dirty', schema.dirty),
]

/** Whether the rows of a table say whose they are; those of the others say it by what they belong to. */
export const saysWhose = ({ table, whose }: Portable): boolean =>
  table !== 'workspace' && whose.startsWith('workspace = ?1')
