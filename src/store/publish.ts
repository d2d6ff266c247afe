import { type Kpi, type Subject, reads, waits } from '../kpi.ts'
import { compile } from './rules/statement.ts'

/** A statement that computes some KPIs, and its data as JSON. */
export interface Publication {
  readonly statement: string
  readonly parts: string
  readonly kpis: string
}

/** Characters of one statement; D1 takes 100,000 bytes. */
const statementLimit = 80_000

/** The days of one transaction, from `?1`. */
export const targetDays = `
  target AS MATERIALIZED (
    SELECT
      value ->> 'workspace' AS workspace, value ->> 'day' AS day, value ->> 'start' AS start,
      value ->> 'end' AS "end", value ->> 'final' AS final, workspace.closed,
      EXISTS (
        SELECT 1 FROM day WHERE day.workspace = workspace.id AND day.day = value ->> 'day'
      ) AS known
    FROM json_each(?1) JOIN workspace ON workspace.id = value ->> 'workspace'
  )`

/**
 * Counters by KPI and segment, from the rules' counters and what KPI each of them belongs to. Whether a
 * KPI has a dimension is asked of the text of its JSON array: names hold no quotes.
 */
const countersOfKpis = `
  part AS MATERIALIZED (
    SELECT
      value ->> 'rule' AS rule, value ->> 'kpi' AS kpi, value ->> 'version' AS version,
      value ->> 'part' AS part, value -> 'dimensions' AS dimensions
    FROM json_each(?2)
  ),
  concerned AS MATERIALIZED (
    SELECT
      row.value ->> 'kpi' AS kpi, row.value ->> 'version' AS version, type.value AS type,
      row.value -> 'dimensions' AS dimensions, row.value ->> 'folds' AS folds
    FROM json_each(?5) row, json_each(row.value -> 'types') type
  ),
  cut AS (
    SELECT * FROM (
      SELECT
        loose.workspace, loose.day, part.kpi, part.version, '' AS segment,
        part.part || CASE loose.key WHEN '' THEN '' ELSE '/' || loose.key END AS counter, loose.n
      FROM loose JOIN part ON part.rule = loose.rule
      UNION ALL
      SELECT
        loose.workspace, loose.day, part.kpi, part.version,
        dimension.key || ':' || dimension.value,
        part.part || CASE loose.key WHEN '' THEN '' ELSE '/' || loose.key END, loose.n
      FROM loose JOIN part ON part.rule = loose.rule, json_each(loose.cut) dimension
      WHERE substr(dimension.key, 1, 2) = 'p.'
        OR instr(part.dimensions, '"' || dimension.key || '"')
      UNION ALL
      SELECT
        tied.workspace, tied.day, part.kpi, part.version, tied.segment,
        part.part || '/' || tied.key, tied.n
      FROM tied JOIN part ON part.rule = tied.rule
      WHERE tied.segment = '' OR substr(tied.segment, 1, 2) = 'p.'
        OR instr(part.dimensions, '"' || substr(tied.segment, 1, instr(tied.segment, ':') - 1) || '"')
    )
    UNION ALL
    SELECT former.workspace, former.day, concerned.kpi, concerned.version, '', NULL, 0
    FROM (SELECT DISTINCT workspace, day, type FROM former) former
    JOIN concerned ON concerned.type = former.type
    UNION ALL
    SELECT
      former.workspace, former.day, concerned.kpi, concerned.version,
      dimension.key || ':' || dimension.value, NULL, 0
    FROM (SELECT DISTINCT workspace, day, type, cut FROM former) former
    JOIN concerned ON concerned.type = former.type, json_each(former.cut) dimension
    WHERE substr(dimension.key, 1, 2) = 'p.'
      OR instr(concerned.dimensions, '"' || dimension.key || '"')
  ),
  added AS MATERIALIZED (
    SELECT workspace, day, kpi, version, segment, counter, sum(n) AS n
    FROM cut GROUP BY counter, segment, kpi, day, workspace, version
  )`

/**
 * A dimension keeps so many values a day, the largest; the others are told together as `other`, whose
 * counter `*` says how many they were. What looks back is not folded: what went into `other` on one day
 * would be missing from what is held on the next.
 */
const foldSegments = `
  surplus AS MATERIALIZED (
    SELECT workspace, day, kpi, version, segment, dimension || 'other' AS other
    FROM (
      SELECT
        workspace, day, kpi, version, segment,
        substr(segment, 1, instr(segment, ':')) AS dimension,
        row_number() OVER (
          PARTITION BY workspace, day, kpi, version, substr(segment, 1, instr(segment, ':'))
          ORDER BY sum(abs(n)) DESC, segment
        ) AS place
      FROM added
      WHERE segment <> '' AND n <> 0 AND kpi IN (SELECT kpi FROM concerned WHERE folds)
      GROUP BY workspace, day, kpi, version, segment
    )
    WHERE place > ?6
  ),
  told AS (
    SELECT workspace, day, kpi, version, coalesce(surplus.other, segment) AS segment, counter, n
    FROM added LEFT JOIN surplus USING (workspace, day, kpi, version, segment)
    UNION ALL
    SELECT workspace, day, kpi, version, segment, NULL, 0 FROM surplus
    UNION ALL
    SELECT workspace, day, kpi, version, other, '*', count(*)
    FROM surplus GROUP BY workspace, day, kpi, version, other
    UNION ALL
    SELECT workspace, day, kpi, version, substr(segment, 1, instr(segment, ':')) || 'other', NULL, 0
    FROM added WHERE segment <> '' AND counter IS NULL
  ),
  fresh AS MATERIALIZED (
    SELECT
      workspace, day, kpi, version, segment,
      json_group_object(counter, n ORDER BY counter)
        FILTER (WHERE counter IS NOT NULL AND n <> 0) AS counters
    FROM (
      SELECT workspace, day, kpi, version, segment, counter, sum(n) AS n
      FROM told GROUP BY segment, kpi, day, workspace, version, counter
    )
    GROUP BY 1, 2, 3, 4, 5
  )`

