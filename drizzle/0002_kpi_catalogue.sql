-- Additive and checked by hand, as 0001. An index holds no data, so one may give way to another.

-- The workspace's own dimensions, such as team: a JSON array of names.
ALTER TABLE workspace ADD COLUMN dimensions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dimensions));

-- A deal, ticket, order, subscription or lead: what tells one story in turn; NULL for everything else.
ALTER TABLE fact ADD COLUMN thread TEXT;
-- What the thing sold has cost, in minor units.
ALTER TABLE fact ADD COLUMN cost INTEGER;
-- The id of the fact of the same source that this one corrects.
ALTER TABLE fact ADD COLUMN replaces TEXT;
-- 1 once a correction has come: the fact stays and no longer counts.
ALTER TABLE fact ADD COLUMN replaced INTEGER;

-- Each only for facts that have such: an anonymous answer pays for none of them.
CREATE INDEX fact_thread ON fact (workspace, thread, type, time) WHERE thread IS NOT NULL;
CREATE INDEX fact_whose ON fact (workspace, entity, type, time) WHERE entity IS NOT NULL;
CREATE INDEX fact_replaces ON fact (workspace, source, replaces) WHERE replaces IS NOT NULL;
DROP INDEX fact_entity;

-- What requests of the team brought in, by the day of arrival. Answers by form are not tallied: each
-- would cost a row more.
CREATE TABLE tally (
  workspace TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  source TEXT NOT NULL,
  stored INTEGER NOT NULL,
  late INTEGER NOT NULL, -- of those stored, how many came for a day that had been published
  duplicate INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  PRIMARY KEY (workspace, day, source)
) STRICT, WITHOUT ROWID;

-- When a version of a KPI was first rolled up: days closed before that are backfilled.
CREATE TABLE kpi (
  id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  born INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
-- Those that have been told all along.
INSERT INTO kpi (id, version, born)
VALUES ('nps', 1, 0), ('csat', 1, 0), ('csat_mean', 1, 0), ('response_rate', 1, 0);

-- What somebody has promised to reach, by when.
CREATE TABLE target (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kpi TEXT NOT NULL,
  segment TEXT NOT NULL, -- '' is all
  baseline REAL NOT NULL,
  target REAL NOT NULL,
  "from" TEXT NOT NULL CHECK (length("from") = 10),
  "to" TEXT NOT NULL CHECK (length("to") = 10),
  owner TEXT,
  why TEXT,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX target_workspace ON target (workspace);
