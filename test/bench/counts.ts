import type { ExecutionContext } from 'hono'
import { addDays, dayFinder } from '../../src/day.ts'
import { type Account, counting } from '../store/counting.ts'
import worker from '../../workers/index.ts'
import bareWorker from './bare.ts'
import { type Host, adminKey } from '../program/host.ts'
import { kpiPath } from './reads.ts'
import { type Team, batch, event } from './team.ts'

/** What one request, or one run, costs in the units that D1 bills and waits in. */
export interface Count extends Readonly<Account> {
  readonly what: string
}

interface Step {
  readonly what: string
  readonly path: string
  readonly status: number
  readonly send?: { readonly type: string; readonly body: unknown }
}

/** The context of a Worker that leaves nothing for after its answer. */
export const context: ExecutionContext = { waitUntil() {}, passThroughOnException() {}, props: {} }

/** Asks both Workers' own code, on their own databases, while every call to D1 is counted. */
export async function countRequests(
  ours: Host,
  bare: Host,
  team: Team,
  now: number,
): Promise<Count[]> {
  const found = [
    await count(bare.db, insert, (db) =>
      bareWorker.fetch(requestOf(insert, team), { DB: db }, context),
    ),
  ]
  for (const step of steps(team, now)) {
    const ask = (db: D1Database) =>
      worker.fetch(requestOf(step, team), { DB: db, ADMIN_KEY: adminKey }, context)
    found.push(await count(ours.db, step, ask))
  }
  return found
}

/** What one request costs.
 *
 * @throws where the answer has another status, for then something else has been counted. */
export async function count(
  real: D1Database,
  { what, status }: Pick<Step, 'what' | 'status'>,
  ask: (db: D1Database) => Response | Promise<Response>,
): Promise<Count> {
  const { db, account } = counting(real)
  const response = await ask(db)
  if (response.status === status) return { what, ...account }
  throw new Error(`${what}: expected ${status}, got ${response.status}: ${await response.text()}`)
}

function requestOf({ path, send }: Step, team: Team): Request {
  const url = `https://bench.test${path}`
  const authorization = `Bearer ${team.secret}`
  if (send === undefined) return new Request(url, { headers: { authorization } })
  return new Request(url, {
    method: 'POST',
    headers: { authorization, 'Content-Type': send.type },
    body: JSON.stringify(send.body),
  })
}

const insert: Step = {
  what: 'bare Worker, one INSERT',
  path: '/answers',
  status: 201,
  ...json({ submission: 'one', score: 9, comment: '' }),
}

/** In this order: what a step finds is what those before it have left. */
function steps({ survey, badge, chart }: Team, now: number): Step[] {
  const answers = `/s/${survey}`
  const past = `${addDays(dayFinder('UTC')(now), -10)}T13:00:00Z`
  const answer = (submission: string) => json({ submission, score: 9 })
  const fact = (id: string, time: string, respondent?: string) => ({
    path: '/v1/facts',
    status: 200,
    send: { type: batch, body: [event(id, time, { survey, score: 9, respondent })] },
  })
  const running = new Date(now).toISOString()
  const thousand = Array.from({ length: 1_000 }, (_, index) =>
    event(`many-${index}`, running, { survey, score: index % 11 }),
  )
  return [
    { what: 'answer, survey not yet known here', path: answers, status: 201, ...answer('a') },
    { what: 'answer', path: answers, status: 201, ...answer('b') },
    { what: 'the same answer again', path: answers, status: 200, ...answer('b') },
    { what: 'POST /v1/facts, 1 anonymous answer', ...fact('anonymous', running) },
    { what: 'POST /v1/facts, 1 answer of somebody', ...fact('somebody', running, 'somebody') },
    { what: 'POST /v1/facts, first late one of a closed day', ...fact('late', past) },
    { what: 'POST /v1/facts, another of that day', ...fact('later', past) },
    {
      what: 'POST /v1/facts, 1,000 answers',
      path: '/v1/facts',
      status: 200,
      send: { type: batch, body: thousand },
    },
    { what: 'rollup: the running day, one closed day', ...rollup },
    { what: 'rollup: nothing new', ...rollup },
    { what: `GET ${kpiPath}`, path: kpiPath, status: 200 },
    { what: 'GET badge', path: badge, status: 200 },
    { what: 'GET chart', path: chart, status: 200 },
    { what: 'GET survey page', path: answers, status: 200 },
  ]
}

const rollup = { path: '/v1/rollups', status: 200, ...json({}) }

function json(body: unknown): { send: { type: string; body: unknown } } {
  return { send: { type: 'application/json', body } }
}
