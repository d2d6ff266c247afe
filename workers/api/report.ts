import { Hono } from 'hono'
import * as v from 'valibot'
import { attention, notesOf } from '../../src/attention.ts'
import { type Day, dayFinder } from '../../src/day.ts'
import { dayField } from '../../src/day-field.ts'
import { editions } from '../../src/editions/index.ts'
import { invalid } from '../../src/problem.ts'
import {
  type Entry,
  type Ground,
  entriesOf,
  previousWindow,
  reportLimit,
  windowOf,
} from '../../src/report.ts'
import { type Window, lengthOf } from '../../src/window.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { readGround, wordsOf } from '../report-read.ts'
import { taggedJson } from '../reply.ts'
import { about, shown } from './kpi-answer.ts'

const locales = editions.map(({ language }) => language)

/** A language that reports are written in. */
export const reportLocale = v.optional(
  v.picklist(locales, `Expected one of ${locales.join(', ')}`),
  'en',
)

/** What a report may be asked for. */
export const reportQuery = {
  from: v.optional(dayField),
  to: v.optional(dayField),
  locale: reportLocale,
}

/** @throws Problem 422 where one end is missing, or the days are none or too many. */
export function checkedDays(from: Day | undefined, to: Day | undefined): Window | null {
  if (from === undefined && to === undefined) return null
  if (from === undefined) throw invalid('from', 'Give both from and to')
  if (to === undefined) throw invalid('to', 'Give both from and to')
  if (to < from) throw invalid('to', `The window ends before it starts, on ${from}`)
  const days = lengthOf({ from, to })
  if (days > reportLimit) {
    throw invalid('to', `Expected at most ${reportLimit} days: current length is ${days}`)
  }
  return { from, to }
}

/** `GET /v1/report`: every KPI with the window before, its target and benchmark, and what that means. */
export const reportRoutes = new Hono<Guarded>().get('/', guard('read'), async (c) => {
  const { from, to, locale } = readQuery(c.req.raw, reportQuery)
  const workspace = c.get('workspace')
  const now = Date.now()
  const window = checkedDays(from, to) ?? windowOf('month', dayFinder(workspace.zone)(now))
  const ground = await readGround(c.env.DB, workspace, { window, locale, minimum: 0, now })
  const { edition } = wordsOf(locale)
  const entries = entriesOf(ground)
  return taggedJson(c.req.raw, {
    timeZone: workspace.zone,
    ...window,
    previous: previousWindow(window),
    locale,
    complete: window.to <= workspace.closed,
    summary: attention(entries, ground, edition),
    items: entries.map((entry) => showEntry(entry, ground)),
    notes: notesOf(entries, ground, edition),
    next: null,
  })
})

function showEntry(entry: Entry, { place }: Ground) {
  const { kpi, family, finding, current, previous, change, revised, sentence } = entry
  return {
    ...about(kpi, place),
    family,
    name: finding.name,
    definition: { text: kpi.definition, version: kpi.version },
    current: shown(current),
    previous: shown(previous),
    change,
    target: showTarget(entry.target),
    benchmark: showBenchmark(entry.benchmark),
    ...(revised > 0 && { revisedDays: revised }),
    sentence,
  }
}

function showTarget(found: Entry['target']) {
  if (found === null) return null
  const { id, baseline, target, from, to } = found.target
  return { id, baseline, target, from, to, ...found.standing }
}

function showBenchmark(found: Entry['benchmark']) {
  if (found === null) return null
  const { low, middle, high, industry, source, year, url } = found
  return { low, middle, high, industry, source, year, url }
}
