import { env } from 'cloudflare:workers'
import { type Page, pageOf } from '../form-page.ts'
import { type Client, call } from './client.ts'

export { type Page, pageOf }

/** Opens a page. */
export const visit = async (path: string, init: RequestInit = {}): Promise<Page> =>
  pageOf(await call(path, init))

/** Sends a form as a browser does. */
export function sendForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  })
}

/** Sends an answer as a program does. */
export function sendJson(path: string, body: object): Promise<Response> {
  return call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Sends a page's form with what a person adds. */
export const send = (page: Page, fields: Readonly<Record<string, string>>): Promise<Response> =>
  sendForm(page.action, { ...page.hidden, ...fields })

/** Where an answer leads on to. */
export const leads = (answer: Response): string => answer.headers.get('location') ?? ''

/** Invites somebody, and lets so much time go by as nobody needs to read a mail. */
export async function invite(
  client: Client,
  survey: string,
  recipient: string,
  more: object = {},
): Promise<string> {
  const answer = await client.post(`/v1/surveys/${survey}/invitations`, {
    recipients: [{ id: recipient, ...more }],
  })
  const { items } = await answer.json<{ items: { url?: string }[] }>()
  const { pathname } = new URL(items[0]?.url ?? '')
  await age(client, 60_000)
  return pathname
}

/** Makes a workspace's invitations older. */
export async function age({ workspace }: Client, milliseconds: number): Promise<void> {
  await env.DB.prepare('UPDATE invitation SET created = created - ?2 WHERE workspace = ?1')
    .bind(workspace, milliseconds)
    .run()
}

/** An answer as the team sees it. */
export interface Answer {
  readonly id: string
  readonly score: number
  readonly comment: string | null
  readonly respondent: string | null
}

/** The answers of a survey that count. */
export async function answersOf(client: Client, survey: string): Promise<Answer[]> {
  const answer = await client.get(`/v1/surveys/${survey}/responses`)
  return (await answer.json<{ items: Answer[] }>()).items
}
