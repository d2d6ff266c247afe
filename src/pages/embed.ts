import { caption, isShown, told } from '../caption.ts'
import type { Picture } from '../chart.ts'
import { type Dress, plain } from '../dress.ts'
import type { Day } from '../day.ts'
import type { EmbedWords } from '../embed-words.ts'
import { formatDate, formatDays, formatValue } from '../format.ts'
import type { Kpi } from '../kpi.ts'
import { fill } from '../language.ts'
import { type Markup, markup } from '../markup.ts'
import { page } from '../page.ts'
import type { Point } from '../series.ts'
import type { Snippets } from '../snippets.ts'

/** What the page of an embed shows. */
export interface EmbedView {
  readonly words: EmbedWords
  readonly kpi: Kpi
  readonly picture: Picture
  /** Path and query of the picture itself. */
  readonly src: string
  readonly width: number
  readonly height: number
  readonly snippets: Snippets
  /** Paths of the numbers. */
  readonly json: string
  readonly csv: string
  /** The versions of the KPI with the day since which each is counted, oldest first. */
  readonly versions: readonly { readonly version: number; readonly since: Day }[]
  /** Whether new answers are shown in steps only. */
  readonly inSteps: boolean
}

/** Tables have no lines but the one below their head; what does not fit is scrolled to. */
export const embedDress: Dress = {
  ...plain,
  // Anybody may show it in a frame, as Notion does.
  frames: ['*'],
  sheet: markup`
.numbers { overflow-x: auto; margin-block-start: 1rem; }
table { border-collapse: collapse; inline-size: 100%; font-size: .9375rem; }
th, td { padding: .375rem .75rem .375rem 0; text-align: end; vertical-align: top; white-space: nowrap; }
th { border-block-end: 1px solid var(--line); color: var(--muted); font-weight: inherit; }
:is(th, td):first-child { text-align: start; }
:is(th, td):last-child { padding-inline-end: 0; text-align: start; }
.facts { padding-inline-start: 1.25rem; }
.facts li { padding-block: .125rem; }
h3 { margin: 1.5rem 0 0; font-size: .9375rem; font-weight: 400; color: var(--muted); }
h3 + pre { margin-block-start: .5rem; }
`,
}

/** The page behind a picture: what the number means, how good it is, and how to show it elsewhere. */
export function embedPage(view: EmbedView): Markup {
  const { words, kpi, picture, src, width, height } = view
  const { language, label } = picture
  const alt = fill(words.live, { name: label })
  return page({
    language,
    title: label,
    wide: true,
    dress: embedDress,
    body: markup`<h1>${label}</h1>
<figure><img src="${src}" alt="${alt}" width="${width}" height="${height}"></figure>
<p>${caption(picture)}</p>
<h2>${words.definition}</h2>
<p lang="en">${kpi.definition}</p>
<p class="small">${words.source}: <span lang="en">${kpi.source}</span></p>
<ul class="facts small">${versions(view)}</ul>
<h2>${words.quality}</h2>
<ul class="facts">${quality(view).map((fact) => markup`<li>${fact}</li>`)}</ul>
<h2 id="numbers">${words.numbers}</h2>
${table(view)}
<h2>${words.use}</h2>
${uses(view)}`,
  })
}

function versions({ words, kpi, versions: known, picture }: EmbedView): Markup[] {
  const told = known.map(({ version, since }) => {
    const day = formatDate(since, 'full', picture.language)
    return markup`<li>${fill(words.since, { version, day })}</li>`
  })
  return told.length > 0
    ? told
    : [markup`<li>${fill(words.version, { version: kpi.version })}</li>`]
}

function quality({ words, picture, inSteps }: EmbedView): string[] {
  const { minimum, points, language } = picture
  const n = formatValue(minimum, 'count', language)
  const revised = points.filter((point) => point.revised).length
  return [
    ...(minimum > 1 ? [fill(words.minimum, { n })] : []),
    ...(inSteps ? [fill(words.steps, { n })] : []),
    revised === 0 ? words.unrevised : fill(words.revised, { n: revised }),
    ...(points.at(-1)?.complete === false ? [words.running] : []),
  ]
}

/** The newest first; a table of twenty years of days would be no table to read. */
const mostRows = 100

function table({ words, picture }: EmbedView): Markup {
  const heads = [words.period, words.value, words.interval, words.n, words.note]
  const rows = picture.points.slice(-mostRows).toReversed()
  return markup`<div class="numbers" tabindex="0" role="region" aria-labelledby="numbers"><table>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((point) => row(point, words, picture))}</tbody>
</table></div>`
}

function row(point: Point, words: EmbedWords, picture: Picture): Markup {
  const { minimum, language } = picture
  const shown = isShown(point, minimum)
  const { low, high } = point
  const cells = [
    shown ? told(point.value, picture) : '–',
    shown && low !== null && high !== null ? `${told(low, picture)} … ${told(high, picture)}` : '',
    shown ? formatValue(point.n, 'count', language) : '',
    [
      ...(point.complete ? [] : [words.isRunning]),
      ...(point.revised ? [words.isRevised] : []),
    ].join(', '),
  ]
  return markup`<tr><td>${formatDays(point.from, point.to, language)}</td>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`
}

function uses({ words, snippets, json, csv }: EmbedView): Markup {
  const names = ['website', 'readme', 'notion', 'mail', 'sheets', 'shields'] as const
  const given = names.map(
    (name) => markup`<h3>${words[name]}</h3>
<pre><code>${snippets[name]}</code></pre>
`,
  )
  return markup`${given}<p class="actions">${words.data}: <a href="${json}">JSON</a> <a href="${csv}">CSV</a></p>`
}
