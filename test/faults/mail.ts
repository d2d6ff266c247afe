import type { Host, Team } from '../program/host.ts'

/** A mail that has been sent: whose it is, and where its links lead. */
export interface Mail {
  readonly recipient: string
  readonly url: string
}

/** A survey with those who have been invited to it. */
export interface Mailing {
  readonly survey: string
  readonly mails: readonly Mail[]
}

/** The most recipients of one request. */
const most = 100

/**
 * Makes a survey and invites so many to it, a minute ago. Their links lead past the front that gives every
 * visitor one address: too many answers from one are told to wait.
 */
export async function send(
  { direct, db }: Host,
  { secret }: Team,
  asked: { readonly count: number; readonly mode: 'confirm' | 'assisted'; readonly ago?: number },
): Promise<Mailing> {
  const { count, mode, ago = 60_000 } = asked
  const post = async <Body>(path: string, body: unknown): Promise<Body> => {
    const answer = await fetch(direct + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  const { id } = await post<{ id: string }>('/v1/surveys', { kind: 'nps', name: 'Mailing', mode })
  const mails: Mail[] = []
  for (let from = 0; from < count; from += most) {
    const size = Math.min(most, count - from)
    const recipients = Array.from({ length: size }, (_, at) => ({ id: `r${from + at}` }))
    const { items } = await post<{ items: { url: string }[] }>(`/v1/surveys/${id}/invitations`, {
      recipients,
    })
    mails.push(...items.map(({ url }, at) => ({ recipient: `r${from + at}`, url })))
  }
  await db
    .prepare('UPDATE invitation SET created = created - ?2 WHERE survey = ?1')
    .bind(id, ago)
    .run()
  return { survey: id, mails }
}

/** Lets an hour pass since links were opened. */
export async function passAnHour({ db }: Host, { survey }: Mailing): Promise<void> {
  await db
    .prepare('UPDATE invitation SET touching = touching - 3600000 WHERE survey = ?1')
    .bind(survey)
    .run()
}

/** Does something for each, so many at a time. */
export async function each<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next[1], next[0])
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
}
