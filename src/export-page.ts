import * as v from 'valibot'
import { base64url, parseBase64url, parseUtf8, utf8 } from './bytes.ts'

/** The form of an export that this version writes and reads. */
export const exportFormat = 1

/** Where a page of an export ended: a kind of line and the key of the last row, without one before the first. */
export type Place = readonly [kind: string, ...key: (string | number)[]]

const placeFields = v.tupleWithRest([v.string()], v.union([v.string(), v.number()]))

/** A place as the text that leads to the next page. */
export function cursorOf(place: Place): string {
  return base64url(utf8(JSON.stringify(place)))
}

/** The place that {@link cursorOf} has made a text of, or `null`. */
export function parsePlace(text: string): Place | null {
  const json = parseUtf8(parseBase64url(text) ?? new Uint8Array(0))
  try {
    return v.parse(placeFields, JSON.parse(json ?? ''))
  } catch {
    return null
  }
}

const cursorField = v.nullable(v.pipe(v.string(), v.maxLength(8_000)))

const wholeField = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The first line of a page: of what workspace it is, and which page comes before it. */
export const headFields = v.strictObject({
  kind: v.literal('page'),
  format: v.literal(exportFormat),
  workspace: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  after: cursorField,
})

/** The last line of a page: how many rows it has and where the next begins; on the last page, which KPIs were told. */
export const endFields = v.strictObject({
  kind: v.literal('end'),
  rows: wholeField,
  next: cursorField,
  kpis: v.optional(v.array(v.strictObject({ id: v.string(), version: wholeField }))),
})

/** A line between them: a row of a table. */
export const rowFields = v.strictObject({
  kind: v.string(),
  row: v.record(v.string(), v.unknown()),
})
