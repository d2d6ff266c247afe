import { attributed } from '../../fact.ts'
import { type Fate, type Holding, type HoldingRule, type Move, typesOf } from '../../rule.ts'
import { carriersOf } from './carriers.ts'
import { listed, quoted, rankIn, unionAll } from './sql.ts'

type Book = HoldingRule['book']

/** The name of the events of a holding's holders, in one kind of book. */
export function eventsOf({ name }: Holding, book: Book): string {
  return `${name}_${book}`
}

const live = (alias: string) => `${alias}.replaced IS NULL`

/** The fact that a thread of the holding begins with, and by which it is cut. */
function isBeginning(alias: string, { opens }: Holding, types: string): string {
  const kind = opens === null ? `earlier.type IN (${types})` : `earlier.type = ${quoted(opens)}`
  return `${live(alias)} AND NOT EXISTS (
      SELECT 1 FROM fact earlier INDEXED BY fact_thread
      WHERE earlier.workspace = ${alias}.workspace AND earlier.thread = ${alias}.thread
        AND ${kind} AND ${live('earlier')} AND earlier.time <= ${alias}.time
        AND (earlier.time, earlier.source, earlier.id) < (${alias}.time, ${alias}.source, ${alias}.id)
    )`
}

/** Every thread of every holder that has a fact on a target day: holder, thread and how it is cut. */
function threads(holding: Holding): string {
  const { name, opens, sets, holder } = holding
  const types = typesOf(holding)
  const begins = opens ?? sets ?? types[0] ?? ''
  const cut = types.some((type) => attributed.has(type))
    ? `json_patch('{"channel":"unattributed"}', fact.dimensions)`
    : 'fact.dimensions'
  const touched = types.map((type) => `SELECT workspace, thread FROM ${carriersOf(type)}`)
  const beginning = isBeginning('fact', holding, quoted(begins))
  const byThread = `
    SELECT touched.workspace, fact.thread AS holder, fact.entity, fact.thread, ${cut} AS cut
    FROM (SELECT DISTINCT workspace, thread FROM (${unionAll(touched)})) touched
    CROSS JOIN fact INDEXED BY fact_thread
    WHERE fact.workspace = touched.workspace AND fact.thread = touched.thread
      AND fact.type = ${quoted(begins)} AND ${beginning}`
  if (holder === 'thread') return `${name}_thread AS MATERIALIZED (${byThread})`
  return `${name}_touched AS MATERIALIZED (${byThread}),
  ${name}_thread AS MATERIALIZED (
    SELECT fact.workspace, fact.entity AS holder, fact.thread, ${cut} AS cut
    FROM (SELECT DISTINCT workspace, entity FROM ${name}_touched WHERE entity IS NOT NULL) touched
    CROSS JOIN fact INDEXED BY fact_whose
    WHERE fact.workspace = touched.workspace AND fact.entity = touched.entity
      AND fact.type = ${quoted(begins)} AND ${beginning}
  )`
}

/** What each thread holds after each of its facts, and in which currency; before it, the row above. */
function states(holding: Holding): string {
  const { name, opens, sets, closes, amount } = holding
  const types = typesOf(holding)
  const given = listed([opens, sets].filter((type) => type !== null))
  const order = 'PARTITION BY workspace, thread ORDER BY time, rank, source, id'
  const place = `row_number() OVER (${order})`
  const opened =
    opens === null ? '1' : `max(CASE type WHEN ${quoted(opens)} THEN place END) OVER upto`
  const closed =
    closes.length === 0
      ? '0'
      : `max(CASE WHEN type IN (${listed(closes)}) THEN place END) OVER upto`
  const held = amount === 'one' ? '1' : 'max(CASE WHEN place = set_at THEN value END) OVER spell'
  return `${name}_story AS (
    SELECT
      story.holder, story.cut, fact.workspace, fact.thread, fact.type, fact.day, fact.time,
      fact.source, fact.id, ${rankIn('fact', types)} AS rank, fact.value,
      fact.dimensions ->> 'currency' AS currency
    FROM ${name}_thread story CROSS JOIN fact INDEXED BY fact_thread
    WHERE fact.workspace = story.workspace AND fact.thread = story.thread
      AND fact.type IN (${listed(types)}) AND ${live('fact')}
  ),
  ${name}_placed AS (SELECT *, ${place} AS place FROM ${name}_story),
  ${name}_spell AS (
    SELECT *, ${opened} AS opened, ${closed} AS closed,
      max(CASE WHEN type IN (${given}) THEN place END) OVER upto AS set_at
    FROM ${name}_placed
    WINDOW upto AS (PARTITION BY workspace, thread ORDER BY place ROWS UNBOUNDED PRECEDING)
  ),
  ${name}_state AS (
    SELECT *,
      CASE WHEN opened > coalesce(closed, 0) THEN ${held} ELSE 0 END AS after,
      max(CASE WHEN place = set_at THEN currency END) OVER spell AS code
    FROM ${name}_spell
    WINDOW spell AS (PARTITION BY workspace, thread, set_at)
  ),
  ${name}_change AS (
    SELECT *,
      coalesce(lag(after) OVER turn, 0) AS before, lag(code) OVER turn AS code_before
    FROM ${name}_state
    WINDOW turn AS (PARTITION BY workspace, thread ORDER BY place)
  )`
}

