/** Dimensions without a respondent's properties: SQL that names the dimensions. */
export const bare = (dimensions: string) => `(
    SELECT json_group_object(key, value) FROM json_each(${dimensions})
    WHERE substr(key, 1, 2) <> 'p.'
  )`

/** Whether there are any: names are the only texts that are followed by a colon. */
export const hasProperties = (dimensions: string) => `instr(${dimensions}, '"p.') > 0`
