import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { kpis } from '../../src/kpis/index.ts'
import { agrees, comeLater, holding, live, misfolded } from './catalogue.ts'
import { day, families, history, reader } from './histories.ts'
import { Team, bear } from './team.ts'

beforeAll(() => bear(kpis))

/** The families that holdings.test.ts leaves: two files are two workers. */
const told = Object.entries(families).filter(([name]) => !holding.includes(name))

test.each(told)(
  'every row and value of every KPI is what is counted by hand: %s',
  (_, types) => agrees(kpis, types),
  120_000,
)

test('what a dimension has too many values for is told together, and nothing of it is lost', async () => {
  const look = (team: Team) => misfolded(team, 1)
  await fc.assert(
    fc.asyncProperty(history, async (found) => {
      expect(await live(kpis, found, { segments: 1, look })).toEqual([])
    }),
    { numRuns: 5 },
  )
}, 120_000)

test('a KPI that comes later is told of all days before, for the first time', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (found) => {
      expect(await comeLater(kpis, found)).toEqual([])
    }),
    { numRuns: 5 },
  )
}, 120_000)

test('a correction that takes the last fact of a segment leaves a row that says nothing', async () => {
  const around = Date.parse('2026-06-15T12:00:00Z')
  const team = await Team.found('UTC', kpis, around)
  const read = reader('UTC', around)
  const lead = {
    type: 'lead.created',
    source: 'a',
    offset: 0,
    revision: undefined,
    team: undefined,
  } as const
  const ads = { ...lead, id: 1, replaces: undefined, data: { lead: 'l1', channel: 'ads' } }
  const web = { ...lead, id: 2, replaces: 1, data: { lead: 'l1', channel: 'web' } }
  await team.take([read(ads, around)], around)
  await team.roll(around + 2 * day)
  await team.take([read(web, around)], around + 2 * day)

  await team.roll(around + 2 * day)

  const rows = await team.published()
  expect(rows['leads channel:ads 2026-06-15']).toEqual({ revision: 2, counters: {} })
  expect(rows['leads channel:web 2026-06-15']).toEqual({ revision: 2, counters: { leads: 1 } })
  expect(rows['leads  2026-06-15']).toEqual({ revision: 1, counters: { leads: 1 } })
})
