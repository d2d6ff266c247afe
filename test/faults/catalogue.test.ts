import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { kpis } from '../../src/kpis/index.ts'
import { Cases } from '../store/cases.ts'
import { comeLater, live, misfolded } from '../store/catalogue.ts'
import { history } from '../store/histories.ts'
import { answers } from '../store/oracle/analyst.ts'
import { type Team, bear } from '../store/team.ts'
import { question } from '../store/values.ts'

/** The least of each KPI that must have been held against what it must say. */
const least = 1_000

/** Printed, so that what fails can be seen again. */
const seed = Date.now() % 2 ** 31

const minutes = 60_000

beforeAll(async () => {
  console.log(`seed ${seed}`)
  await bear(kpis)
})

const fewest = (counts: ReadonlyMap<string, number>, ids: readonly string[]) =>
  ids
    .map((id) => `${id} ${counts.get(id) ?? 0}`)
    .sort((one, other) => numberIn(one) - numberIn(other))

const numberIn = (text: string) => Number(text.split(' ')[1])

test('every row and value of every KPI is what is counted by hand', async () => {
  const cases = new Cases()
  const questions = fc.array(question, { minLength: 8, maxLength: 8 })
  const property = fc.asyncProperty(history, questions, async (found, asked) => {
    expect(await live(kpis, found, { questions: asked, cases })).toEqual([])
  })
  await fc.assert(property, { numRuns: 2_500, seed, interruptAfterTimeLimit: 55 * minutes })

  const tables = fewest(
    cases.tables,
    kpis.map(({ id }) => id),
  )
  const values = fewest(cases.values, Object.keys(answers))
  console.log(`rows of ${tables.length} KPIs after a run: ${tables.join(', ')}`)
  console.log(`values of ${values.length} KPIs: ${values.join(', ')}`)
  expect([...tables, ...values].filter((text) => numberIn(text) < least)).toEqual([])
})

test('what a dimension has too many values for is told together, and nothing of it is lost', async () => {
  const property = fc.asyncProperty(history, fc.constantFrom(1, 2), async (found, segments) => {
    const look = (team: Team) => misfolded(team, segments)
    expect(await live(kpis, found, { segments, look })).toEqual([])
  })
  await fc.assert(property, { numRuns: least, seed, interruptAfterTimeLimit: 30 * minutes })
})

test('a KPI that comes later is told of all days before, for the first time', async () => {
  const property = fc.asyncProperty(history, async (found) => {
    expect(await comeLater(kpis, found)).toEqual([])
  })
  await fc.assert(property, { numRuns: least, seed, interruptAfterTimeLimit: 30 * minutes })
})
