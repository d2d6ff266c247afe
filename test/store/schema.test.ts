import { env } from 'cloudflare:workers'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as schema from '../../drizzle/schema.ts'

const tables: readonly SQLiteTable[] = Object.values(schema)

const migrations = import.meta.glob<string>('../../drizzle/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

async function pragma<Row>(name: string, of: string): Promise<Row[]> {
  return (await env.DB.prepare(`SELECT * FROM pragma_${name}(?)`).bind(of).all<Row>()).results
}

/** Columns of the primary key, in its order; those of a single column are marked on the column. */
function keyOf(table: SQLiteTable): string[] {
  const { columns, primaryKeys } = getTableConfig(table)
  const single = columns.filter(({ primary }) => primary)
  return (primaryKeys[0]?.columns ?? single).map(({ name }) => name)
}

test('every table of the database is in the Drizzle schema, and no other', async () => {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table'
     AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'`,
  ).all<{ name: string }>()

  const declared = tables.map((table) => getTableConfig(table).name)

  expect(results.map(({ name }) => name).toSorted()).toEqual(declared.toSorted())
})

test('columns agree in name, order, type, nullability and key', async () => {
  for (const table of tables) {
    const { name, columns } = getTableConfig(table)
    const found = await pragma<{ name: string; type: string; notnull: number; pk: number }>(
      'table_info',
      name,
    )
    const key = keyOf(table)

    const declared = columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notnull: column.notNull || column.primary ? 1 : 0,
      pk: key.indexOf(column.name) + 1,
    }))

    expect(
      found.map(({ name: column, type, notnull, pk }) => ({ name: column, type, notnull, pk })),
      name,
    ).toEqual(declared)
  }
})

test('indexes agree in name, uniqueness and columns', async () => {
  for (const table of tables) {
    const { name, indexes } = getTableConfig(table)
    const listed = await pragma<{ name: string; unique: number; origin: string }>(
      'index_list',
      name,
    )
    const found = await Promise.all(
      listed
        .filter(({ origin }) => origin === 'c')
        .map(async (index) => ({
          name: index.name,
          unique: index.unique === 1,
          columns: (await pragma<{ name: string }>('index_info', index.name)).map(
            (column) => column.name,
          ),
        })),
    )

    const declared = indexes.map(({ config }) => ({
      name: config.name,
      unique: config.unique,
      columns: config.columns.map((column) => ('name' in column ? column.name : '')),
    }))

    const byName = (one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1
    expect(found.toSorted(byName), name).toEqual(declared.toSorted(byName))
  }
})

test('every table is STRICT and costs no hidden row: WITHOUT ROWID', async () => {
  const { results } = await env.DB.prepare(
    `SELECT name, strict, wr FROM pragma_table_list
     WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'
     AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'`,
  ).all<{ name: string; strict: number; wr: number }>()

  expect(results.filter(({ strict, wr }) => strict !== 1 || wr !== 1)).toEqual([])
})

test('migrations only add: nothing but an index is dropped, nothing is rebuilt or deleted by cascade', () => {
  const forbidden = /\bDROP\s+(?!INDEX\b)|\bRENAME\b|__new_|\bCASCADE\b|^\s*DELETE\b/im

  expect(Object.keys(migrations).length).toBeGreaterThan(0)
  for (const [file, sql] of Object.entries(migrations)) expect(sql, file).not.toMatch(forbidden)
})
