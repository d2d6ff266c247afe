import {
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { AlertFormat, AlertRule, Finding, OutboxState } from '../src/alert.ts'
import type { Look } from '../src/look.ts'
import type { SealedSecret } from '../src/seal.ts'

// The SQL beside this file is the truth; these tables only give queries their types. Drizzle cannot say
// STRICT, WITHOUT ROWID or CHECK, so a test compares every table, column, key and index with the SQL.

export const workspace = sqliteTable('workspace', {
  id: text().primaryKey(),
  name: text().notNull(),
  zone: text().notNull(),
  currency: text().notNull(),
  created: integer().notNull(),
  closed: text().notNull(),
  due: integer().notNull(),
  dimensions: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  gap: integer().notNull().default(0),
  retention: integer(),
  erased: integer().notNull().default(0),
  importing: text(),
})

export const key = sqliteTable(
  'key',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    created: integer().notNull(),
    revoked: integer(),
  },
  (table) => [index('key_workspace').on(table.workspace)],
)

export const survey = sqliteTable(
  'survey',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    version: integer().notNull(),
    created: integer().notNull(),
    closed: integer(),
    closes: integer(),
    quota: integer(),
    answers: integer().notNull().default(0),
  },
  (table) => [index('survey_workspace').on(table.workspace)],
)

export const surveyVersion = sqliteTable(
  'survey_version',
  {
    survey: text().notNull(),
    version: integer().notNull(),
    document: text({ mode: 'json' }).$type<unknown>().notNull(),
    created: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.survey, table.version] })],
)

export const fact = sqliteTable(
  'fact',
  {
    workspace: text().notNull(),
    type: text().notNull(),
    day: text().notNull(),
    source: text().notNull(),
    id: text().notNull(),
    subject: text().notNull(),
    entity: text(),
    time: integer().notNull(),
    received: integer().notNull(),
    value: integer(),
    dimensions: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    data: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    thread: text(),
    cost: integer(),
    replaces: text(),
    replaced: integer(),
    revision: integer(),
    delivery: text(),
    invitation: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.type, table.day, table.source, table.id] }),
    uniqueIndex('fact_invitation').on(table.workspace, table.invitation),
    index('fact_thread').on(table.workspace, table.thread, table.type, table.time),
    index('fact_whose').on(table.workspace, table.entity, table.type, table.time),
    index('fact_replaces').on(table.workspace, table.source, table.replaces),
  ],
)

export const identity = sqliteTable(
  'identity',
  {
    workspace: text().notNull(),
    source: text().notNull(),
    id: text().notNull(),
    type: text(),
    day: text(),
    state: text(),
    reason: text(),
    received: integer(),
    digest: text(),
    headers: text({ mode: 'json' }).$type<Record<string, string>>(),
    body: blob(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.source, table.id] }),
    index('identity_state').on(table.state, table.workspace, table.received),
  ],
)

export const dirty = sqliteTable(
  'dirty',
  {
    workspace: text().notNull(),
    day: text().notNull(),
    type: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.day, table.type] })],
)

export const day = sqliteTable(
  'day',
  {
    workspace: text().notNull(),
    day: text().notNull(),
    start: integer().notNull(),
    end: integer().notNull(),
    closed: integer(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.day] })],
)

export const snapshot = sqliteTable(
  'snapshot',
  {
    workspace: text().notNull(),
    kpi: text().notNull(),
    version: integer().notNull(),
    segment: text().notNull(),
    day: text().notNull(),
    revision: integer().notNull(),
    counters: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    computed: integer().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.workspace,
        table.kpi,
        table.version,
        table.segment,
        table.day,
        table.revision,
      ],
    }),
  ],
)

export const embed = sqliteTable(
  'embed',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    kpi: text().notNull(),
    segment: text().notNull(),
    days: integer().notNull(),
    grain: text().notNull(),
    kind: text().notNull(),
    minimum: integer().notNull(),
    locale: text().notNull(),
    theme: text().notNull(),
    created: integer().notNull(),
    revoked: integer(),
    look: text({ mode: 'json' }).$type<Look>().notNull().default({}),
    released: text(),
    step: integer().notNull().default(0),
  },
  (table) => [index('embed_workspace').on(table.workspace)],
)

export const heartbeat = sqliteTable('heartbeat', {
  name: text().primaryKey(),
  time: integer().notNull(),
})

export const tally = sqliteTable(
  'tally',
  {
    workspace: text().notNull(),
    day: text().notNull(),
    source: text().notNull(),
    stored: integer().notNull(),
    late: integer().notNull(),
    duplicate: integer().notNull(),
    rejected: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.day, table.source] })],
)

