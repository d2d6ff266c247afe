import { check, reachOfRule } from '../src/alert-check.ts'
import type { Message } from '../src/alert-message.ts'
import type { NumberRule } from '../src/alert.ts'
import { nextAttempt } from '../src/backoff.ts'
import { kpis } from '../src/kpis/index.ts'
import { en } from '../src/languages/en.ts'
import { noHistory } from '../src/series.ts'
import { sha256 } from '../src/sign.ts'
import { type Alert, type DueAlert, readDueAlerts } from '../src/store/alerts.ts'
import { askedOf } from '../src/store/history.ts'
import {
  type Attempt,
  type Looked,
  type Outgoing,
  claimOutgoing,
  settleOutgoing,
  writeFound,
} from '../src/store/outbox.ts'
import { rootCause } from '../src/store/failure.ts'
import { readSnapshots } from '../src/store/snapshots.ts'
import { type Sent, sendMessage, unsent } from './alert-send.ts'
import { openTarget } from './alert-target.ts'

/** Alerts that one run checks, and queries it may take for their numbers. */
const atOnce = { alerts: 20, reads: 2 }

/** Messages that one run sends: the platform keeps six connections open at once. */
const messagesAtOnce = 12

/**
 * Finds what alerts are to tell, and tells it: at most 12 queries. What is found is written once, whoever
 * runs at the same time; what is written is sent at least once, always by the same id, whether or not
 * looking went well.
 */
export async function tellAlerts(env: Env, now: number): Promise<void> {
  try {
    await writeFound(env.DB, await look(env.DB), now)
  } finally {
    await send(env, now)
  }
}

/**
 * Checks the alerts that have waited longest; those of one segment share a query, and its trouble is not
 * the others'. What a KPI that is no more would have told is nothing.
 */
async function look(db: D1Database): Promise<Looked[]> {
  const due = await readDueAlerts(db, atOnce.alerts)
  const [gone = [], known = []] = [false, true].map((is) =>
    due.filter(({ rule }) => kpis.some(({ id }) => id === rule.kpi) === is),
  )
  if (gone.length > 0) warn('alerts without a KPI', gone.map(({ id }) => id).join(', '))
  const groups = Map.groupBy(known, ({ workspace, rule }) => `${workspace} ${rule.segment}`)
  const looked = [...groups.values()].slice(0, atOnce.reads).map(async (group) => {
    try {
      return await lookAt(db, group)
    } catch (error) {
      warn('alerts not checked', rootCause(error))
      return []
    }
  })
  const nothing = gone.map(({ id, workspace, closed }) => {
    return { alert: id, workspace, day: closed, found: null }
  })
  return [...nothing, ...(await Promise.all(looked)).flat()]
}

function warn(event: string, reason: string): void {
  console.error(JSON.stringify({ event, reason }))
}

function kpiOf({ kpi: id }: NumberRule) {
  const kpi = kpis.find((candidate) => candidate.id === id)
  if (kpi === undefined) throw new Error(`No KPI has the id of a kept alert: ${id}`)
  return kpi
}

async function lookAt(db: D1Database, alerts: readonly DueAlert[]): Promise<Looked[]> {
  const [first] = alerts
  if (first === undefined) return []
  const reaches = alerts.map(({ rule }) => reachOfRule(rule, kpiOf(rule), first.closed).from)
  const from = reaches.reduce((one, other) => (other < one ? other : one))
  const found = await readSnapshots(
    db,
    { workspace: first.workspace },
    {
      asked: askedOf([...new Set(alerts.map(({ rule }) => kpiOf(rule)))]),
      cut: { segment: first.rule.segment },
      window: { from, to: first.closed },
    },
  )
  if (found === null) return []
  return alerts.map(({ id, workspace, rule, closed: day }) => {
    const history = found.segments.find(({ kpi }) => kpi === rule.kpi) ?? noHistory(from)
    const place = { closed: day, currency: found.holder.workspace.currency }
    const told = check(rule, { kpi: kpiOf(rule), history, place })
    return { alert: id, workspace, day, found: told }
  })
}

/** Sends what is due, all at once: one receiver that is slow keeps nobody else waiting. */
async function send(env: Env, now: number): Promise<void> {
  const outgoing = await claimOutgoing(env.DB, now, messagesAtOnce)
  if (outgoing.length === 0) return
  const attempts = await Promise.all(outgoing.map((one) => attempt(env, one, now)))
  await settleOutgoing(env.DB, attempts, now)
}

async function attempt(env: Env, outgoing: Outgoing, now: number): Promise<Attempt> {
  const { alert, subject, finding, attempts, currency, comment, created } = outgoing
  const id = (await sha256(`${alert} ${subject}`)).slice(0, 32)
  const known = 'kpi' in finding ? kpis.find((kpi) => kpi.id === finding.kpi) : undefined
  const message = { finding, kpi: known ?? null, currency, comment, time: created }
  const sent = await sendTo(env, { ...outgoing, id: alert }, message, id)
  const { ok, status, error } = sent
  if (ok) return { alert, subject, state: 'delivered', due: now, status, error }
  // Whoever answers 410 wants no more of them (Standard Webhooks, on endpoints that are disabled).
  const over = sent.final || status === 410
  const jitter = Math.random()
  const again = over ? null : nextAttempt(attempts, { now, asked: sent.wait, jitter })
  const state = again === null ? 'failed' : 'waiting'
  return { alert, subject, state, due: again ?? now, status, error }
}

/** Sends a message to where an alert's go. */
async function sendTo(
  env: Env,
  alert: Pick<Alert, 'id' | 'workspace' | 'name' | 'format' | 'target'>,
  message: Omit<Message, 'alert' | 'language'>,
  id: string,
): Promise<Sent> {
  const target = await openTarget(env, alert, alert.target)
  if (target === null) return unsent('The SEAL_KEY does not open the address')
  const about = { id: alert.id, name: alert.name }
  const sending = { format: alert.format, id, now: Date.now() }
  return sendMessage(target, sending, { ...message, alert: about, language: en })
}

/** Sends what an alert would send, at once and without keeping it. */
export function sendTest(
  env: Env,
  alert: Alert,
  { id, currency }: { readonly id: string; readonly currency: string },
): Promise<Sent> {
  const finding = { kind: 'test' } as const
  return sendTo(env, alert, { finding, kpi: null, currency, comment: null, time: Date.now() }, id)
}
