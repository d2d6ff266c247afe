-- What the bare Worker needs and no more: no index besides the keys, no checks.
CREATE TABLE answer (
  id TEXT NOT NULL PRIMARY KEY,
  score INTEGER NOT NULL,
  comment TEXT NOT NULL,
  time INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE snapshot (
  kpi TEXT NOT NULL,
  day TEXT NOT NULL,
  counters TEXT NOT NULL,
  PRIMARY KEY (kpi, day)
) WITHOUT ROWID;
