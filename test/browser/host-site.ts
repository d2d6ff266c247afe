import { createHash } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { embedText } from '../../src/embed-script.ts'
import { en } from '../../src/languages/en.ts'
import { pageScript } from '../../src/page-script.ts'
import { test as stage } from './stage.ts'

/** What was posted to a survey, in order. */
export interface Survey {
  readonly origin: string
  readonly answers: URLSearchParams[]
}

const html = { 'Content-Type': 'text/html; charset=utf-8' }
const hash = createHash('sha256').update(pageScript).digest('base64')

/** The least that a page of a survey is, under the policy that such a page has. */
function survey(url: URL): string {
  const [, , id = '', more] = url.pathname.split('/')
  const score = url.searchParams.get('score')
  const mode = id === 'assisted' ? 'assisted' : 'confirm'
  const scores = Array.from({ length: 11 }, (_, at) => at)
  const body =
    id === 'closed' || more !== undefined
      ? '<h1>Nothing is asked</h1>'
      : `<form id="answer" method="post" action="/s/${id}" data-survey="${id}" data-mode="${mode}" data-token=""${score === null ? '' : ' data-preselected'}>
<input type="hidden" name="signal" value="">
<fieldset role="radiogroup">
${scores.map((at) => `<label><input type="radio" name="score" value="${at}"${score === String(at) ? ' checked' : ''}>${at}</label>`).join('\n')}
</fieldset>
<fieldset><label><input type="checkbox" name="driver.price" value="1">Price</label></fieldset>
<textarea name="comment"></textarea>
<button>Send</button>
</form>`
  return `<!doctype html><html lang="en"><title>Survey</title><body><main style="padding:50px"><p>A page</p>${body}</main><script>${pageScript}</script></body></html>`
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Serves on a port of its own until the test file ends. */
async function serve(
  name: string,
  answer: (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
) {
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '', 'http://any'), request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `http://${name}:${(server.address() as AddressInfo).port}`, close }
}

// Vitest reads from the pattern what a fixture needs: an empty one is how it says "nothing".
/* oxlint-disable no-empty-pattern */

/**
 * A survey and somebody else's strict page that shows it. What stands in the query of the page is put
 * into the tag that embeds the survey; `/bare` has a frame in its place.
 */
export const test = stage
  .extend('survey', { scope: 'file' }, async ({}, { onCleanup }): Promise<Survey> => {
    const answers: URLSearchParams[] = []
    const { origin, close } = await serve('127.0.0.1', async (url, request, response) => {
      if (url.pathname.endsWith('/embed.js')) {
        response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(embedText(en))
      } else if (request.method === 'POST') {
        answers.push(new URLSearchParams(await text(request)))
        response.writeHead(303, { Location: `${url.pathname}/thanks` }).end()
      } else {
        const ancestors = url.pathname.startsWith('/s/refused') ? "'none'" : '*'
        const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors ${ancestors}; require-trusted-types-for 'script'`
        response.writeHead(200, { ...html, 'Content-Security-Policy': policy }).end(survey(url))
      }
    })
    onCleanup(close)
    return { origin, answers }
  })
  .extend('site', { scope: 'file' }, async ({ survey }, { onCleanup }): Promise<string> => {
    const policy = `default-src 'none'; script-src ${survey.origin}; frame-src ${survey.origin}; style-src 'self'; require-trusted-types-for 'script'`
    const { origin, close } = await serve('localhost', async (url, _, response) => {
      const { id = 'one', dir = 'ltr', ...attributes } = Object.fromEntries(url.searchParams)
      const data = Object.entries(attributes).map(([name, value]) => ` data-${name}="${value}"`)
      const tag =
        url.pathname === '/bare'
          ? `<iframe src="${survey.origin}/s/${id}?embed=1" title="Survey"></iframe>`
          : `<script async src="${survey.origin}/s/${id}/embed.js"${data.join('')}></script>`
      response
        .writeHead(200, { ...html, 'Content-Security-Policy': policy })
        .end(
          `<!doctype html><html lang="en" dir="${dir}"><title>Site</title><body><p>Text</p><input id="field"><div id="place"></div>${tag}${'<br>'.repeat(200)}</body></html>`,
        )
    })
    onCleanup(close)
    return origin
  })

/** What went wrong on a page: broken policies, errors, and what it complained of. */
export async function watched(page: Page): Promise<string[]> {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(error.message))
  await page.exposeFunction('report', (text: string) => found.push(text))
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    report(event.violatedDirective + ' ' + event.blockedURI))`)
  return found
}
