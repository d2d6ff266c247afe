import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { kpis } from '../../src/kpis/index.ts'
import { Cases } from '../store/cases.ts'
import { comeLater, live, misfolded } from '../store/catalogue.ts'
import { families, history, historyOf } from '../store/histories.ts'
import { answers } from '../store/oracle/analyst.ts'
import { type Team, bear } from '../store/team.ts'
import { question } from '../store/values.ts'

/** How often at least each KPI, and each kind of part, must have been held against what it must say. */
const least = 1_000

/** How often at least the value of a KPI in a window, where it has one. */
const leastValues = 150

/** Printed, so that what fails can be seen again. */
const seed = Date.now() % 2 ** 31

const cases = new Cases()

beforeAll(async () => {
  console.log(`seed ${seed}`)
  await bear(kpis)
})

const questions = fc.array(question, { minLength: 12, maxLength: 12 })

test.each(Object.entries(families))(
  'every row and value of every KPI is what is counted by hand: %s',
  async (_, types) => {
    const property = fc.asyncProperty(historyOf(types), questions, async (found, asked) => {
      expect(await live(kpis, found, { questions: asked, cases })).toEqual([])
    })
    await fc.assert(property, { numRuns: types.length > 10 ? 250 : 550, seed })
  },
)

test('every KPI and every kind of part has been counted often enough', () => {
  const ids = kpis.map(({ id }) => id)
  const kinds = new Map<string, number>()
  for (const { id, parts } of kpis) {
    for (const kind of new Set(Object.values(parts).map((part) => part.kind))) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + (cases.tables.get(id) ?? 0))
    }
  }
  const found = [
    { what: 'rows after a run', counts: countsOf(cases.tables, ids), wanted: least },
    {
      what: 'values of windows',
      counts: countsOf(cases.values, Object.keys(answers)),
      wanted: leastValues,
    },
    { what: 'kinds of part', counts: countsOf(kinds, [...kinds.keys()]), wanted: least },
  ]
  for (const { what, counts } of found) {
    console.log(`${what}: ${counts.map(([name, n]) => `${name} ${n}`).join(', ')}`)
  }
  expect(found.flatMap(({ counts, wanted }) => counts.filter(([, n]) => n < wanted))).toEqual([])
})

/** The counts of these names, the fewest first. */
function countsOf(counts: ReadonlyMap<string, number>, names: readonly string[]) {
  const found = names.map((name): [string, number] => [name, counts.get(name) ?? 0])
  return found.sort(([, one], [, other]) => one - other)
}

test('what a dimension has too many values for is told together, and nothing of it is lost', async () => {
  const property = fc.asyncProperty(history, fc.constantFrom(1, 2), async (found, segments) => {
    const look = (team: Team) => misfolded(team, segments)
    expect(await live(kpis, found, { segments, look })).toEqual([])
  })
  await fc.assert(property, { numRuns: least, seed })
})

test('a KPI that comes later is told of all days before, for the first time', async () => {
  const property = fc.asyncProperty(history, async (found) => {
    expect(await comeLater(kpis, found)).toEqual([])
  })
  await fc.assert(property, { numRuns: least, seed })
})