export const kpi = sqliteTable(
  'kpi',
  {
    id: text().notNull(),
    version: integer().notNull(),
    born: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
)

export const target = sqliteTable(
  'target',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    kpi: text().notNull(),
    segment: text().notNull(),
    baseline: real().notNull(),
    target: real().notNull(),
    from: text().notNull(),
    to: text().notNull(),
    owner: text(),
    why: text(),
    created: integer().notNull(),
  },
  (table) => [index('target_workspace').on(table.workspace)],
)

export const benchmark = sqliteTable(
  'benchmark',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    kpi: text().notNull(),
    low: real().notNull(),
    middle: real(),
    high: real().notNull(),
    industry: text(),
    source: text().notNull(),
    year: integer().notNull(),
    url: text(),
    created: integer().notNull(),
  },
  (table) => [index('benchmark_workspace').on(table.workspace)],
)

export const report = sqliteTable(
  'report',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    period: text().notNull(),
    from: text(),
    to: text(),
    locale: text().notNull(),
    title: text(),
    minimum: integer().notNull(),
    created: integer().notNull(),
    revoked: integer(),
  },
  (table) => [index('report_workspace').on(table.workspace)],
)

export const source = sqliteTable(
  'source',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    vendor: text().notNull(),
    name: text().notNull(),
    version: integer().notNull(),
    config: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    secrets: text({ mode: 'json' }).$type<SealedSecret[]>().notNull(),
    retention: integer().notNull(),
    created: integer().notNull(),
    removed: integer(),
    refused: integer(),
    refusal: text(),
    swept: text().notNull().default(''),
    counting: text({ mode: 'json' }).$type<Record<string, number>>().notNull().default({}),
    counts: text({ mode: 'json' }).$type<Record<string, number>>().notNull().default({}),
    counted: integer(),
    begun: integer().notNull().default(0),
    watched: integer().notNull().default(0),
    silent: integer(),
  },
  (table) => [index('source_workspace').on(table.workspace)],
)

export const rhythm = sqliteTable(
  'rhythm',
  {
    source: text().notNull(),
    day: text().notNull(),
    facts: integer().notNull(),
    first: integer().notNull(),
    last: integer().notNull(),
    gap: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.day] })],
)

export const memory = sqliteTable(
  'memory',
  {
    workspace: text().notNull(),
    source: text().notNull(),
    name: text().notNull(),
    value: text().notNull(),
    time: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.source, table.name] })],
)

export const invitation = sqliteTable(
  'invitation',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    survey: text().notNull(),
    recipient: text().notNull(),
    mail: text(),
    properties: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    created: integer().notNull(),
    expires: integer().notNull(),
    revoked: integer(),
    touched: integer().notNull().default(0),
    touching: integer(),
  },
  (table) => [
    index('invitation_recipient').on(table.workspace, table.recipient, table.created),
    index('invitation_survey').on(table.workspace, table.survey, table.created, table.id),
  ],
)

export const provisional = sqliteTable(
  'provisional',
  {
    workspace: text().notNull(),
    survey: text().notNull(),
    id: text().notNull(),
    fact: text({ mode: 'json' }).$type<unknown>().notNull(),
    reasons: text({ mode: 'json' }).$type<string[]>().notNull(),
    received: integer().notNull(),
    state: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.survey, table.id] })],
)

export const tombstone = sqliteTable(
  'tombstone',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    created: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.person] })],
)

export const annotation = sqliteTable(
  'annotation',
  {
    workspace: text().notNull(),
    day: text().notNull(),
    id: text().notNull(),
    kpi: text(),
    text: text().notNull(),
    created: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.day, table.id] })],
)

export const alert = sqliteTable(
  'alert',
  {
    id: text().primaryKey(),
    workspace: text().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    rule: text({ mode: 'json' }).$type<AlertRule>().notNull(),
    format: text().$type<AlertFormat>().notNull(),
    host: text().notNull(),
    target: text().notNull(),
    cooldown: integer().notNull(),
    created: integer().notNull(),
    checked: text().notNull().default(''),
    told: integer().notNull().default(0),
  },
  (table) => [index('alert_workspace').on(table.workspace)],
)

export const outbox = sqliteTable(
  'outbox',
  {
    alert: text().notNull(),
    subject: text().notNull(),
    workspace: text().notNull(),
    finding: text({ mode: 'json' }).$type<Finding>().notNull(),
    created: integer().notNull(),
    state: text().$type<OutboxState>().notNull(),
    attempts: integer().notNull().default(0),
    due: integer().notNull(),
    status: integer(),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.alert, table.subject] }),
    index('outbox_due').on(table.state, table.due),
  ],
)
