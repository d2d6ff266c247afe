-- Additive and checked by hand, as 0001.

-- How an embed looks, where it is not as embeds are: checked before it is written.
ALTER TABLE embed ADD COLUMN look TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(look));
-- What is public of people's answers, by segment; NULL where nothing has to be held back. What was
-- published once cannot be computed again, because days change.
ALTER TABLE embed ADD COLUMN released TEXT CHECK (json_valid(released));
-- How often that has changed: two runs at once must not both add to it.
ALTER TABLE embed ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
