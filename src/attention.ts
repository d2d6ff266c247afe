import { formatDate, formatDays } from './format.ts'
import { counting, movement, promise } from './interpretation.ts'
import { type Language, fill } from './language.ts'
import {
  type Entry,
  type Ground,
  isSilent,
  isThin,
  isWorse,
  previousWindow,
  strengthOf,
} from './report.ts'
import type { Edition } from './edition.ts'

/** One line of a report's summary or notes. */
export interface Remark<Kind extends string> {
  readonly kind: Kind
  /** Ids of the KPIs that it is about; none where it is about the whole report. */
  readonly kpis: readonly string[]
  readonly text: string
}

/** Why something wants attention, the most urgent first. */
export type Concern = 'worse' | 'missed' | 'silent' | 'few'

/** What the numbers of a report rest on. */
export type NoteKind = 'method' | 'running' | 'young' | 'revised' | 'currencies' | 'empty'

const idsOf = (entries: readonly Entry[]) => entries.map(({ kpi }) => kpi.id)

/** Names may hold commas, so they are parted by semicolons. */
const namesOf = (entries: readonly Entry[]) => entries.map(({ finding }) => finding.name).join('; ')

/** How many that became worse are told one by one: a summary is read at a glance. */
const mostTold = 5

/** What of a report wants attention: what got worse, what was promised in vain, what says little or nothing. */
export function attention(
  entries: readonly Entry[],
  { words }: Pick<Ground, 'words'>,
  { summary }: Pick<Edition, 'summary'>,
): Remark<Concern>[] {
  const worse = entries
    .filter(isWorse)
    .toSorted((one, other) => strengthOf(other) - strengthOf(one))
  const missed = entries.filter(
    ({ target }) => target?.standing.status === 'missed' || target?.standing.status === 'behind',
  )
  return [
    ...worse
      .slice(0, mostTold)
      .map((entry) => remark('worse', [entry], movement(entry.finding, words))),
    ...about('worse', worse.slice(mostTold), summary.more),
    ...missed.map((entry) =>
      remark('missed', [entry], `${entry.finding.name}: ${promise(entry.finding, words)}`),
    ),
    ...about('silent', entries.filter(isSilent), summary.silent),
    ...about('few', entries.filter(isThin), summary.few),
  ]
}

function remark<Kind extends string>(
  kind: Kind,
  entries: readonly Entry[],
  text: string,
): Remark<Kind> {
  return { kind, kpis: idsOf(entries), text }
}

function about<Kind extends string>(
  kind: Kind,
  entries: readonly Entry[],
  text: string,
): Remark<Kind>[] {
  return entries.length === 0
    ? []
    : [remark(kind, entries, fill(text, { names: namesOf(entries) }))]
}

/** What the numbers rest on: how they are compared, and what is missing, new, revised or left out. */
export function notesOf(
  entries: readonly Entry[],
  { window, place, language }: Pick<Ground, 'window' | 'place' | 'language'>,
  { notes }: Pick<Edition, 'notes'>,
): Remark<NoteKind>[] {
  const { from, to } = previousWindow(window)
  const told = entries.filter(({ empty }) => !empty)
  const running = window.to > place.closed
  const method = fill(notes.method, { days: formatDays(from, to, language) })
  const closed = fill(notes.running, { day: formatDate(place.closed, 'full', language) })
  return [
    remark('method', [], method),
    ...(running ? [remark('running', [], closed)] : []),
    ...about(
      'young',
      told.filter(({ current }) => current.mature === false),
      notes.young,
    ),
    ...revisions(
      told.filter(({ revised }) => revised > 0),
      notes,
      language,
    ),
    ...currencies(
      told.filter(({ current }) => current.leftOut !== undefined),
      notes,
    ),
    ...about(
      'empty',
      entries.filter(({ empty }) => empty),
      notes.empty,
    ),
  ]
}

function revisions(
  entries: readonly Entry[],
  { revised }: Edition['notes'],
  language: Language,
): Remark<NoteKind>[] {
  const most = Math.max(...entries.map((entry) => entry.revised))
  if (entries.length === 0) return []
  const text = fill(counting(revised, most, language), { names: namesOf(entries) })
  return [remark('revised', entries, text)]
}

function currencies(
  entries: readonly Entry[],
  { currencies: text }: Edition['notes'],
): Remark<NoteKind>[] {
  const left = new Set(entries.flatMap(({ current }) => Object.keys(current.leftOut ?? {})))
  const codes = [...left].toSorted().join(', ')
  return entries.length === 0
    ? []
    : [remark('currencies', entries, fill(text, { codes, names: namesOf(entries) }))]
}