/** The entries of a book: what a fact's thread held before and after it. */
function entries({ name }: Holding, book: Book): string {
  const columns = 'workspace, holder, cut, day, time'
  if (book === 'any') {
    return `SELECT ${columns}, '' AS code, before, after
      FROM ${name}_change WHERE after <> before`
  }
  // A change of currency leaves the one book and enters the other.
  const same = '(before = 0 OR after = 0 OR code IS code_before)'
  return `SELECT ${columns}, CASE after WHEN 0 THEN code_before ELSE code END AS code, before, after
      FROM ${name}_change WHERE ${same} AND after <> before
      UNION ALL
      SELECT ${columns}, code_before, before, 0 FROM ${name}_change WHERE NOT ${same}
      UNION ALL
      SELECT ${columns}, code, 0, after FROM ${name}_change WHERE NOT ${same}`
}

/** Whether an event is on a day that is asked for, and has happened. */
const asked = (alias: string) => `EXISTS (
        SELECT 1 FROM target
        WHERE target.workspace = ${alias}.workspace AND target.day = ${alias}.day
          AND (${alias}.time <= ?3 OR target.day <= target.closed)
      )`

/** A thread that is its own holder has nothing to be added up with. */
function ownEvents(holding: Holding, book: Book): string {
  return `${eventsOf(holding, book)} AS MATERIALIZED (
    SELECT entry.*, after - before AS change FROM (${entries(holding, book)}) entry
    WHERE ${asked('entry')}
  )`
}

/**
 * What the holders of one book have before and after each of their changes, by segment. What happens at one
 * instant is one change: who moves to another plan does not grow first and shrink then.
 */
function events(holding: Holding, book: Book, dimensions: string): string {
  const name = eventsOf(holding, book)
  const order = 'PARTITION BY workspace, segment, holder, code ORDER BY time ROWS'
  return `${name}_entry AS (
    SELECT
      entry.workspace, entry.holder, entry.code, entry.time, min(entry.day) AS day,
      CASE segment.key WHEN '' THEN '' ELSE segment.key || ':' || segment.value END AS segment,
      sum(entry.after - entry.before) AS change
    FROM (${entries(holding, book)}) entry
    CROSS JOIN json_each(json_patch('{"":""}', entry.cut)) segment
    WHERE segment.key = '' OR substr(segment.key, 1, 2) = 'p.' OR segment.key IN (${dimensions})
    GROUP BY entry.holder, 6, entry.code, entry.time, entry.workspace
    HAVING sum(entry.after - entry.before) <> 0
  ),
  ${name}_sum AS (
    SELECT *, sum(change) OVER (${order} UNBOUNDED PRECEDING) AS after FROM ${name}_entry
  ),
  ${name} AS MATERIALIZED (
    SELECT
      *, after - change AS before,
      max(CASE WHEN after = change THEN day END) OVER (${order} UNBOUNDED PRECEDING) AS began,
      max(CASE WHEN change > 0 AND after > change THEN day END) OVER (
        ${order} BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS grown,
      row_number() OVER (${order} UNBOUNDED PRECEDING) AS place,
      ${asked(`${name}_sum`)} AS asked
    FROM ${name}_sum
  )`
}

