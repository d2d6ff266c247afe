import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../src/bytes.ts'
import { dayFinder } from '../src/day.ts'
import { contentDigest, deliveryName, parseBody, readBody, settle } from '../src/delivery.ts'
import { facts } from '../src/facts/index.ts'
import type { IntakeContext } from '../src/intake.ts'
import { sources } from '../src/sources/index.ts'
import type { Survey } from '../src/survey.ts'
import { csat } from '../src/surveys/csat.ts'
import { nps } from '../src/surveys/nps.ts'
import { type Outcome, countTypes, measure, sourcePage, sourcesPage } from './docs-sources.ts'
import { type Sample, configOf, samples } from './sources/bodies.ts'
import { inUtc } from './sources/sample.ts'

const file = join(import.meta.dirname, 'data/webhooks/outcomes.json')

const surveyOf = (question: Survey['question']): Survey => ({
  question,
  document: {
    kind: question.kind,
    name: question.kind,
    question: {},
    locales: ['en'],
    properties: [],
    comment: true,
  },
})

const context: IntakeContext = {
  facts,
  surveys: new Map([
    ['nps', surveyOf(nps)],
    ['csat', surveyOf(csat)],
  ]),
  dimensions: [],
  currency: 'EUR',
  dayOf: dayFinder('UTC'),
}

/** What a sample comes to in a source of its own. */
async function outcomeOf({ vendor, name, body, headers }: Sample): Promise<Outcome> {
  const source = sources.find((one) => one.vendor === vendor)
  if (source === undefined) throw new RangeError(`There is no vendor "${vendor}"`)
  const parsed = parseBody(source.format, utf8(body))
  const reading = readBody(source, parsed, {
    config: configOf(vendor, { nps: 'nps', csat: 'csat' }),
    headers: new Map(Object.entries(headers)),
    memory: new Map(),
    dayOf: inUtc,
    received: Date.parse('2026-03-01T12:00:00Z'),
  })
  const delivery = deliveryName(reading, await contentDigest(source, parsed, utf8(body)))
  const settled = settle(reading, { source: 'source', delivery }, context)
  return {
    vendor,
    sample: name.slice(vendor.length + 1),
    state: settled.state,
    reason: settled.reason,
    facts: countTypes(settled.facts),
    events: reading.events.map((event) => measure(event, context)),
  }
}

/** What the samples come to, where they are at hand; otherwise what they came to when they last were. */
const outcomes: readonly Outcome[] =
  samples.length === 0
    ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome[])
    : await Promise.all(samples.map(outcomeOf))

test('the outcomes of all samples are as they are kept', async () => {
  await expect(`${JSON.stringify(outcomes, null, 2)}\n`).toMatchFileSnapshot(file)
})

test('docs/sources.md lists every vendor and says what holds for all', async () => {
  await expect(sourcesPage(sources)).toMatchFileSnapshot('../docs/sources.md')
})

describe.each(sources)('$vendor', (source) => {
  test('its page says what its declaration says, and what its samples come to', async () => {
    const own = outcomes.filter(({ vendor }) => vendor === source.vendor)

    await expect(sourcePage(source, own)).toMatchFileSnapshot(`../docs/sources/${source.vendor}.md`)
  })
})
