import * as v from 'valibot'
import { type FactDeclaration, type Outcome, refuse } from './fact.ts'
import type { Draft } from './intake.ts'
import { invalid } from './problem.ts'
import { nameField } from './text-field.ts'
import { parseTime } from './time.ts'

/** How the lines of an import become facts of one type. */
export interface Mapping {
  readonly declaration: FactDeclaration
  readonly source: string
  /** The zone of times without an offset. */
  readonly zone: string
  /** Field to column, as asked for. */
  readonly columns: ReadonlyMap<string, string>
  /** Field to the value that every line shares. */
  readonly constants: ReadonlyMap<string, string>
}

/** One line of an import, by column. */
export type Line = Readonly<Record<string, unknown>>

/** A line whose fields have been found; `content` identifies it where it has no id of its own. */
export interface MappedLine {
  readonly draft: Omit<Draft, 'id'>
  readonly id: string | null
  readonly content: string
}

/** Reads repeated `<field>:<value>` parameters. */
export function parsePairs(name: string, texts: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const text of texts) {
    const at = text.indexOf(':')
    if (at < 1) throw invalid(name, `Expected <field>:<value>: current value is "${text}"`)
    const field = text.slice(0, at)
    if (pairs.has(field)) throw invalid(name, `The field "${field}" is given twice`)
    pairs.set(field, text.slice(at + 1))
  }
  return pairs
}

/** Every field that a line of this type may fill, besides properties. */
function fieldsOf(declaration: FactDeclaration): string[] {
  return ['id', 'time', ...Object.keys(declaration.fields)]
}

/**
 * Refuses a mapping that no line could fulfil: fields the type does not have, or columns that the
 * header does not name. Columns that are not mapped are ignored.
 */
export function checkMapping(mapping: Mapping, header: readonly string[] | null): void {
  const known = fieldsOf(mapping.declaration)
  for (const field of [...mapping.columns.keys(), ...mapping.constants.keys()]) {
    if (!known.includes(field) && !field.startsWith('p.')) {
      throw invalid(field, `Unknown field: expected one of ${known.join(', ')} or p.<name>`)
    }
  }
  if (header === null) return
  for (const [field, column] of mapping.columns) {
    if (!header.includes(column)) throw invalid(field, `There is no column "${column}"`)
  }
  if (!mapping.constants.has('time') && !mapping.columns.has('time') && !header.includes('time')) {
    throw invalid('time', 'There is no column "time", and no map=time:<column>')
  }
}

/** Finds the fields of a line. Blank cells are missing fields, never values. */
export function mapLine(line: Line, mapping: Mapping): Outcome<MappedLine> {
  const fields = fieldsOfLine(line, mapping)
  const { id: given, time: written, ...data } = Object.fromEntries(fields)
  const time = typeof written === 'string' ? parseTime(written, mapping.zone) : null
  if (time === null) return refuse('time', timeRule(written))
  const id = v.safeParse(v.optional(nameField), given)
  if (!id.success) return refuse('id', id.issues[0].message)
  const { type } = mapping.declaration
  return {
    ok: true,
    value: {
      draft: { type, source: mapping.source, time, data },
      id: id.output ?? null,
      content: contentOf(type, time, data),
    },
  }
}

/** What a line says of each field, by name. */
function fieldsOfLine(line: Line, { declaration, columns, constants }: Mapping) {
  const fields = new Map<string, unknown>()
  const properties = Object.keys(line).filter((column) => column.startsWith('p.'))
  for (const field of [...fieldsOf(declaration), ...properties, ...columns.keys()]) {
    const value = line[columns.get(field) ?? field]
    if (value !== undefined && value !== null && value !== '') fields.set(field, value)
  }
  for (const [field, constant] of constants) fields.set(field, constant)
  return fields
}

/** What a line means, whatever its zone, its format and the order of its columns. */
function contentOf(type: string, time: number, data: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(data).map(([field, value]) => [field, String(value)] as const)
  return JSON.stringify([type, time, ...fields.sort(([one], [other]) => (one < other ? -1 : 1))])
}

function timeRule(time: unknown): string {
  if (time === undefined) return 'The field is missing'
  return `Expected a time such as 2016-12-18 23:19 or 2016-12-18T23:19:00Z: current value is ${JSON.stringify(time).slice(0, 40)}`
}
