import type { Markup } from '../src/markup.ts'
import { render } from '../src/markup.ts'
import { css } from '../src/page.ts'

/** The style element's own hash is the only thing a page may run or load besides images of ours. */
async function contentPolicy(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(css))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

let policy: Promise<string> | undefined

/**
 * An HTML page. It is made for one reader, so only that reader's browser may keep it: going back must
 * show the same page with the same submission, or one person would count twice.
 */
export async function html(page: Markup, status = 200): Promise<Response> {
  policy ??= contentPolicy()
  return new Response(render(page), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'private, no-cache',
      'Content-Security-Policy': await policy,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      ...(status === 503 && { 'Retry-After': '5' }),
    },
  })
}
