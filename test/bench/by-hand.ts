/**
 * The KPIs of a mixed day as somebody would write them by hand for SQLite, one statement each: in all and
 * by every dimension, with what a deal, order or ticket began with. Counters are named as ours are.
 */

const day = 'workspace = ?1 AND day = ?2'
const month = 365 * 86_400_000
const bin = (value: string) =>
  `CASE ${value} WHEN 0 THEN 'zero' ELSE
    CAST(ceil(round(ln(${value}) / ${Math.log(1.02)}, 9)) AS INTEGER) END`

/** In all and by dimension; `rows` yields the dimensions and `select` what is counted. */
function cut(rows: string, dimensions: readonly string[], select: string, group = ''): string {
  const groups = ["''", ...dimensions.map((name) => `'${name}:' || ${name}`)]
  const selects = groups.map(
    (segment) => `SELECT ${segment} AS segment, ${select} FROM rows GROUP BY 1${group}`,
  )
  return `WITH rows AS MATERIALIZED (${rows}) ${selects.join(' UNION ALL ')}`
}

const said = (name: string, table = 'f') => `${table}.dimensions ->> '${name}'`

/** Facts of a deal with what the deal was created with. */
const ofDeal = (types: string, more = '') => `
  SELECT
    f.type, f.thread, f.entity, f.time, f.value, f.id, ${said('stage')} AS stage, b.time AS begun,
    coalesce(${said('owner')}, ${said('owner', 'b')}) AS owner,
    coalesce(${said('channel')}, ${said('channel', 'b')}, 'unattributed') AS channel,
    coalesce(${said('product')}, ${said('product', 'b')}) AS product ${more}
  FROM fact f LEFT JOIN fact b INDEXED BY fact_thread ON b.workspace = f.workspace
    AND b.thread = f.thread AND b.type = 'deal.created'
  WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type IN (${types})`

const ofTicket = (types: string, more = '') => `
  SELECT
    f.type, f.thread, f.time, f.time - b.time AS passed,
    coalesce(${said('agent')}, ${said('agent', 'b')}) AS agent,
    coalesce(${said('channel')}, ${said('channel', 'b')}) AS channel ${more}
  FROM fact f LEFT JOIN fact b INDEXED BY fact_thread ON b.workspace = f.workspace
    AND b.thread = f.thread AND b.type = 'ticket.created'
  WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type IN (${types})`

const ofOrder = `
  SELECT f.entity, f.time, f.value, f.cost, f.id, ${said('owner')} AS owner,
    coalesce(${said('channel')}, 'unattributed') AS channel
  FROM fact f WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type = 'order.placed'`

const answers = (kind: string) => `
  SELECT ${said('survey')} AS survey, ${said('locale')} AS locale, f.value, f.entity, f.time, f.id
  FROM fact f
  WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type = 'survey.response'
    AND ${said('kind')} = '${kind}'`

const deal = ['owner', 'channel', 'product']
const later = (types: string, limit = '') => `, EXISTS (
    SELECT 1 FROM fact l INDEXED BY fact_thread WHERE l.workspace = f.workspace
      AND l.thread = f.thread AND l.type IN (${types}) AND l.time >= f.time ${limit}
  ) AS followed`

const histogram = (value: string) => `${bin(value)} AS bin, count(*) AS n, sum(${value}) AS total`

const firstOf = (types: string) => `NOT EXISTS (
    SELECT 1 FROM fact e INDEXED BY fact_whose WHERE e.workspace = ?1 AND e.entity = rows.entity
      AND e.type IN (${types}) AND e.time < rows.time
  )`

const lastDay = (type: string, place: number) => `(
    SELECT e.day FROM fact e INDEXED BY fact_whose WHERE e.workspace = ?1 AND e.entity = rows.entity
      AND e.type = '${type}' AND (e.time, e.id) < (rows.time, rows.id)
    ORDER BY e.time DESC, e.id DESC LIMIT 1 OFFSET ${place}
  )`

const winOrLoss = cut(
  ofDeal("'deal.won', 'deal.lost'"),
  deal,
  "sum(type = 'deal.won') AS won, sum(type = 'deal.lost') AS lost",
)
const cycle = cut(ofDeal("'deal.won'"), deal, histogram('(time - begun)'), ', 2')
const sold = (from: string) => cut(from, deal, 'count(*) AS n, sum(value) AS total')
const wonOrOrdered = `${ofDeal("'deal.won'")} UNION ALL
  SELECT 'order.placed', NULL, entity, time, value, id, NULL, NULL, owner, channel, NULL
  FROM (${ofOrder})`
const solved = cut(ofTicket("'ticket.solved'"), ['agent', 'channel'], histogram('passed'), ', 2')
const tasks = `
  SELECT ${said('user')} AS user, ${said('automated')} AS automated, f.value
  FROM fact f WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type = 'task.done'`

