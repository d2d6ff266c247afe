import type { Picture } from '../src/chart.ts'
import { csvOf, dataOf } from '../src/embed-data.ts'
import { type Choice, type Ending, withoutDefaults } from '../src/embed-address.ts'
import { isHeld } from '../src/disclosure.ts'
import { embedWordsOf } from '../src/embed-words.ts'
import { dayFinder } from '../src/day.ts'
import { fill } from '../src/language.ts'
import { languages } from '../src/languages/index.ts'
import { render } from '../src/markup.ts'
import { embedDress, embedPage } from '../src/pages/embed.ts'
import { drawPng, pngLanguage } from '../src/png.ts'
import { shieldsOf } from '../src/shields.ts'
import { snippetsOf } from '../src/snippets.ts'
import { deflate } from './deflate.ts'
import { classes } from './headers.ts'
import { html } from './page.ts'
import { type Subject, pictureFor } from './shown.ts'

/** What is asked for, and where from. */
export interface Asked {
  readonly subject: Subject
  readonly choice: Choice
  /** Scheme and host, for what is copied elsewhere. */
  readonly origin: string
}

/** One way of writing an embed. */
interface File {
  readonly answer: (asked: Asked, headers: Record<string, string>) => Promise<Response>
}

const json = 'application/json; charset=utf-8'

/** An answer that any page may show. */
function shown(type: string, body: BodyInit, headers: Record<string, string>): Response {
  return new Response(body, { headers: { 'Content-Type': type, ...classes.embed, ...headers } })
}

function written(type: string, write: (picture: Picture, subject: Subject) => string): File {
  return {
    answer: async ({ subject, choice }, headers) =>
      shown(type, write(pictureFor(subject, choice), subject), headers),
  }
}

export const svgType = 'image/svg+xml; charset=utf-8'

/** Pixels to one of CSS: for dense screens, and because mail programs scale. */
export const density = 2

const png: File = {
  async answer({ subject, choice }, headers) {
    const picture = pictureFor(subject, choice, (wanted) => pngLanguage(wanted, languages[0]))
    const bytes = await drawPng(render(subject.chart.draw(picture)), density, deflate)
    return shown('image/png', bytes, headers)
  },
}

const page: File = {
  async answer(asked, headers) {
    return html(embedPage(viewOf(asked)), {
      dress: embedDress,
      headers: { ...classes.open, ...headers },
    })
  },
}

/** By ending. */
export const files: Readonly<Record<Ending, File>> = {
  svg: written(svgType, (picture, { chart }) => render(chart.draw(picture))),
  png,
  'shields.json': written(json, (picture) => JSON.stringify(shieldsOf(picture))),
  json: written(json, (picture, { kpi, chart }) =>
    JSON.stringify(dataOf(kpi, chart.kind, picture)),
  ),
  csv: written('text/csv; charset=utf-8', csvOf),
  html: page,
}

function viewOf({ subject, choice, origin }: Asked): Parameters<typeof embedPage>[0] {
  const { found, kpi, chart, defaults } = subject
  const { embed, workspace, births } = found
  const picture = pictureFor(subject, choice)
  const words = embedWordsOf(picture.language.id)
  const [, width = 0, height = 0] =
    /width="(\d+)" height="(\d+)"/.exec(render(chart.draw(picture)))?.map(Number) ?? []
  const path = `/e/${embed.id}`
  const query = (more: Choice) => withoutDefaults({ ...choice, ...more }, defaults)
  const dayOf = dayFinder(workspace.zone)
  return {
    words,
    kpi,
    picture,
    width,
    height,
    src: `${path}.svg${query({})}`,
    snippets: snippetsOf({
      address: origin + path,
      light: query({ theme: 'light' }),
      dark: query({ theme: 'dark' }),
      width,
      height,
      alt: fill(words.live, { name: picture.label }),
      opaque: chart.kind === 'badge',
    }),
    json: `${path}.json`,
    csv: `${path}.csv`,
    // Those that were there before anybody noted it were born at 0.
    versions: births
      .filter(([, born]) => born > 0)
      .map(([version, born]) => ({ version, since: dayOf(born) })),
    inSteps: isHeld(kpi, embed.minimum),
  }
}
