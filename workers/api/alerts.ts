import { Hono } from 'hono'
import type { AlertRule } from '../../src/alert.ts'
import { Problem, invalid } from '../../src/problem.ts'
import {
  type Alert,
  createAlert,
  listAlerts,
  readAlert,
  removeAlert,
} from '../../src/store/alerts.ts'
import { type Delivery, type DeliveryCursor, listFound } from '../../src/store/outbox.ts'
import { readSource } from '../../src/store/sources.ts'
import { readSurveys } from '../../src/store/surveys.ts'
import { addressRule } from '../../src/webhook-address.ts'
import { secretLength, secretText } from '../../src/webhook-signature.ts'
import { sendTest } from '../alerts.ts'
import { sealTarget } from '../alert-target.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { alertBody, checkRule } from './alert-body.ts'
import { listPage, listQuery } from './list.ts'

/** Alerts of one workspace. */
const most = 100

const instant = (time: number) => new Date(time).toISOString()

/** An alert as the API shows it: of its address no more than the host. */
function show({ id, name, rule, format, host, cooldown, created, checked, told }: Alert) {
  return {
    id,
    name,
    rule,
    target: { format, host },
    cooldown,
    created: instant(created),
    checked: checked === '' ? null : checked,
    told: told === 0 ? null : instant(told),
  }
}

function showDelivery({
  subject,
  finding,
  created,
  state,
  attempts,
  due,
  status,
  error,
}: Delivery) {
  return {
    subject,
    finding,
    created: instant(created),
    state,
    attempts,
    next: state === 'waiting' ? instant(due) : null,
    settled: state === 'waiting' ? null : instant(due),
    status,
    error,
  }
}

const cursorText = ({ created, subject }: DeliveryCursor) => `${created}.${subject}`

function parseCursor(text: string): DeliveryCursor | null {
  if (text === '') return null
  const [, created, subject] = /^(\d{1,15})\.(.+)$/.exec(text) ?? []
  if (created === undefined || subject === undefined) {
    throw invalid('cursor', 'The cursor is not one of ours')
  }
  return { created: Number(created), subject }
}

/** @throws Problem 422 where the rule names what the workspace does not have. */
async function checkNamed(db: D1Database, workspace: string, rule: AlertRule): Promise<void> {
  if (rule.kind === 'source' && rule.source !== null) {
    const found = await readSource(db, workspace, rule.source)
    if (found === null) throw invalid('rule.source', `No source "${rule.source}"`)
  }
  if (rule.kind === 'detractor' && rule.survey !== null) {
    const [found] = await readSurveys(db, workspace, [rule.survey])
    if (found === undefined) throw invalid('rule.survey', `No survey "${rule.survey}"`)
  }
}

/** @throws Problem 404 where the workspace has no such alert. */
async function findAlert(db: D1Database, workspace: string, id: string): Promise<Alert> {
  const alert = await readAlert(db, workspace, id)
  if (alert === null) throw new Problem('not-found', `No alert "${id}"`)
  return alert
}

/** `/v1/alerts`: what a team is told of without asking. */
export const alertRoutes = new Hono<Guarded>()
  .post('/', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const { target, ...body } = await readJson(c.req.raw, alertBody)
    const workspace = c.get('workspace').id
    checkRule(body.rule)
    const broken = addressRule(target.url, new URL(c.req.url).hostname)
    if (broken !== null) throw invalid('target.url', broken)
    await checkNamed(c.env.DB, workspace, body.rule)
    const { format, url } = target
    const random = crypto.getRandomValues(new Uint8Array(secretLength))
    const secret = format === 'standard' ? secretText(random) : null
    const place = { id: publicId(), workspace }
    const alert: Alert = {
      ...place,
      ...body,
      format,
      host: new URL(url).hostname,
      target: await sealTarget(c.env, place, { url, secret }),
      created: Date.now(),
      checked: '',
      told: 0,
    }
    if (!(await createAlert(c.env.DB, alert, most))) {
      throw new Problem('invalid', `A workspace keeps at most ${most} alerts: delete one first`)
    }
    return json({ ...show(alert), ...(secret !== null && { secret }) }, 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const rows = await listAlerts(c.env.DB, c.get('workspace').id, { cursor, limit: limit + 1 })
    const page = listPage(c.req.raw, rows, limit, ({ id }) => id, show)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await removeAlert(c.env.DB, c.get('workspace').id, id))) {
      throw new Problem('not-found', `No alert "${id}"`)
    }
    return new Response(null, { status: 204 })
  })
  .get('/:id/deliveries', guard('read'), async (c) => {
    const { limit, cursor: text } = readQuery(c.req.raw, listQuery)
    const alert = await findAlert(c.env.DB, c.get('workspace').id, c.req.param('id'))
    const asked = { cursor: parseCursor(text), limit: limit + 1 }
    const rows = await listFound(c.env.DB, alert.id, asked)
    const page = listPage(c.req.raw, rows, limit, cursorText, showDelivery)
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .post('/:id/test', guard('admin'), async (c) => {
    readQuery(c.req.raw, {})
    const { id: workspace, currency } = c.get('workspace')
    const alert = await findAlert(c.env.DB, workspace, c.req.param('id'))
    const { ok, status, error } = await sendTest(c.env, alert, { id: publicId(), currency })
    return json({ ok, status, error })
  })
