-- What the bare webhook needs and no more.
CREATE TABLE hook (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
