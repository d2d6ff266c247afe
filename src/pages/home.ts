import type { Day } from '../day.ts'
import { height, width } from '../frame.ts'
import { markup } from '../markup.ts'
import type { Content, Markup } from '../markup.ts'
import { page } from '../page.ts'

/** The sample data's embeds, surveys and numbers. URLs are paths of this deployment. */
export interface Demo {
  readonly surveyUrl: string
  readonly csatUrl: string
  readonly badgeUrl: string
  readonly chartUrl: string
  /** The page that says what the chart means. */
  readonly chartPage: string
  /** What a board would get. */
  readonly reportUrl: string
  readonly request: {
    readonly url: string
    /** The workspace that the deployment's own key is used in. */
    readonly workspace: string
  }
  /** Whose the answers are, where they come from and under which licence. */
  readonly attribution: string
  /** The days the sample answers are shown on. */
  readonly sampleDays: { readonly from: Day; readonly to: Day }
}

/** What the first page shows. */
interface HomeView {
  /** Scheme and host, for the examples that are copied elsewhere. */
  readonly origin: string
  /** `null` on a deployment without sample data. */
  readonly demo: Demo | null
}

/** The first page: what this is, alive where there is sample data. */
export function homePage({ origin, demo }: HomeView): Markup {
  return page({
    language: { id: 'en', direction: 'ltr' },
    title: 'Tidemark: customer numbers you can defend',
    wide: true,
    listed: true,
    body: markup`<h1>What customers say, in numbers you can defend</h1>
<p>Tidemark asks your customers one short question, listens to your CRM, and works out your KPIs
every day. Each number comes with its sample size, its margin of error and its definition.</p>
${demo === null ? start(origin) : live(origin, demo)}
<h2>Everything else</h2>
<p class="actions"><a href="/docs">Every request, its fields and its answers</a></p>`,
  })
}

function live(origin: string, demo: Demo): Markup {
  const { from, to } = demo.sampleDays
  const snippet = `<a href="${origin}${demo.surveyUrl}">
  <img src="${origin}${demo.badgeUrl}" alt="Net Promoter Score">
</a>`

  return markup`<figure>
<img src="${demo.badgeUrl}" alt="Badge with the current Net Promoter Score" height="20">
<img src="${demo.chartUrl}" alt="Chart of the Net Promoter Score over time" width="${width}" height="${height}">
</figure>
<p class="small">These answers are real: ${demo.attribution}. Their dates are moved, so that they
run from ${from} to ${to}, which was yesterday when this sample was made.</p>
<p class="actions"><a href="${demo.chartPage}">What the number means</a>
<a href="${demo.reportUrl}">The report a board would get, with sample deals</a></p>
<h2>Answer it</h2>
<p>One page, no script, no account. It takes ten seconds, and your answer becomes part of the
number above.</p>
<p class="actions"><a class="button" href="${demo.surveyUrl}">Open the survey</a>
<a href="${demo.csatUrl}">or the one about satisfaction</a></p>
${example('Show it', 'One URL puts the number on a website, in a README or in an e-mail.', snippet)}
${example(
  'Fetch it',
  'One request gets the value, its interval and the counts it was made of.',
  `curl -H "Authorization: Bearer $ADMIN_KEY" \\
  -H "Tidemark-Workspace: ${demo.request.workspace}" \\
  "${origin}${demo.request.url}"`,
)}`
}

function start(origin: string): Markup {
  return example(
    'Begin with a workspace',
    markup`A workspace is a team or brand, with its time zone, its currency and its keys. The
answer holds your first API key. Your <code>ADMIN_KEY</code> is a secret of this deployment; on
your own machine it stands in <code>.dev.vars</code>.`,
    `curl ${origin}/v1/workspaces \\
  -H "Authorization: Bearer $ADMIN_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"name": "Acme", "timeZone": "Europe/Warsaw", "currency": "EUR"}'`,
  )
}

function example(title: string, text: Content, code: string): Markup {
  return markup`<h2>${title}</h2>
<p>${text}</p>
<pre><code>${code}</code></pre>`
}