/** How long a KPI that comes later may take to be told of the days before it: a week, in milliseconds. */
const backfill = 7 * 86_400_000

/**
 * Replaces what differs. A closed day gets the next revision, unless the KPI is younger than the day's
 * closing and still being told of the days before: then this is the first time.
 */
const insertFresh = `
  INSERT INTO snapshot (workspace, kpi, version, segment, day, revision, counters, computed)
  SELECT
    fresh.workspace, fresh.kpi, fresh.version, fresh.segment, fresh.day,
    CASE
      WHEN known.closed IS NULL THEN coalesce(latest.revision, 1)
      WHEN latest.revision IS NULL AND known.closed < kpi.born AND ?4 < kpi.born + ${backfill} THEN 1
      ELSE coalesce(latest.revision, 1) + 1
    END,
    fresh.counters, ?4
  FROM fresh
  LEFT JOIN kpi ON kpi.id = fresh.kpi AND kpi.version = fresh.version
  LEFT JOIN day known ON known.workspace = fresh.workspace AND known.day = fresh.day
  LEFT JOIN snapshot latest ON latest.workspace = fresh.workspace AND latest.kpi = fresh.kpi
    AND latest.version = fresh.version AND latest.segment = fresh.segment
    AND latest.day = fresh.day AND latest.revision = (
      SELECT max(revision) FROM snapshot
      WHERE workspace = fresh.workspace AND kpi = fresh.kpi AND version = fresh.version
        AND segment = fresh.segment AND day = fresh.day
    )
  WHERE fresh.counters IS NOT coalesce(latest.counters, '{}')
  ON CONFLICT (workspace, kpi, version, segment, day, revision)
    DO UPDATE SET counters = excluded.counters, computed = excluded.computed
    WHERE excluded.computed >= snapshot.computed
  RETURNING workspace`

const writeSnapshots = (rules: string) =>
  `WITH ${targetDays},\n  ${rules},${countersOfKpis},${foldSegments}${insertFresh}`

/** How many values of a closed day there are, and how many of them are not what was published first. */
const writeRevisions = `
  WITH ${targetDays},
  part AS (SELECT value ->> 'part' AS part, value ->> 'column' AS column FROM json_each(?2)),
  value AS MATERIALIZED (
    SELECT target.workspace, target.day, max(snapshot.revision) > 1 AS revised
    FROM target
    CROSS JOIN json_each(?3) version
    CROSS JOIN snapshot ON snapshot.workspace = target.workspace AND snapshot.kpi = version.key
      AND snapshot.version = version.value AND snapshot.segment = '' AND snapshot.day = target.day
    WHERE target.final OR target.day <= target.closed
    GROUP BY target.workspace, target.day, version.key
    HAVING max(snapshot.revision) > 1 OR max(snapshot.counters) <> '{}'
  ),
  fresh AS (
    SELECT
      workspace, day, ?5 AS kpi, ?6 AS version, '' AS segment,
      json_group_object(part, n ORDER BY part) FILTER (WHERE n <> 0) AS counters
    FROM (
      SELECT
        value.workspace, value.day, part.part,
        sum(CASE part.column WHEN 'revised' THEN value.revised ELSE 1 END) AS n
      FROM value CROSS JOIN part GROUP BY 1, 2, 3
    )
    GROUP BY 1, 2
  )
  ${insertFresh}`

/** The statements of the KPIs that read one of the types, each as many KPIs as one statement takes. */
export function publications(kpis: readonly Kpi[], types: readonly Subject[]): Publication[] {
  const found: Publication[] = []
  let rest = kpis.filter((kpi) => reads(kpi).some((type) => types.includes(type)))
  while (rest.length > 0) {
    let size = rest.length
    let group = publication(rest)
    while (size > 1 && group.statement.length > statementLimit) {
      size = Math.ceil(size / 2)
      group = publication(rest.slice(0, size))
    }
    found.push(group)
    rest = rest.slice(size)
  }
  return found
}

/** Compiling costs as much of an invocation's CPU as all else it does, and always gives the same. */
const compiled = new Map<string, Publication>()

function publication(kpis: readonly Kpi[]): Publication {
  const name = kpis.map(({ id, version }) => `${id} ${version}`).join()
  const known = compiled.get(name)
  if (known !== undefined) return known
  const { sql, parts, kpis: rows } = compile(kpis)
  const made = {
    // Indentation is not for D1, which takes so many bytes only.
    statement: writeSnapshots(sql).replaceAll(/\s+/g, ' '),
    parts: JSON.stringify(parts),
    kpis: JSON.stringify(rows),
  }
  compiled.set(name, made)
  return made
}

/** The statement of a KPI that is made of the other KPIs' snapshots; nothing for any other. */
export function revisions(
  db: D1Database,
  kpi: Kpi,
  { kpis, days, computed }: { kpis: readonly Kpi[]; days: string; computed: number },
): D1PreparedStatement[] {
  const parts = Object.entries(kpi.parts).flatMap(([part, { rule }]) =>
    rule.how === 'revision' ? [{ part, column: rule.column }] : [],
  )
  if (parts.length === 0) return []
  const others = kpis
    .filter((other) => other.id !== kpi.id && !waits(other))
    .map(({ id, version }) => [id, version])
  return [
    db
      .prepare(writeRevisions)
      .bind(
        days,
        JSON.stringify(parts),
        JSON.stringify(Object.fromEntries(others)),
        computed,
        kpi.id,
        kpi.version,
      ),
  ]
}
