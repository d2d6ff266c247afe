import { invalid } from './problem.ts'
import { propertyName } from './properties.ts'
import type { SurveyDocument } from './survey.ts'

/** What a column of a vendor's export says; several names are what it was called in the course of years. */
export type Field = 'id' | 'time' | 'score' | 'comment' | 'respondent' | 'locale' | 'kind'

/** A vendor's export of answers: which columns it has, and how they are to be read. */
export interface Profile {
  readonly profile: string
  /** Where this is known from. */
  readonly cite: string
  /** Lines that the names of columns take: with two, the second says which part of a question it is. */
  readonly headerLines: 1 | 2
  /** What its times are written in; `null` where that is the zone of the account. */
  readonly zone: string | null
  /** By field, the columns that may hold it, the first of them that is there first. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>
  /** Fields without which it is not this vendor's file. */
  readonly needs: readonly Field[]
  /** Other columns that are the vendor's own; all that are neither are questions or properties. */
  readonly own: readonly string[]
  /** Columns that only hold text, by how they end: a score is not looked for there. */
  readonly openEnd?: string
}

/** Checks a profile, so that all can stand in one list. */
export const defineProfile = (profile: Profile): Profile => profile

/** Which columns somebody says to be which; `''` is none. */
export type Chosen = Readonly<Partial<Record<'question' | 'comment' | 'respondent', string>>>

/** How slashed dates are written. */
export type DateOrder = 'mdy' | 'dmy'

/** How the lines of one file become answers to one survey. */
export interface Plan {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly kind: SurveyDocument['kind']
  readonly order: DateOrder
}

const folded = (name: string) => name.trim().toLowerCase()

const same = (one: string, other: string) => folded(one) === folded(other)

const listed = (names: readonly string[]) =>
  names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ')

/** The columns of a file that may be each field, or everything that is missing. */
function ownColumns({ profile, columns, needs }: Profile, header: readonly string[]) {
  const found = new Map<Field, readonly string[]>()
  for (const [field, names] of Object.entries(columns) as [Field, readonly string[]][]) {
    const there = names.flatMap((name) => header.filter((column) => same(column, name)))
    if (there.length > 0) found.set(field, there)
  }
  const missing = needs.filter((field) => !found.has(field))
  if (missing.length > 0) {
    const names = missing.map((field) => listed(columns[field] ?? []).replaceAll(', ', ' or '))
    throw invalid(
      'profile',
      `This is no export of ${profile}: it has no column ${names.join(', no ')}`,
    )
  }
  return found
}

/** A column by the name that was asked for. */
function chosen(parameter: string, name: string, header: readonly string[]): string {
  const exact = header.filter((column) => column === name)
  const found = exact.length > 0 ? exact : header.filter((column) => same(column, name))
  const [column, other] = found
  if (column === undefined || other !== undefined) {
    const many = other === undefined ? 'There is no column' : 'There are two columns'
    throw invalid(parameter, `${many} "${name}": expected one of ${listed(header)}`)
  }
  return column
}

/** The one column that can be meant. Where several can, somebody has to say which. */
function only(parameter: string, candidates: readonly string[], none: string): string {
  const [column, other] = candidates
  if (column !== undefined && other === undefined) return column
  if (column === undefined) throw invalid(parameter, none)
  throw invalid(
    parameter,
    `Several columns may hold it: name one of ${listed(candidates)} as ${parameter}=<column>`,
  )
}

/** What a property of a survey may be called in an export, such as `Purchase Experience`. */
function propertyOf(column: string): string {
  return column
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}

/** The columns of a file that are not the vendor's own, and what somebody has said of them. */
interface Free {
  readonly header: readonly string[]
  readonly questions: readonly string[]
  readonly texts: readonly string[]
  readonly said: Chosen
}

/** The column of the score, by what is known of the vendor where nobody says which it is. */
function scoreColumns({ said, header, questions }: Free, known: readonly string[] = []) {
  if (said.question !== undefined) return [chosen('question', said.question, header)]
  return known.length > 0 ? known : [only('question', questions, 'The file has no question')]
}

function commentColumns({ said, header, texts }: Free, known: readonly string[] = []) {
  if (said.comment === '') return []
  if (said.comment !== undefined) return [chosen('comment', said.comment, header)]
  return known.length > 0 || texts.length === 0 ? known : [only('comment', texts, '')]
}

function respondentColumns({ said, header }: Free, known: readonly string[] = []) {
  if (said.respondent === '') return []
  return said.respondent === undefined ? known : [chosen('respondent', said.respondent, header)]
}

/**
 * How a file is read, by its header.
 *
 * @throws Problem 422 where it is not this vendor's, or where a question has to be chosen; it lists which
 * columns there are to choose of.
 */
export function planOf(
  profile: Profile,
  header: readonly string[],
  { document, said, order }: { document: SurveyDocument; said: Chosen; order: DateOrder },
): Plan {
  const known = ownColumns(profile, header)
  const vendors = new Set([...known.values(), profile.own].flat().map((name) => folded(name)))
  const others = header.filter((column) => column !== '' && !vendors.has(folded(column)))
  const isText = (column: string) =>
    profile.openEnd !== undefined && column.endsWith(profile.openEnd)
  const properties = others.filter((column) => isProperty(column, document))
  const free = {
    header,
    questions: others.filter((column) => !isText(column) && !properties.includes(column)),
    texts: others.filter(isText),
    said,
  }
  const fields = new Map<string, readonly string[]>([
    ...known,
    ['score', scoreColumns(free, known.get('score'))],
    ['comment', commentColumns(free, known.get('comment'))],
    ['respondent', respondentColumns(free, known.get('respondent'))],
  ])
  const used = new Set([...fields.values()].flat())
  for (const column of properties) {
    if (!used.has(column)) fields.set(`p.${propertyOf(column)}`, [column])
  }
  return { fields, kind: document.kind, order }
}

function isProperty(column: string, { properties }: SurveyDocument): boolean {
  const name = propertyOf(column)
  return propertyName.test(name) && properties.includes(name)
}
