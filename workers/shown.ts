import type { Chart, Picture } from '../src/chart.ts'
import { badgeStyles, themes } from '../src/chart.ts'
import { charts } from '../src/charts/index.ts'
import { type Day, dayFinder } from '../src/day.ts'
import type { FoundEmbed } from '../src/embed.ts'
import type { Choice, Defaults } from '../src/embed-address.ts'
import { pictureOf } from '../src/embed-picture.ts'
import type { Kpi } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import type { Language } from '../src/language.ts'
import { languages } from '../src/languages/index.ts'
import { kpiName } from '../src/name.ts'
import { namesOf } from '../src/names/index.ts'
import { readEmbed } from '../src/store/embed-snapshots.ts'
import { askedByEmbeds } from './published.ts'

/** An embed in use, and what its KPI and kind are. */
export interface Subject {
  readonly found: FoundEmbed
  readonly kpi: Kpi
  readonly chart: Chart
  /** The running day in the zone of the workspace. */
  readonly today: Day
  readonly defaults: Defaults
}

/** The embed of an id, in one query; `null` where none is in use, or nothing here can show it. */
export async function findEmbed(db: D1Database, id: string, now: number): Promise<Subject | null> {
  const found = /^[\w-]{1,64}$/.test(id) ? await readEmbed(db, id, askedByEmbeds, now) : null
  if (found === null) return null
  const { embed, workspace } = found
  const kpi = kpis.find((candidate) => candidate.id === embed.kpi)
  const chart = charts.find(({ kind }) => kind === embed.kind)
  if (kpi === undefined || chart === undefined) return null
  const { theme, locale, look } = embed
  const style = chart.kind === 'badge' ? (look.style ?? badgeStyles[0]) : null
  return {
    found,
    kpi,
    chart,
    defaults: { theme, locale, style },
    today: dayFinder(workspace.zone)(now),
  }
}

/**
 * What an embed shows to one reader.
 *
 * @param speaks the language it can be said in, where the wanted one cannot be drawn.
 */
export function pictureFor(
  { found, kpi, chart, today, defaults }: Subject,
  choice: Choice,
  speaks: (language: Language) => Language = (language) => language,
): Picture {
  const wanted = choice.locale ?? defaults.locale
  const language = speaks(languages.find(({ id }) => id === wanted) ?? languages[0])
  return pictureOf({
    kpi,
    chart,
    found,
    today,
    name: kpiName(kpi, namesOf(language.id)),
    view: {
      language,
      theme: oneOf(themes, choice.theme ?? defaults.theme),
      style: oneOf(badgeStyles, choice.style ?? defaults.style),
    },
  })
}

function oneOf<Value extends string>(
  values: readonly [Value, ...Value[]],
  wanted: string | null,
): Value {
  return values.find((value) => value === wanted) ?? values[0]
}
