import * as v from 'valibot'

/** Yes or no; a line of an import can only write it. */
export const flagField = v.pipe(
  v.union([v.boolean(), v.picklist(['true', 'false'])], 'Expected true or false'),
  v.transform((flag) => flag === true || flag === 'true'),
)
