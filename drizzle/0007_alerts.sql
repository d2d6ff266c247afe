-- Additive and checked by hand, as 0001.

-- What somebody knows of a day that its numbers do not tell.
CREATE TABLE annotation (
  workspace TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  id TEXT NOT NULL,
  kpi TEXT, -- NULL is all of them
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 400),
  created INTEGER NOT NULL,
  PRIMARY KEY (workspace, day, id)
) STRICT, WITHOUT ROWID;

-- What a team wants to be told of, and where.
CREATE TABLE alert (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('value', 'change', 'anomaly', 'silence', 'source', 'detractor')),
  rule TEXT NOT NULL CHECK (json_valid(rule)),
  format TEXT NOT NULL CHECK (format IN ('slack', 'standard')),
  host TEXT NOT NULL,
  target TEXT NOT NULL, -- address and secret, sealed
  cooldown INTEGER NOT NULL CHECK (cooldown BETWEEN 0 AND 720), -- hours
  created INTEGER NOT NULL,
  checked TEXT NOT NULL DEFAULT '', -- the last closed day that was looked at
  told INTEGER NOT NULL DEFAULT 0 -- when it last told anything; the cool-down runs from here
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_workspace ON alert (workspace);

-- What was found, once by alert and subject, until it has been told.
CREATE TABLE outbox (
  alert TEXT NOT NULL,
  subject TEXT NOT NULL,
  workspace TEXT NOT NULL,
  finding TEXT NOT NULL CHECK (json_valid(finding)),
  created INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'muted')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL, -- when to try next; of what is settled, when it was
  status INTEGER, -- of the last answer
  error TEXT, -- why there was none
  PRIMARY KEY (alert, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (state, due);

-- In the transaction of the answer itself. What is imported from the past is no news.
CREATE TRIGGER alert_detractor AFTER INSERT ON fact
WHEN NEW.type = 'survey.response' AND NEW.value BETWEEN 0 AND 6 AND NEW.replaced IS NULL
  AND NEW.dimensions ->> 'kind' = 'nps' AND NEW.time > NEW.received - 86400000
BEGIN
  INSERT INTO outbox (alert, subject, workspace, finding, created, state, due)
  SELECT alert.id, NEW.source || ' ' || coalesce(NEW.replaces, NEW.id), NEW.workspace,
    json_object(
      'kind', 'detractor', 'survey', NEW.dimensions ->> 'survey', 'score', NEW.value,
      'day', NEW.day, 'source', NEW.source, 'id', NEW.id
    ), NEW.received, 'waiting', NEW.received
  FROM alert
  WHERE alert.workspace = NEW.workspace AND alert.kind = 'detractor'
    AND coalesce(alert.rule ->> 'survey', NEW.dimensions ->> 'survey') = NEW.dimensions ->> 'survey'
  ON CONFLICT DO NOTHING;
END;
