import { type Dress, accentSheet, challengeOrigin, plain } from '../src/dress.ts'
import { base64, utf8 } from '../src/bytes.ts'
import { type Markup, render } from '../src/markup.ts'
import { css } from '../src/page.ts'
import { classes } from './headers.ts'

/** What else an HTML answer may say. */
interface Answer {
  readonly status?: number
  readonly dress?: Dress
  readonly headers?: Readonly<Record<string, string>>
}

/** Hashes of what stands inside `style` and `script` elements: there are few of each. */
const hashes = new Map<string, string>()
const hashesLimit = 500

async function hashOf(text: string): Promise<string> {
  const known = hashes.get(text)
  if (known !== undefined) return known
  const digest = await crypto.subtle.digest('SHA-256', utf8(text))
  const hash = `'sha256-${base64(new Uint8Array(digest))}'`
  if (hashes.size >= hashesLimit) hashes.clear()
  hashes.set(text, hash)
  return hash
}

/** A page runs and looks like what its own hashes admit, and loads nothing but images of ours. */
async function policyOf(dress: Dress): Promise<string> {
  const accent = accentSheet(dress)
  const more = [dress.sheet, accent].filter((sheet) => sheet !== null)
  const styles = [css, ...more.map(render)]
  const scripts = dress.script === null ? [] : [render(dress.script)]
  const admitted = async (texts: readonly string[]) =>
    (await Promise.all(texts.map(hashOf))).join(' ')
  const { challenge } = dress
  const running = [await admitted(scripts), challenge === null ? '' : challengeOrigin]
    .join(' ')
    .trim()
  return [
    "default-src 'none'",
    `style-src ${await admitted(styles)}`,
    ...(running === '' ? [] : [`script-src ${running}`]),
    ...(challenge === null ? [] : [`frame-src ${challengeOrigin}`]),
    dress.pictures ? "img-src 'self' data:" : "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${dress.frames.length > 0 ? dress.frames.join(' ') : "'none'"}`,
  ].join('; ')
}

/** An HTML page. */
export async function html(
  page: Markup,
  { status = 200, dress = plain, headers = {} }: Answer = {},
): Promise<Response> {
  return new Response(render(page), {
    status,
    headers: {
      ...classes.page,
      'Content-Security-Policy': await policyOf(dress),
      ...(status === 503 && { 'Retry-After': '5' }),
      ...headers,
    },
  })
}
