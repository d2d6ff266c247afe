-- Additive and checked by hand. STRICT refuses what D1 would coerce; WITHOUT ROWID saves the row that a
-- hidden index would cost. No foreign keys: a rebuilt parent would empty its children on D1.

-- A team or brand. Nothing crosses it.
CREATE TABLE workspace (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  zone TEXT NOT NULL, -- IANA time zone; fixed for life, because the days are cut by it
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  created INTEGER NOT NULL,
  closed TEXT NOT NULL CHECK (length(closed) = 10), -- the last local day that has ended and been rolled up
  due INTEGER NOT NULL -- the instant at which the day after `closed` ends
) STRICT, WITHOUT ROWID;

-- An API key; the secret itself is nowhere.
CREATE TABLE key (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of the secret, hexadecimal
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  created INTEGER NOT NULL,
  revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX key_workspace ON key (workspace);

CREATE TABLE survey (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1), -- the version that is asked now
  created INTEGER NOT NULL,
  closed INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_workspace ON survey (workspace);

-- What was asked. Written once, never changed.
CREATE TABLE survey_version (
  survey TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  document TEXT NOT NULL CHECK (json_valid(document)),
  created INTEGER NOT NULL,
  PRIMARY KEY (survey, version)
) STRICT, WITHOUT ROWID;

-- Append-only. Clustered by what the rollup reads; the unique index is the identity, for ever.
CREATE TABLE fact (
  workspace TEXT NOT NULL,
  type TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  entity TEXT, -- personal; emptied when the person is erased
  time INTEGER NOT NULL CHECK (time >= 0),
  received INTEGER NOT NULL,
  value INTEGER,
  dimensions TEXT NOT NULL CHECK (json_valid(dimensions)),
  data TEXT NOT NULL CHECK (json_valid(data)), -- personal; emptied when the person is erased
  PRIMARY KEY (workspace, type, day, source, id),
  CHECK (type <> 'survey.response' OR value IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX fact_identity ON fact (workspace, source, id);
-- Only for facts that have somebody: an anonymous answer does not pay for it.
CREATE INDEX fact_entity ON fact (workspace, subject, entity, type, time) WHERE entity IS NOT NULL;

-- A closed day that must be rolled up again for KPIs that read this type. Days that are not closed yet
-- are rolled up by every run and need no mark.
CREATE TABLE dirty (
  workspace TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  type TEXT NOT NULL,
  PRIMARY KEY (workspace, day, type)
) STRICT, WITHOUT ROWID;

-- The bounds that a day was rolled up with, half-open, in milliseconds. They stay when the time zone
-- database changes, and decide to which day a late fact belongs.
CREATE TABLE day (
  workspace TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL CHECK ("end" >= start),
  closed INTEGER, -- when it was first rolled up after its end
  PRIMARY KEY (workspace, day)
) STRICT, WITHOUT ROWID;

-- One KPI's counters on one day for one segment ('' is all). A closed day that changes gets the next
-- revision and keeps the old row.
CREATE TABLE snapshot (
  workspace TEXT NOT NULL,
  kpi TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  segment TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  counters TEXT NOT NULL CHECK (json_valid(counters)),
  computed INTEGER NOT NULL,
  PRIMARY KEY (workspace, kpi, version, segment, day, revision)
) STRICT, WITHOUT ROWID;

-- A public, unguessable, revocable id that shows one KPI in one way.
CREATE TABLE embed (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kpi TEXT NOT NULL,
  segment TEXT NOT NULL,
  days INTEGER NOT NULL CHECK (days >= 1), -- the window: so many days, the running one included
  grain TEXT NOT NULL,
  kind TEXT NOT NULL,
  minimum INTEGER NOT NULL CHECK (minimum >= 1),
  locale TEXT NOT NULL,
  theme TEXT NOT NULL,
  created INTEGER NOT NULL,
  revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX embed_workspace ON embed (workspace);

-- When something that must happen regularly last happened.
CREATE TABLE heartbeat (
  name TEXT NOT NULL PRIMARY KEY,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
