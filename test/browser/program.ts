import { inject } from 'vitest'
import { seed } from '../../demo/seed.ts'
import { demo } from '../../src/demo.ts'
import { adminKey, migrations, rollUp, start } from '../program/host.ts'

/** The Worker with the sample workspace. */
export interface Program {
  readonly origin: string
  /** A request with the deployment's own key, in the sample workspace. */
  readonly call: (path: string, init?: RequestInit) => Promise<Response>
  /** What the cron trigger does. */
  readonly rollUp: () => Promise<void>
  /** Makes every invitation older, by so many milliseconds. */
  readonly age: (milliseconds: number) => Promise<void>
  readonly dispose: () => Promise<void>
}

/** Starts the Worker on a new database and fills it as `npm start` does. */
export async function startProgram(): Promise<Program> {
  const host = await start({ bundle: inject('bundle'), tables: migrations() })
  await seed(host.db, Date.now())
  return {
    origin: host.origin,
    call: (path, init = {}) => fetch(host.origin + path, { ...init, headers: headersOf(init) }),
    rollUp: () => rollUp(host),
    age: async (milliseconds) => {
      const older = host.db.prepare('UPDATE invitation SET created = created - ?1')
      await older.bind(milliseconds).run()
    },
    dispose: host.dispose,
  }
}

function headersOf({ headers }: RequestInit): Headers {
  const all = new Headers(headers)
  all.set('Authorization', `Bearer ${adminKey}`)
  all.set('Tidemark-Workspace', demo.workspace)
  return all
}

/** A new survey of the sample workspace; resolves to its path. */
export async function newSurvey(
  { call }: Program,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await call('/v1/surveys', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'nps', name: 'Browser', ...more }),
  })
  if (answer.status !== 201) throw new Error(`Cannot create a survey: ${await answer.text()}`)
  const { id } = await answer.json<{ id: string }>()
  return `/s/${id}`
}

/** Invites somebody new to a survey; resolves to their link. */
export async function newInvitation(
  { call }: Program,
  path: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await call(`/v1${path.replace('/s/', '/surveys/')}/invitations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ recipients: [{ id: crypto.randomUUID() }], ...more }),
  })
  const { items } = await answer.json<{ items: { url?: string }[] }>()
  const url = items[0]?.url
  if (url === undefined) throw new Error(`Cannot invite: ${JSON.stringify(items)}`)
  return url
}
