import { columnNames } from '../src/column-names.ts'
import { isZone } from '../src/day.ts'
import type { FactDeclaration } from '../src/fact.ts'
import type { Mapping } from '../src/mapping.ts'
import { type Chosen, type DateOrder, type Plan, type Profile, planOf } from '../src/profile.ts'
import { profiles } from '../src/profiles/index.ts'
import { invalid } from '../src/problem.ts'
import { readSurveys } from '../src/store/surveys.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import type { SurveyDocument } from '../src/survey.ts'
import { sourceName } from './import-query.ts'
import { type LineStream, readCsv } from './lines.ts'

const parameters = [
  'profile',
  'survey',
  'question',
  'comment',
  'respondent',
  'dates',
  'tz',
  'source',
]

/** A vendor's export that is being read, and how its lines become answers. */
export interface Profiled {
  readonly file: LineStream
  readonly mapping: Mapping
  readonly plan: Plan
}

/** Opens a vendor's export as its profile says, for one survey of the workspace. */
export async function openProfiled(
  db: D1Database,
  workspace: Workspace,
  declaration: FactDeclaration,
  query: URLSearchParams,
  open: (read: typeof readCsv) => Promise<LineStream>,
): Promise<Profiled> {
  const { profile, survey, said, order, zone } = readProfileQuery(query, declaration, workspace)
  const document = await findDocument(db, workspace.id, survey)
  const heading = { lines: profile.headerLines, names: columnNames }
  const file = await open((body, limit) => readCsv(body, limit, heading))
  const plan = planOf(profile, file.header ?? [], { document, said, order })
  const constants = new Map([['survey', survey]])
  const source = sourceName(query.get('source') ?? profile.profile)
  return { file, plan, mapping: { declaration, source, zone, columns: new Map(), constants } }
}

function readProfileQuery(query: URLSearchParams, { type }: FactDeclaration, workspace: Workspace) {
  const strange = [...query.keys()].find((name) => !parameters.includes(name))
  if (strange !== undefined) throw invalid(strange, 'Unknown parameter beside "profile"')
  const twice = parameters.find((name) => query.getAll(name).length > 1)
  if (twice !== undefined) throw invalid(twice, 'The parameter is given twice')
  const survey = query.get('survey')
  if (type !== 'survey.response' || survey === null) {
    throw invalid('survey', 'A profile imports survey.response: expected survey=<id>')
  }
  const profile = profileOf(query.get('profile') ?? '')
  const zone = zoneOf(query.get('tz') ?? profile.zone ?? workspace.zone)
  return { profile, survey, zone, order: orderOf(query.get('dates')), said: chosenBy(query) }
}

function zoneOf(zone: string): string {
  if (isZone(zone)) return zone
  throw invalid('tz', `Expected an IANA time zone: current value is "${zone}"`)
}

function orderOf(order: string | null): DateOrder {
  if (order === null || order === 'mdy') return 'mdy'
  if (order === 'dmy') return 'dmy'
  throw invalid('dates', `Expected mdy or dmy: current value is "${order}"`)
}

function chosenBy(query: URLSearchParams): Chosen {
  const names = ['question', 'comment', 'respondent'] as const
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function profileOf(name: string): Profile {
  const found = profiles.find(({ profile }) => profile === name)
  if (found !== undefined) return found
  const known = profiles.map(({ profile }) => profile).join(', ')
  throw invalid('profile', `Unknown profile "${name}": expected one of ${known}`)
}

/** @throws Problem 422 where the workspace has no such survey. */
async function findDocument(
  db: D1Database,
  workspace: string,
  id: string,
): Promise<SurveyDocument> {
  const [found] = await readSurveys(db, workspace, [id])
  if (found === undefined) throw invalid('survey', `Unknown survey "${id}"`)
  return found.document
}
