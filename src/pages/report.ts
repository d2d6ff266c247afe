import { amount, sizeOf } from '../amount.ts'
import type { Remark } from '../attention.ts'
import { plain } from '../dress.ts'
import type { Edition } from '../edition.ts'
import { formatDays } from '../format.ts'
import { height, width } from '../frame.ts'
import { isolate } from '../isolate.ts'
import type { Estimate } from '../kpi.ts'
import { type Language, fill } from '../language.ts'
import { type Markup, markup } from '../markup.ts'
import { page } from '../page.ts'
import type { Entry } from '../report.ts'
import { reportSheet } from '../report-sheet.ts'
import type { Window } from '../window.ts'

/** One KPI as a page shows it. */
export interface Shown {
  readonly entry: Entry
  /** The URL of its picture, which may be a `data:` URL. */
  readonly picture: string
  /** The picture in words, for those who do not see it. */
  readonly alt: string
}

/** A report as a page: what wants attention, the KPIs by family, and what the numbers rest on. */
export interface ReportView {
  readonly language: Language
  readonly edition: Edition
  readonly title: string | null
  readonly window: Window
  readonly zone: string
  readonly summary: readonly Remark<string>[]
  /** Families in order, with what they are called; none is empty. */
  readonly families: readonly { readonly name: string; readonly shown: readonly Shown[] }[]
  readonly notes: readonly Remark<string>[]
}

/** How a report's page is dressed: pictures stand in it, so that they need no requests of their own. */
export const reportDress = { ...plain, sheet: reportSheet, pictures: true }

/** The page for the board: it reads from the top like an article, and prints like one. */
export function reportPage(view: ReportView): Markup {
  const { language, edition, window, zone, summary, families, notes } = view
  const title = view.title ?? edition.title
  return page({
    language,
    dress: reportDress,
    title,
    wide: true,
    body: markup`<article class="report">
<h1>${title}</h1>
<p class="small">${formatDays(window.from, window.to, language)} · ${fill(edition.zone, { zone })}</p>
${families.length === 0 ? markup`<section><p>${edition.nothing}</p></section>` : told(summary, edition)}
${families.map((family) => section(family, view))}
<section class="notes">
<h2>${edition.notes.title}</h2>
${list(notes)}
${sources(families.flatMap(({ shown }) => shown))}
</section>
</article>`,
  })
}

const told = (summary: ReportView['summary'], edition: Edition): Markup => markup`<section>
<h2>${edition.summary.title}</h2>
${summary.length === 0 ? markup`<p>${edition.summary.calm}</p>` : list(summary)}
</section>`

const list = (remarks: readonly Remark<string>[]): Markup =>
  markup`<ul>${remarks.map(({ text }) => markup`<li>${unbroken(text)}</li>\n`)}</ul>`

function section({ name, shown }: ReportView['families'][number], view: ReportView): Markup {
  const { caption, kpi, now, before, change } = view.edition.table
  return markup`<section>
<h2>${name}</h2>
<div class="pair">${shown.map(figure)}</div>
<table>
<caption class="unseen">${fill(caption, { family: name })}</caption>
<thead><tr><th scope="col">${kpi}</th><th scope="col">${now}</th><th scope="col">${before}</th><th scope="col">${change}</th></tr></thead>
<tbody>${shown.map(({ entry }) => row(entry, view.edition))}</tbody>
</table>
</section>
`
}

/** A line that ended within `n = 312` would have to be read twice. */
const unbroken = (text: string) => text.replaceAll(' = ', '\u00a0=\u00a0')

const figure = ({ entry, picture, alt }: Shown): Markup => markup`
<figure>
<img src="${picture}" alt="${alt}" width="${width}" height="${height}">
<figcaption>${unbroken(entry.sentence)}</figcaption>
</figure>`

function row({ finding, current, previous, change }: Entry, edition: Edition): Markup {
  const value = ({ value: number }: Estimate) => (number === null ? '–' : amount(finding, number))
  const { low, high, absolute } = change
  const differs = (by: number) => difference(by, finding, edition)
  return markup`
<tr><th scope="row">${finding.name}</th><td>${value(current)}</td><td>${value(previous)}</td><td>${
    absolute === null ? '–' : differs(absolute)
  }${low !== null && high !== null && markup`<small>${differs(low)} … ${differs(high)}</small>`}</td></tr>`
}

/** A difference with its sign; one that is too small to be shown still says on which side of 0 it lies. */
function difference(by: number, finding: Entry['finding'], edition: Edition): string {
  const value = finding.current.value ?? 0
  const zero = sizeOf(finding, 0, value)
  const size = sizeOf(finding, Math.abs(by), value)
  const signs = size === zero ? ['<\u00a0', '>\u00a0'] : ['−', '+']
  const sign = by === 0 ? '' : signs[by < 0 ? 0 : 1]
  const n = isolate(`${sign}${size}`, finding.language)
  return finding.kpi.unit === 'percent' ? fill(edition.table.points, { n }) : n
}

/** Where the benchmarks are published. */
function sources(shown: readonly Shown[]): Markup | null {
  const links = shown.flatMap(({ entry: { benchmark } }) =>
    benchmark?.url
      ? [markup`<a href="${benchmark.url}">${benchmark.source}, ${benchmark.year}</a>`]
      : [],
  )
  return links.length === 0
    ? null
    : markup`<p class="small sources">${links.map((link) => markup`${link} `)}</p>`
}
