/** What a database was asked for while it was watched. */
export interface Account {
  /** Round trips: calls that go to the database and come back. */
  trips: number
  /** Statements that were run, those of a batch one by one. */
  queries: number
  /** As D1 bills them: rows of tables and of indexes. */
  rowsWritten: number
  rowsRead: number
}

/** A database that keeps account of every call, by D1's own meta. */
export function counting(db: D1Database): { db: D1Database; account: Account } {
  const account: Account = { trips: 0, queries: 0, rowsWritten: 0, rowsRead: 0 }
  const note = (results: readonly D1Result[]) => {
    account.trips++
    account.queries += results.length
    for (const { meta } of results) {
      account.rowsWritten += meta.rows_written
      account.rowsRead += meta.rows_read
    }
  }
  const originals = new WeakMap<object, D1PreparedStatement>()
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const watched: D1PreparedStatement = Object.create(statement, {
      bind: { value: (...values: unknown[]) => watch(statement.bind(...values)) },
      run: { value: () => noted(statement.run()) },
      all: { value: () => noted(statement.all()) },
      first: { value: async () => (await noted(statement.all())).results[0] ?? null },
      raw: {
        value: async () => {
          note([await statement.all()])
          return statement.raw()
        },
      },
    })
    originals.set(watched, statement)
    return watched
  }
  const noted = async <T>(result: Promise<D1Result<T>>): Promise<D1Result<T>> => {
    note([await result])
    return result
  }
  const watched: D1Database = Object.create(db, {
    prepare: { value: (sql: string) => watch(db.prepare(sql)) },
    batch: {
      value: async (statements: D1PreparedStatement[]) => {
        const results = await db.batch(statements.map((one) => originals.get(one) ?? one))
        note(results)
        return results
      },
    },
  })
  return { db: watched, account }
}
