import { pageOf } from '../form-page.ts'
import type { Mail } from './mail.ts'
import { lookAhead, open, openAll, press, wait } from './scanner.ts'

/** What became of a person: which score is theirs at last, and how often they were asked once more. */
export interface Told {
  readonly score: number
  readonly pages: number
  readonly asked: number
}

type Scan = (url: string, at: number) => Promise<number>

const every: Scan = (url) => openAll(url)
const heads: Scan = (url) => openAll(url, { method: 'HEAD' })
const nothing: Scan = () => Promise.resolve(0)

/** What a scanner in front of a person did an hour before. */
const hourBefore: readonly Scan[] = [nothing, every, heads, lookAhead, nothing]

/** What a scanner does as the person opens their mail. */
const atOnce: readonly Scan[] = [nothing, nothing, heads, lookAhead, every]

/** Lets the scanner come that came an hour before. */
export const scanBefore = ({ url }: Mail, at: number): Promise<number> =>
  (hourBefore[at % hourBefore.length] ?? nothing)(url, at)

/** Whoever is in front of this screen says so, once more where they are asked. */
async function say(
  { url }: Mail,
  score: number,
  more: Readonly<Record<string, string>>,
): Promise<boolean> {
  const answer = await press(await open(url, score), url, more)
  if (answer.status === 303) return false
  if (answer.status !== 202) throw new Error(`Expected 303 or 202: got ${answer.status}`)
  const again = await pageOf(answer)
  await wait(1_200)
  const confirmed = await press(again, url, more)
  if (confirmed.status !== 303) throw new Error(`Expected 303: got ${confirmed.status}`)
  return true
}

/**
 * Opens one link of the mail and confirms it. One in three waits a little, one in three writes, one in
 * four changes the answer, and one in seven has no scripts, which tell of gestures.
 */
export async function answer(mail: Mail, at: number): Promise<Told> {
  const opened = await (atOnce[at % atOnce.length] ?? nothing)(mail.url, at)
  const signal = at % 7 === 0 ? '' : 'pointer'
  const score = at % 11
  if (at % 3 === 0) await wait(300)
  const comment = at % 3 === 1 ? { comment: `Because of ${at}` } : {}
  const first = await say(mail, score, { signal, ...comment })
  if (at % 4 !== 0) return { score, pages: opened + 1, asked: first ? 1 : 0 }
  const other = (score + 3) % 11
  const second = await say(mail, other, { signal })
  return { score: other, pages: opened + 2, asked: (first ? 1 : 0) + (second ? 1 : 0) }
}
