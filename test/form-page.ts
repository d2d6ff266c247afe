/** A survey's page as somebody sees it, with what its form would send. */
export interface Page {
  readonly status: number
  readonly html: string
  /** Where the form is sent to. */
  readonly action: string
  readonly hidden: Readonly<Record<string, string>>
  /** The score that is chosen already. */
  readonly chosen: string | undefined
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')

/** What an answer of ours shows. */
export async function pageOf(answer: Response): Promise<Page> {
  const html = await answer.text()
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  return {
    status: answer.status,
    html,
    action: unescaped(/<form [^>]*action="([^"]+)"/.exec(html)?.[1] ?? ''),
    hidden: Object.fromEntries(
      fields.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]),
    ),
    chosen: /value="(\d+)" class="\w+" required[^>]* checked/.exec(html)?.[1],
  }
}
