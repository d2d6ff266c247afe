import { type Page, pageOf } from '../form-page.ts'

/** The links of a mail: eleven scores, and the one that nobody sees. */
const links = [...Array.from({ length: 11 }, (_, score) => String(score)), 'trap']

const linkOf = (url: string, score: string): string => `${url}?score=${score}`

/** Opens every link of a mail at once. */
export async function openAll(url: string, init: RequestInit = {}): Promise<number> {
  const answers = await Promise.all(links.map((score) => fetch(linkOf(url, score), init)))
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  return answers.length
}

/** What a browser says that only looks ahead. */
const looks: readonly Record<string, string>[] = [
  { 'Sec-Purpose': 'prefetch' },
  { 'Sec-Purpose': 'prefetch;prerender' },
  { Purpose: 'prefetch' },
  { 'X-Moz': 'prefetch' },
]

/** Looks ahead at every link, in one of the ways of browsers. */
export const lookAhead = (url: string, at: number): Promise<number> =>
  openAll(url, { headers: looks[at % looks.length] ?? {} })

/** Opens the link of a score. */
export const open = async (url: string, score: number): Promise<Page> =>
  pageOf(await fetch(linkOf(url, String(score))))

/** Presses the button of a page, with what was filled in besides. */
export function press(
  page: Page,
  url: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(new URL(page.action, url), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...page.hidden, score: page.chosen ?? '', ...more }),
  })
}

export const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
