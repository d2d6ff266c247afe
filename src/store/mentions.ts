/** Texts that hold a name of `given`, a {@link Mention} as JSON: SQL that names the text. */
export const mentions = (text: string, given: string) => `(
    EXISTS (
      SELECT 1 FROM json_each(${given}, '$.anywhere') name
      WHERE instr(lower(${text}), name.value) > 0
    ) OR EXISTS (
      SELECT 1 FROM json_each(${given}, '$.written') name
      WHERE instr(lower(${text}), name.value) > 0
    ) AND CASE WHEN json_valid(${text}) THEN EXISTS (
      SELECT 1 FROM json_tree(${text}) leaf
      WHERE lower(CAST(leaf.atom AS TEXT)) IN (SELECT value FROM json_each(${given}, '$.values'))
    ) ELSE EXISTS (
      SELECT 1 FROM json_each(${given}, '$.written') name
      WHERE lower(trim(${text})) = name.value OR instr(lower(${text}), '>' || name.value || '<') > 0
    ) END
  )`

/** The names of a source's deliveries in a row, from after `?3` and `?4`: so many are looked at at once. */
const stretch = `
  SELECT identity.source, identity.id
  FROM source CROSS JOIN identity
    ON identity.workspace = ?1 AND identity.source = source.id
  WHERE source.workspace = ?1 AND source.id >= ?3
    AND (identity.source > ?3 OR identity.id > ?4)
  ORDER BY source.id, identity.id LIMIT ?5`

const body = 'CAST(told.body AS TEXT)'

/** A body that names somebody goes with all that quotes it, as one past its time does. */
export const emptyDelivery = `
    body = NULL, headers = NULL, reason = NULL,
    state = CASE WHEN state IS NULL OR state = 'stored' THEN state ELSE 'expired' END`

export const emptyMentioning = `
  UPDATE identity SET ${emptyDelivery}
  WHERE (workspace, source, id) IN (
    SELECT ?1, told.source, told.id
    FROM (${stretch}) looked CROSS JOIN identity told
      ON told.workspace = ?1 AND told.source = looked.source AND told.id = looked.id
    WHERE told.body IS NOT NULL AND ${mentions(body, '?2')}
      OR told.reason IS NOT NULL AND ${mentions('told.reason', '?2')}
  )`

/** Where a stretch ends; nothing where it is the last, and `?2` is not asked. */
export const endOfStretch = `
  SELECT source, id FROM (${stretch}) LIMIT 1 OFFSET ?5 - 1`
