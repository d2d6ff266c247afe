import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

/** The rows of a CSV file beside this one, by column. */
export async function readTable<Row>(name: string): Promise<Row[]> {
  const text = await readFile(join(import.meta.dirname, name), 'utf8')
  return parse<Row>(text, { columns: true, skip_empty_lines: true })
}
