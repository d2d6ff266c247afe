import * as v from 'valibot'
import { invalid } from '../../src/problem.ts'
import type { NewestCursor } from '../../src/store/newest.ts'

const limitField = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/, 'Expected a whole number from 1 to 200'),
  v.transform(Number),
  v.minValue(1, 'Expected a whole number from 1 to 200'),
  v.maxValue(200, 'Expected a whole number from 1 to 200'),
)

/** The parameters of every list. */
export const listQuery = {
  limit: v.optional(limitField, '50'),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(8_000, 'The cursor is not one of ours')), ''),
}

/** One page of a list, and the header that leads to the next. */
export interface ListPage<Item> {
  readonly body: { readonly items: readonly Item[]; readonly next: string | null }
  readonly headers: Readonly<Record<string, string>>
}

/** Cuts a list, read with one item more than shown, into its page; `next` is where the rest begins. */
export function listPage<Row, Item>(
  request: Request,
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  show: (row: Row) => Item,
): ListPage<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? cursorOf(last) : null
  const url = new URL(request.url)
  if (next !== null) url.searchParams.set('cursor', next)
  return {
    body: { items: shown.map(show), next },
    headers: next === null ? {} : { Link: `<${url.pathname}${url.search}>; rel="next"` },
  }
}

/** Where a page ended of a list that begins with the newest, as the cursor of its next one. */
export const cursorText = ({ created, id }: NewestCursor) => `${created}.${id}`

/** @throws Problem 422 where the text is no cursor of such a list; `null` where it is empty. */
export function parseCursor(text: string): NewestCursor | null {
  if (text === '') return null
  const [, created, id] = /^(\d{1,15})\.([\w-]{22})$/.exec(text) ?? []
  if (created === undefined || id === undefined) {
    throw invalid('cursor', 'The cursor is not one of ours')
  }
  return { created: Number(created), id }
}
