-- Additive and checked by hand, as 0001.

-- What others reach with a KPI. Without a source and a year nothing is kept.
CREATE TABLE benchmark (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kpi TEXT NOT NULL,
  low REAL NOT NULL,
  middle REAL CHECK (middle BETWEEN low AND high),
  high REAL NOT NULL CHECK (high >= low),
  industry TEXT,
  source TEXT NOT NULL CHECK (source <> ''),
  year INTEGER NOT NULL CHECK (year BETWEEN 1000 AND 9999),
  url TEXT,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX benchmark_workspace ON benchmark (workspace);

-- A link to a report that everybody who has it may read.
CREATE TABLE report (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period IN ('month', 'quarter', 'days')),
  "from" TEXT CHECK (("from" IS NOT NULL) = (period = 'days')),
  "to" TEXT CHECK (("to" IS NOT NULL) = (period = 'days')),
  locale TEXT NOT NULL,
  title TEXT,
  minimum INTEGER NOT NULL CHECK (minimum BETWEEN 1 AND 1000),
  created INTEGER NOT NULL,
  revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX report_workspace ON report (workspace);
