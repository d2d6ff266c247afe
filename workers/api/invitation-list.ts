import * as v from 'valibot'
import { csvLine } from '../../src/csv.ts'
import { invitationStates } from '../../src/invitation.ts'
import { invalid } from '../../src/problem.ts'
import {
  type InvitationCursor,
  type ListedInvitation,
  listInvitations,
} from '../../src/store/invitations.ts'
import { invitationUrl } from '../links.ts'
import { readQuery } from '../query.ts'
import { tagged, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

const states = [...invitationStates, 'all'] as const

/** The parameters of the list of invitations. */
export const invitationsQuery = {
  ...listQuery,
  state: v.optional(v.picklist(states, `Expected one of ${states.join(', ')}`), 'all'),
}

const cursorText = ({ created, id }: InvitationCursor) => `${created.toString(36)}.${id}`

/** @throws Problem 422 where the cursor is not one of ours. */
function parseCursor(text: string): InvitationCursor | null {
  if (text === '') return null
  const [, created, id] = /^([0-9a-z]{1,9})\.([\w-]{22})$/.exec(text) ?? []
  if (created === undefined || id === undefined) {
    throw invalid('cursor', 'The cursor is not one of ours')
  }
  return { created: Number.parseInt(created, 36), id }
}

const timeText = (time: number) => new Date(time).toISOString()

async function show(
  { id, recipient, state, created, expires, touched, answered }: ListedInvitation,
  env: Env,
  origin: string,
) {
  return {
    recipient,
    url: await invitationUrl(env, origin, { id, expires }),
    state,
    created: timeText(created),
    expires: timeText(expires),
    touched,
    answered: answered === null ? null : timeText(answered),
  }
}

type Row = Awaited<ReturnType<typeof show>>

function csvOf(rows: readonly Row[]): string {
  const names = ['recipient', 'url', 'state', 'created', 'expires', 'touched', 'answered'] as const
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map(csvLine).join('')
}

/** A page of a survey's invitations, as JSON or as CSV. */
export async function showInvitations(
  request: Request,
  env: Env,
  place: { readonly workspace: string; readonly survey: string },
  format: 'json' | 'csv',
): Promise<Response> {
  const { limit, cursor, state } = readQuery(request, invitationsQuery)
  const { origin } = new URL(request.url)
  const rows = await listInvitations(env.DB, place, {
    state: state === 'all' ? null : state,
    now: Date.now(),
    cursor: parseCursor(cursor),
    limit: limit + 1,
  })
  const page = listPage(request, rows, limit, cursorText, (row) => show(row, env, origin))
  const items = await Promise.all(page.body.items)
  const headers = { ...page.headers, Vary: 'Accept' }
  if (format === 'json') return taggedJson(request, { items, next: page.body.next }, headers)
  return tagged(request, csvOf(items), {
    'Content-Type': 'text/csv; charset=utf-8',
    'Cache-Control': 'private, no-store',
    ...headers,
  })
}
