import { expect, test } from 'vitest'
import { sampleDrafts } from '../demo/sample.ts'
import { line } from '../src/charts/line.ts'
import { type Day, dayFinder } from '../src/day.ts'
import { demo } from '../src/demo.ts'
import { kpis } from '../src/kpis/index.ts'
import { nps } from '../src/kpis/nps.ts'
import { en } from '../src/languages/en.ts'
import { render } from '../src/markup.ts'
import { addCounters, counterName } from '../src/part.ts'
import { type Snapshot, evaluate, series } from '../src/series.ts'
import { kpisPage } from './docs.ts'

const yesterday = '2026-11-21' as Day

test('docs/kpis.md says what the declarations say', async () => {
  await expect(kpisPage(kpis)).toMatchFileSnapshot('../docs/kpis.md')
})

test('docs/nps.svg is what the line chart draws of the sample answers', async () => {
  const dayOf = dayFinder('UTC')
  const answers = (await sampleDrafts(yesterday)).filter(({ data }) => data['survey'] === demo.nps)
  const snapshots = Map.groupBy(answers, ({ time }) => dayOf(time))
    .entries()
    .map(([day, given]): Snapshot => ({
      day,
      revision: 1,
      computed: 0,
      counters: addCounters(
        given.map(({ data }) => new Map([[counterName('answers', String(data['score'])), 1]])),
      ),
    }))
    .toArray()
  const window = { from: '2026-05-06' as Day, to: yesterday }

  const picture = line.draw({
    label: nps.label,
    unit: nps.unit,
    direction: nps.direction,
    range: [-100, 100],
    language: en,
    theme: 'light',
    minimum: 1,
    total: evaluate(nps, addCounters(snapshots.map(({ counters }) => counters))),
    ...window,
    asOf: yesterday,
    points: series(nps, snapshots, window, 'week', yesterday),
  })

  await expect(render(picture)).toMatchFileSnapshot('../docs/nps.svg')
})