/** Everything that the parts of one holding have in common. */
export function holdingStory(holding: Holding, books: readonly Book[], dimensions: string): string {
  return [
    threads(holding),
    states(holding),
    ...books.map((book) =>
      holding.holder === 'thread' ? ownEvents(holding, book) : events(holding, book, dimensions),
    ),
  ].join(',\n  ')
}

const moves: Readonly<Record<Move, string>> = {
  new: 'before = 0 AND after > 0 AND place = 1',
  returned: 'before = 0 AND after > 0 AND place > 1',
  expanded: 'before > 0 AND after > before',
  contracted: 'after > 0 AND after < before',
  left: 'after = 0 AND before > 0',
}

const sign = (amount: string) => `(${amount} > 0)`
const least = (one: string, other: string) => `min(${one}, ${other})`

/** By how much an event changes a fate, for a holder who held `after` once `past` had happened. */
const fates: Readonly<Record<Exclude<Fate, 'left'>, string>> = {
  stayed: `(${sign('event.after')} - ${sign('event.before')})
      * (${sign('past.after')} - ${sign('past.before')})`,
  held: `event.change * (${sign('past.after')} - ${sign('past.before')})`,
  kept: `(${least('event.after', 'past.after')} - ${least('event.before', 'past.after')})
      - (${least('event.after', 'past.before')} - ${least('event.before', 'past.before')})`,
  grew: `(event.change > 0 AND event.before > 0)
      * (${sign('past.after')} - ${sign('past.before')})`,
}

/**
 * What an event means to a window depends on what its holder held when the window began. That is a step
 * function of the day it began, so each step is a counter, keyed by the day after which it holds.
 */
function fateCounters(name: string, fate: Fate): string[] {
  if (fate === 'left') {
    return [
      `SELECT workspace, day, segment, code, began AS key, 1 AS n FROM ${name}
      WHERE asked AND ${moves.left}`,
    ]
  }
  const key = fate === 'grew' ? `max(past.day, coalesce(event.grown, ''))` : 'past.day'
  return [
    `SELECT event.workspace, event.day, event.segment, event.code, ${key} AS key,
        ${fates[fate]} AS n
      FROM ${name} event JOIN ${name} past ON past.workspace = event.workspace
        AND past.segment = event.segment AND past.holder = event.holder AND past.code = event.code
        AND past.place < event.place AND past.day < event.day
      WHERE event.asked AND ${key} < event.day`,
  ]
}

function changeCounters({ tell, holding, book, by }: HoldingRule): string[] {
  const { holder, amount } = holding
  const wanted = typeof tell === 'object' && 'move' in tell ? moves[tell.move] : 'true'
  const key = by === '' ? '' : `cut ->> ${quoted(by)} || '/' || `
  const place = holder === 'thread' ? 'cut' : 'segment'
  const columns = `workspace, day, ${place}, code`
  const from = `FROM ${eventsOf(holding, book)}
      WHERE ${holder === 'thread' ? 'true' : 'asked'} AND ${wanted}`
  const count = tell === 'change' ? `${sign('after')} - ${sign('before')}` : '1'
  const counted = `SELECT ${columns}, ${key}'n' AS key, ${count} AS n ${from}`
  const mixed = book === 'any' && (holder === 'entity' || amount === 'one')
  if (mixed) return [counted]
  return [counted, `SELECT ${columns}, ${key}'sum' AS key, change AS n ${from}`]
}

/**
 * Counters of holders: workspace, day, segment, key, n; of threads that hold for themselves how they are
 * cut instead of a segment. Amounts of several currencies are never added.
 */
export function holdingCounters(rule: HoldingRule): string {
  const { tell, holding } = rule
  const place = holding.holder === 'thread' ? 'cut' : 'segment'
  const selects =
    typeof tell === 'object' && 'fate' in tell
      ? fateCounters(eventsOf(holding, rule.book), tell.fate)
      : changeCounters(rule)
  return `SELECT workspace, day, ${place},
      code || CASE code WHEN '' THEN '' ELSE '/' END || key AS key, sum(n) AS n
    FROM (${unionAll(selects)}) GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0`
}
