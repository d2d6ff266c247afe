-- Additive and checked by hand, as 0001.

-- Up to which place an export has been taken in: while there is one, nothing of the workspace is rolled up.
ALTER TABLE workspace ADD COLUMN importing TEXT;
