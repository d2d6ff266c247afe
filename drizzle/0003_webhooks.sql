-- Additive and checked by hand, as 0001. An index gives way to a table that says more than it did.

-- What has been taken in, by the name that its source gave it, for ever: a fact, a webhook's delivery, or
-- both in one row where a delivery tells a fact of its own name. Unique for every road that writes.
CREATE TABLE identity (
  workspace TEXT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT, -- with `day`: where the fact of this name lies; NULL where there is none (yet)
  day TEXT CHECK (length(day) = 10),
  state TEXT CHECK (state IN ('stored', 'ignored', 'quarantined', 'conflict', 'expired')), -- of deliveries only, as all below
  reason TEXT, -- why not everything was stored; may quote the body, so personal
  received INTEGER,
  digest TEXT CHECK (length(digest) = 64), -- of what it says: a repeat has the same, a conflict another
  headers TEXT CHECK (json_valid(headers)), -- those that reading needs
  body BLOB, -- as it was signed; personal; emptied after the source's retention
  PRIMARY KEY (workspace, source, id),
  CHECK ((type IS NULL) = (day IS NULL)),
  CHECK ((state IS NULL) = (digest IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO identity (workspace, source, id, type, day)
SELECT workspace, source, id, type, day FROM fact;
-- Only for deliveries that were not stored: those that were do not pay for it.
CREATE INDEX identity_state ON identity (state, workspace, received)
WHERE state IN ('ignored', 'quarantined', 'conflict');

-- A name that is taken stays taken, whatever the type and day of what is sent under it again. A delivery
-- names the place of its fact before the fact is there.
CREATE TRIGGER fact_named BEFORE INSERT ON fact
WHEN EXISTS (
  SELECT 1 FROM identity
  WHERE workspace = NEW.workspace AND source = NEW.source AND id = NEW.id
    AND type IS NOT NULL AND NOT (type = NEW.type AND day = NEW.day)
)
BEGIN
  SELECT RAISE(IGNORE);
END;
CREATE TRIGGER fact_names AFTER INSERT ON fact
BEGIN
  INSERT INTO identity (workspace, source, id, type, day)
  VALUES (NEW.workspace, NEW.source, NEW.id, NEW.type, NEW.day)
  ON CONFLICT DO UPDATE SET type = excluded.type, day = excluded.day WHERE identity.type IS NULL;
END;
DROP INDEX fact_identity;

-- Of all facts that correct the same one, the greatest counts; its time where it is NULL.
ALTER TABLE fact ADD COLUMN revision INTEGER;
-- What the delivery is called that told it: only that one may tell it otherwise when it is read again.
ALTER TABLE fact ADD COLUMN delivery TEXT;

-- An inbound webhook endpoint of one vendor.
CREATE TABLE source (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  vendor TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1), -- one more with every change of what follows
  config TEXT NOT NULL CHECK (json_valid(config)),
  secrets TEXT NOT NULL CHECK (json_valid(secrets)), -- sealed, each with its id and when it ends
  retention INTEGER NOT NULL CHECK (retention BETWEEN 1 AND 3650), -- days that bodies are kept
  created INTEGER NOT NULL,
  removed INTEGER,
  refused INTEGER, -- when a request was last refused, to the minute
  refusal TEXT,
  swept TEXT NOT NULL DEFAULT '', -- up to which name deliveries have been looked through in this round
  counting TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counting)), -- what was found in it, by state
  counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)), -- what was found in the last whole round
  counted INTEGER, -- when that began
  begun INTEGER NOT NULL DEFAULT 0, -- when this one did
  watched INTEGER NOT NULL DEFAULT 0, -- when its rhythm was last looked at
  silent INTEGER -- since when nothing has come, where that is longer than usual
) STRICT, WITHOUT ROWID;
CREATE INDEX source_workspace ON source (workspace);

-- When a source's facts came on a day, from which follows how long it is usually silent.
CREATE TABLE rhythm (
  source TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  facts INTEGER NOT NULL,
  first INTEGER NOT NULL, -- when the first of them arrived, and the last
  last INTEGER NOT NULL,
  gap INTEGER NOT NULL, -- the longest time between two, in milliseconds
  PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

-- What a vendor says once and later deliveries need, such as the amount of a deal.
CREATE TABLE memory (
  workspace TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  time INTEGER NOT NULL, -- when it arrived
  PRIMARY KEY (workspace, source, name)
) STRICT, WITHOUT ROWID;
