import { base64url, parseBase64url, parseUtf8, utf8 } from '../src/bytes.ts'
import { open, sign } from './tokens.ts'

/** What a page says of itself when its form is sent. */
export interface Stamp {
  /** What the answer of this page is called: whoever sends it along has been given the page. */
  readonly submission: string
  /** When it was made, in milliseconds since 1970 UTC. */
  readonly made: number
  /** Whether it asks to confirm what was doubted. */
  readonly again: boolean
  /** Whether the answer of that name is theirs, or only called as they have called it. */
  readonly own: boolean
}

const kindOf = ({ again, own }: Stamp) => (again ? (own ? 'again' : 'called') : 'first')

/** Signs what a page of a survey says of itself. */
export async function stamp(env: Env, survey: string, stamped: Stamp): Promise<string> {
  const named = base64url(utf8(stamped.submission))
  return sign(env, 'page', [survey, stamped.made.toString(36), kindOf(stamped), named])
}

/** What a stamp says, or `null` where it is none of this survey's. */
export async function stampOf(env: Env, survey: string, token: unknown): Promise<Stamp | null> {
  const parts = typeof token === 'string' ? await open(env, 'page', token) : null
  const [named, made = '', kind, encoded = ''] = parts ?? []
  const bytes = parseBase64url(encoded)
  const submission = bytes === null ? null : parseUtf8(bytes)
  if (named !== survey || submission === null) return null
  const again = kind !== 'first'
  return { submission, made: Number.parseInt(made, 36), again, own: kind !== 'called' }
}
