import { expect, test } from 'vitest'
import { sampleAnswers } from '../demo/answers.ts'
import { line } from '../src/charts/line.ts'
import { type Day, dayFinder } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import { kpis } from '../src/kpis/index.ts'
import { en } from '../src/languages/en.ts'
import { render } from '../src/markup.ts'
import { addCounters } from '../src/part.ts'
import { type Snapshot, series, total } from '../src/series.ts'
import { kpisPage } from './docs.ts'
import { historyOf, kpiOf } from './kpi.ts'

const yesterday = '2026-11-21' as Day

test('docs/kpis.md says what the declarations say', async () => {
  await expect(kpisPage(kpis)).toMatchFileSnapshot('../docs/kpis.md')
})

test('docs/nps.svg is what the line chart draws of the sample answers', async () => {
  const dayOf = dayFinder('UTC')
  const answers = (await sampleAnswers(yesterday)).filter(({ data }) => data['survey'] === demo.nps)
  const snapshots = Map.groupBy(answers, ({ time }) => dayOf(time))
    .entries()
    .map(([day, given]): Snapshot => ({
      day,
      revision: 1,
      computed: 0,
      counters: addCounters(
        given.map(({ data }) => new Map([[`answers/${String(data['score'])}`, 1]])),
      ),
    }))
    .toArray()
  const window = { from: '2026-05-06' as Day, to: yesterday }
  const place = { closed: yesterday, currency: 'EUR' }
  const nps = kpiOf('nps')
  const history = historyOf(snapshots.toSorted((one, other) => (one.day < other.day ? -1 : 1)))
  const { parts: _, ...estimate } = total(nps, history, window, place)

  const picture = line.draw({
    label: nps.label,
    unit: nps.unit,
    direction: nps.direction,
    range: [-100, 100],
    language: en,
    theme: 'light',
    minimum: 1,
    total: estimate,
    ...window,
    asOf: yesterday,
    points: series(nps, history, window, 'week', place),
  })

  await expect(render(picture)).toMatchFileSnapshot('../docs/nps.svg')
})
