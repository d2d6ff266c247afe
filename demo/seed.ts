import { facts } from '../src/facts/index.ts'
import type { Fact } from '../src/fact.ts'
import { addDays, dayFinder } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import { factOf } from '../src/intake.ts'
import { looksOf } from '../src/looks.ts'
import { kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import { createEmbed } from '../src/store/embeds.ts'
import { createReport } from '../src/store/reports.ts'
import { store } from '../src/store/facts.ts'
import { rollup } from '../src/store/rollup.ts'
import { createSurvey } from '../src/store/surveys.ts'
import { createWorkspace, readAnyWorkspace } from '../src/store/workspaces.ts'
import type { Survey, SurveyDocument } from '../src/survey.ts'
import { csat } from '../src/surveys/csat.ts'
import { nps } from '../src/surveys/nps.ts'
import { sampleAnswers } from './answers.ts'
import { sampleDeals } from './deals.ts'

const zone = 'UTC'
const currency = 'USD'

/** What a survey is, besides its kind and name, unless its team says otherwise. */
const plain = {
  question: {},
  locales: languages.map(({ id }) => id),
  properties: [],
  comment: true,
}

const surveys: ReadonlyMap<string, Survey> = new Map([
  [demo.nps, { document: { ...plain, kind: 'nps', name: 'Recommendation' }, question: nps }],
  [demo.csat, { document: { ...plain, kind: 'csat', name: 'Satisfaction' }, question: csat }],
] satisfies [string, { document: SurveyDocument; question: Survey['question'] }][])

/**
 * Fills an empty database with the sample workspace: two surveys, real answers and deals that end yesterday,
 * their snapshots and embeds.
 *
 * @returns whether it did; `false` where some workspace exists already.
 */
export async function seed(db: D1Database, now: number): Promise<boolean> {
  if (await readAnyWorkspace(db)) return false
  await createWorkspace(db, { id: demo.workspace, name: 'Sample workspace', zone, currency }, now)
  for (const [id, { document }] of surveys) {
    await createSurvey(db, { id, workspace: demo.workspace, document }, now)
  }
  await store(db, {
    workspace: demo.workspace,
    facts: await sampleFacts(now),
    received: now,
    looks: looksOf(kpis),
  })
  for (let remaining = 1; remaining > 0;) {
    ;({ remaining } = await rollup(db, { kpis, now, workspace: demo.workspace }))
  }
  await createEmbeds(db, now)
  await createReportLink(db, now)
  return true
}

async function sampleFacts(now: number): Promise<Fact[]> {
  const dayOf = dayFinder(zone)
  const yesterday = addDays(dayOf(now), -1)
  const drafts = [...(await sampleAnswers(yesterday)), ...(await sampleDeals(yesterday))]
  return drafts.map((draft) => {
    const outcome = factOf(draft, { facts, surveys, dimensions: [], currency, dayOf })
    if (!outcome.ok) throw new Error(`Cannot read a sample fact: ${JSON.stringify(outcome.errors)}`)
    return outcome.value
  })
}

/** The answers are published data, so even a single one may be shown. */
async function createEmbeds(db: D1Database, now: number): Promise<void> {
  const shared = {
    segment: '',
    minimum: 1,
    locale: 'en',
    theme: 'auto',
    look: {},
    created: now,
  } as const
  const embeds = [
    { id: demo.badge, kpi: 'nps', kind: 'badge', days: 365, grain: 'week' },
    { id: demo.chart, kpi: 'nps', kind: 'line', days: 200, grain: 'week' },
    { id: demo.satisfaction, kpi: 'csat', kind: 'badge', days: 365, grain: 'week' },
  ] as const
  for (const embed of embeds) await createEmbed(db, demo.workspace, { ...shared, ...embed })
}

/** The last quarter of a year, in which both answers and deals have enough days to compare. */
async function createReportLink(db: D1Database, now: number): Promise<void> {
  const to = addDays(dayFinder(zone)(now), -1)
  await createReport(db, demo.workspace, {
    id: demo.report,
    span: { from: addDays(to, -89), to },
    locale: 'en',
    title: null,
    minimum: 1,
    created: now,
  })
}