/** By KPI, its statement for one day of one workspace. */
export const byHand: Readonly<Record<string, string>> = {
  nps: cut(answers('nps'), ['survey', 'locale'], 'value, count(*) AS n', ', 2'),
  nps_latest: cut(
    answers('nps'),
    ['survey', 'locale'],
    `value, (
      SELECT e.day FROM fact e INDEXED BY fact_whose
      WHERE e.workspace = ?1 AND e.entity = rows.entity AND e.type = 'survey.response'
        AND (e.time, e.id) > (rows.time, rows.id)
      ORDER BY e.time, e.id LIMIT 1
    ) AS next, count(*) AS n`,
    ', 2, 3',
  ),
  win_rate: winOrLoss,
  deals_won: cut(ofDeal("'deal.won'"), deal, 'count(*) AS n'),
  close_rate: cut(
    ofDeal("'deal.created'", later("'deal.won'", `AND l.time <= f.time + ${month}`)),
    deal,
    'count(*) AS created, sum(followed) AS won',
  ),
  open_deals: cut(
    ofDeal("'deal.created', 'deal.won', 'deal.lost'"),
    deal,
    "sum(CASE type WHEN 'deal.created' THEN 1 ELSE -1 END) AS n",
  ),
  sales_cycle: cycle,
  sales_cycle_mean: cycle,
  stage_length: cut(
    `SELECT e.*, e.time - e.since AS passed FROM (
      SELECT rows.*, lag(stage) OVER story AS was, lag(time) OVER story AS since
      FROM (${ofDeal("'deal.stage', 'deal.won', 'deal.lost'")}) rows
      WINDOW story AS (PARTITION BY thread ORDER BY time)
    ) e WHERE e.was IS NOT NULL`,
    [...deal, 'was'],
    histogram('passed'),
    ', 2',
  ),
  stage_conversion: cut(
    ofDeal("'deal.stage'", later("'deal.won'")),
    [...deal, 'stage'],
    'count(*) AS entered, sum(followed) AS advanced',
  ),
  deals_per_owner: cut(
    ofDeal("'deal.created', 'deal.stage', 'deal.won', 'deal.lost'"),
    ['channel', 'product'],
    "owner, count(*) AS active, sum(type = 'deal.won') AS won",
    ', 2',
  ),
  revenue: sold(wonOrOrdered),
  revenue_growth: sold(wonOrOrdered),
  channel_return: cut(wonOrOrdered, ['channel'], 'count(*) AS n, sum(value) AS total'),
  quota_attainment: cut(ofDeal("'deal.won'"), ['owner'], 'count(*) AS n, sum(value) AS total'),
  average_deal: cut(ofDeal("'deal.won'"), deal, histogram('value'), ', 2'),
  orders: cut(ofOrder, ['owner', 'channel'], 'count(*) AS n'),
  average_order: cut(ofOrder, ['owner', 'channel'], histogram('value'), ', 2'),
  repeat_purchase_rate: cut(
    ofOrder,
    ['owner', 'channel'],
    `${lastDay('order.placed', 0)} AS last, ${lastDay('order.placed', 1)} AS one_before,
      count(*) AS n`,
    ', 2, 3',
  ),
  new_customer_revenue: cut(
    `SELECT * FROM (${wonOrOrdered}) rows WHERE NOT EXISTS (
      SELECT 1 FROM fact e INDEXED BY fact_whose WHERE e.workspace = ?1 AND e.entity = rows.entity
        AND e.type IN ('deal.won', 'order.placed', 'subscription.started')
        AND e.time < rows.time - ${90 * 86_400_000}
    )`,
    deal,
    'count(*) AS n, sum(value) AS total',
  ),
  clv: cut(
    ofOrder,
    [],
    `count(*) AS n, sum(value) AS total, sum(value - cost) AS margin,
      sum(${lastDay('order.placed', 0)} IS NULL) AS buyers`,
  ),
  clv_simple: cut(
    ofOrder,
    [],
    `count(*) AS n, sum(value) AS total, sum(${lastDay('order.placed', 0)} IS NULL) AS buyers`,
  ),
  cac: cut(
    `SELECT * FROM (${wonOrOrdered}) rows
    WHERE ${firstOf("'deal.won', 'order.placed', 'subscription.started'")}`,
    ['channel'],
    'count(*) AS n',
  ),
  ltv_to_cac: cut(
    ofOrder,
    [],
    `count(*) AS n, sum(value) AS total, sum(value - cost) AS margin,
      sum(${lastDay('order.placed', 0)} IS NULL) AS buyers`,
  ),
  first_response_time: cut(
    `SELECT * FROM (${ofTicket(
      "'ticket.replied'",
      `, NOT EXISTS (
        SELECT 1 FROM fact e INDEXED BY fact_thread WHERE e.workspace = f.workspace
          AND e.thread = f.thread AND e.type = 'ticket.replied' AND e.time < f.time
      ) AS first`,
    )}) WHERE first`,
    ['agent', 'channel'],
    histogram('passed'),
    ', 2',
  ),
  time_to_resolution: solved,
  time_to_resolution_mean: solved,
  time_to_first_resolution: solved,
  tickets_solved: cut(ofTicket("'ticket.solved'"), ['agent', 'channel'], 'count(*) AS n'),
  active_user_share: cut(
    `SELECT f.entity, f.time, f.id FROM fact f
    WHERE f.${day.replace(' AND ', ' AND f.')} AND f.type = 'user.active'`,
    [],
    `${lastDay('user.active', 0)} AS last, count(*) AS n`,
    ', 2',
  ),
  tasks_done: cut(tasks, ['user', 'automated'], 'count(*) AS n'),
  task_time: cut(tasks, ['user', 'automated'], histogram('value'), ', 2'),
  automation_share: cut(
    tasks,
    ['user'],
    "sum(automated = 'yes') AS automated, sum(automated = 'no') AS manual",
  ),
}
