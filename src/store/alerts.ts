import { and, asc, eq, gt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '../../drizzle/schema.ts'
import type { AlertFormat, AlertRule, NumberRule } from '../alert.ts'
import type { Day } from '../day.ts'

/** What a team wants to be told of, and where. */
export interface Alert {
  readonly id: string
  readonly workspace: string
  readonly name: string
  readonly rule: AlertRule
  readonly format: AlertFormat
  /** The host of the address, which is all of it that is shown. */
  readonly host: string
  /** Address and secret, sealed. */
  readonly target: string
  /** For how many hours it is quiet after it has told something. */
  readonly cooldown: number
  readonly created: number
  /** The last closed day that was looked at; `''` before the first. */
  readonly checked: string
  /** When it last told something; 0 where it never did. */
  readonly told: number
}

const insertAlert = `
  INSERT INTO alert (id, workspace, name, kind, rule, format, host, target, cooldown, created)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
  WHERE (SELECT count(*) FROM alert WHERE workspace = ?2) < ?11`

/** Keeps an alert, unless the workspace has `most` already; says whether it did. */
export async function createAlert(
  db: D1Database,
  { id, workspace, name, rule, format, host, target, cooldown, created }: Alert,
  most: number,
): Promise<boolean> {
  const json = JSON.stringify(rule)
  const row = [id, workspace, name, rule.kind, json, format, host, target, cooldown, created]
  const made = await db
    .prepare(insertAlert)
    .bind(...row, most)
    .run()
  return made.meta.changes === 1
}

const own = (workspace: string, id: string) =>
  and(eq(schema.alert.workspace, workspace), eq(schema.alert.id, id))

/** An alert of the workspace, or `null`. */
export async function readAlert(
  db: D1Database,
  workspace: string,
  id: string,
): Promise<Alert | null> {
  const [found] = await drizzle(db).select().from(schema.alert).where(own(workspace, id))
  return found ?? null
}

/** Alerts of a workspace by id, from after `cursor`. */
export async function listAlerts(
  db: D1Database,
  workspace: string,
  { cursor, limit }: { cursor: string; limit: number },
): Promise<Alert[]> {
  return drizzle(db)
    .select()
    .from(schema.alert)
    .where(and(eq(schema.alert.workspace, workspace), gt(schema.alert.id, cursor)))
    .orderBy(asc(schema.alert.id))
    .limit(limit)
}

/** Takes an alert away, with what it has found; `false` where the workspace has no such alert. */
export async function removeAlert(db: D1Database, workspace: string, id: string): Promise<boolean> {
  const [, removed] = await db.batch([
    db.prepare('DELETE FROM outbox WHERE alert = ?2 AND workspace = ?1').bind(workspace, id),
    db.prepare('DELETE FROM alert WHERE id = ?2 AND workspace = ?1').bind(workspace, id),
  ])
  return removed?.meta.changes === 1
}

/** An alert about numbers that has not looked at the last closed day yet. */
export interface DueAlert {
  readonly id: string
  readonly workspace: string
  readonly rule: NumberRule
  readonly closed: Day
}

const readDue = `
  SELECT alert.id, alert.workspace, alert.rule, workspace.closed
  FROM alert JOIN workspace ON workspace.id = alert.workspace
  WHERE alert.kind IN ('value', 'change', 'anomaly', 'silence') AND alert.checked < workspace.closed
  ORDER BY alert.checked, alert.workspace, alert.id LIMIT ?1`

/** Alerts that are to look at a day, those that have waited longest first. */
export async function readDueAlerts(db: D1Database, limit: number): Promise<DueAlert[]> {
  const { results } = await db
    .prepare(readDue)
    .bind(limit)
    .all<DueAlert & { readonly rule: string }>()
  return results.map((row) => ({ ...row, rule: JSON.parse(row.rule) as NumberRule }))
}
