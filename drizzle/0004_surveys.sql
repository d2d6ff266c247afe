-- Additive and checked by hand, as 0001.

-- Of the version that is asked now: whoever invites or answers is checked by them in one transaction.
ALTER TABLE survey ADD COLUMN closes INTEGER; -- milliseconds; NULL is never
ALTER TABLE survey ADD COLUMN quota INTEGER CHECK (quota >= 1);
-- How many answers its pages have taken; only counted while there is a quota.
ALTER TABLE survey ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER survey_answered AFTER INSERT ON fact
WHEN NEW.type = 'survey.response' AND NEW.replaces IS NULL AND NEW.source = '/s/' || NEW.subject
BEGIN
  UPDATE survey SET answers = answers + 1 WHERE id = NEW.subject AND quota IS NOT NULL;
END;

-- How many days must lie between two invitations of one recipient, to whatever survey.
ALTER TABLE workspace ADD COLUMN gap INTEGER NOT NULL DEFAULT 0 CHECK (gap BETWEEN 0 AND 3650);
-- How many days comments and properties of answers are kept; NULL is for ever.
ALTER TABLE workspace ADD COLUMN retention INTEGER CHECK (retention BETWEEN 1 AND 3650);
-- How many people have been erased: where there are none, nobody has to be looked up.
ALTER TABLE workspace ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

-- The invitation that an answer belongs to: one answer each, whatever road it comes by.
ALTER TABLE fact ADD COLUMN invitation TEXT;
CREATE UNIQUE INDEX fact_invitation ON fact (workspace, invitation) WHERE invitation IS NOT NULL;

-- A personal link: one recipient, one survey, one answer.
CREATE TABLE invitation (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  survey TEXT NOT NULL,
  recipient TEXT NOT NULL, -- personal; emptied when the person is erased
  mail TEXT, -- SHA-256 of the address, hexadecimal; personal as well
  properties TEXT NOT NULL CHECK (json_valid(properties)), -- personal as well
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER,
  touched INTEGER NOT NULL DEFAULT 0, -- which links of its mail were last opened in one go: bit n is score n, bit 30 the one nobody sees
  touching INTEGER -- when the last of them was opened, or the one nobody sees where that is kept
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_recipient ON invitation (workspace, recipient, created);
CREATE INDEX invitation_survey ON invitation (workspace, survey, created, id);

-- An answer that is doubted: it counts nowhere until it is promoted.
CREATE TABLE provisional (
  workspace TEXT NOT NULL,
  survey TEXT NOT NULL,
  id TEXT NOT NULL,
  fact TEXT NOT NULL CHECK (json_valid(fact)), -- personal
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  received INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('provisional', 'promoted', 'discarded', 'answered')),
  PRIMARY KEY (workspace, survey, id)
) STRICT, WITHOUT ROWID;

-- Who has been erased, as a keyed digest: whoever is named again is anonymous from the start.
CREATE TABLE tombstone (
  workspace TEXT NOT NULL,
  person TEXT NOT NULL CHECK (length(person) = 43),
  created INTEGER NOT NULL,
  PRIMARY KEY (workspace, person)
) STRICT, WITHOUT ROWID;
