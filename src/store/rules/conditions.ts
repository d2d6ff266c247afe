import type { FactType } from '../../fact.ts'
import type { Condition } from '../../rule.ts'
import { listed, matches, ordered, quoted } from './sql.ts'

type Of<Name extends Condition['is']> = Extract<Condition, { is: Name }>

/** Facts that belong together with the carrier `c`, by an index that finds them in one seek. */
function tied(alias: string, by: 'thread' | 'entity' | 'both'): { from: string; on: string } {
  const index = by === 'thread' ? 'fact_thread' : 'fact_whose'
  const ties = {
    thread: `${alias}.thread = c.thread`,
    entity: `${alias}.entity = c.entity`,
    both: `${alias}.entity = c.entity AND ${alias}.subject = c.subject`,
  }
  return {
    from: `FROM fact ${alias} INDEXED BY ${index}`,
    on: `${alias}.workspace = c.workspace AND ${ties[by]} AND ${alias}.replaced IS NULL`,
  }
}

function followed(type: FactType, { types, by, within }: Of<'followed'>): string {
  const later = tied('later', by)
  const next = tied('next', by)
  const limit = within === null ? '' : `AND later.time <= c.time + ${within}`
  return `EXISTS (
      SELECT 1 ${later.from}
      WHERE ${later.on} AND later.type IN (${listed(types)}) AND later.time >= c.time ${limit}
        AND NOT EXISTS (
          SELECT 1 ${next.from}
          WHERE ${next.on} AND next.type = ${quoted(type)} AND next.time <= later.time
            AND ${ordered(['next', type], '>', ['c', type])}
        )
    )`
}

function led({ via, to, within }: Of<'led'>): string {
  return `EXISTS (
      SELECT 1 FROM fact via INDEXED BY fact_whose CROSS JOIN fact found INDEXED BY fact_thread
      WHERE via.workspace = c.workspace AND via.entity = c.subject AND via.type = ${quoted(via)}
        AND via.replaced IS NULL
        AND found.workspace = c.workspace AND found.thread = via.thread
        AND found.type = ${quoted(to)} AND found.replaced IS NULL
        AND found.time >= c.time AND found.time <= c.time + ${within}
    )`
}

/**
 * Of two that are as near, the one before: what is met belongs to one of them only. Between the middles of
 * the way to the neighbours is what is nearer to this one, so three seeks find it, however many there are.
 */
function met(type: FactType, { by }: Of<'met'>): string {
  const found = tied('found', 'thread')
  const rival = tied('rival', 'thread')
  const twin = tied('twin', 'thread')
  const middle = (edge: 'max' | 'min', order: '<' | '>', otherwise: number) => `coalesce((
          SELECT (c.time + ${edge}(rival.time)) / 2 ${rival.from}
          WHERE ${rival.on} AND rival.type = ${quoted(type)} AND rival.time ${order} c.time
        ), ${otherwise})`
  return `NOT EXISTS (
      SELECT 1 ${twin.from}
      WHERE ${twin.on} AND twin.type = ${quoted(type)} AND twin.time = c.time
        AND (twin.source, twin.id) < (c.source, c.id)
    ) AND EXISTS (
      SELECT 1 ${found.from}
      WHERE ${found.on} AND found.type = ${quoted(by)}
        AND found.time > ${middle('max', '<', -1)}
        AND found.time <= ${middle('min', '>', Number.MAX_SAFE_INTEGER)}
    )`
}

/** None of the types, one after the other so that each is a seek; `rest` says which facts of them. */
function none(
  types: readonly FactType[],
  by: 'thread' | 'entity',
  rest: (type: FactType) => string,
): string {
  const other = tied('other', by)
  const absent = types.map(
    (type) => `NOT EXISTS (
      SELECT 1 ${other.from}
      WHERE ${other.on} AND other.type = ${quoted(type)} AND ${rest(type)}
    )`,
  )
  return [...absent, by === 'entity' ? 'c.entity IS NOT NULL' : 'true'].join(' AND ')
}

function anew(type: FactType, { dimension }: Of<'anew'>): string {
  return none(
    [type],
    'thread',
    () =>
      `other.dimensions ->> ${quoted(dimension)} IS c.dimensions ->> ${quoted(dimension)}
        AND ${ordered(['other', type], '<', ['c', type])}`,
  )
}

function onward(type: FactType, { dimension, types }: Of<'onward'>): string {
  const name = quoted(dimension)
  const later = tied('later', 'thread')
  const past = tied('past', 'thread')
  const ends = types.map(
    (end) => `EXISTS (
      SELECT 1 ${later.from}
      WHERE ${later.on} AND later.type = ${quoted(end)}
        AND ${ordered(['later', end], '>', ['c', type])}
    )`,
  )
  const moved = `EXISTS (
      SELECT 1 ${later.from}
      WHERE ${later.on} AND later.type = ${quoted(type)}
        AND later.dimensions ->> ${name} IS NOT c.dimensions ->> ${name}
        AND ${ordered(['later', type], '>', ['c', type])}
        AND NOT EXISTS (
          SELECT 1 ${past.from}
          WHERE ${past.on} AND past.type = ${quoted(type)}
            AND past.dimensions ->> ${name} IS later.dimensions ->> ${name}
            AND ${ordered(['past', type], '<', ['c', type])}
        )
    )`
  return `(${[...ends, moved].join(' OR ')})`
}

/** A condition on a carrier `c` of this type as SQL. */
export function condition(type: FactType, wanted: Condition): string {
  switch (wanted.is) {
    case 'followed':
      return followed(type, wanted)
    case 'led':
      return led(wanted)
    case 'met':
      return met(type, wanted)
    case 'first':
      return none(
        wanted.among,
        'thread',
        (other) =>
          `${matches('other.dimensions', wanted)} AND ${ordered(['other', other], '<', ['c', type])}`,
      )
    case 'debut':
      return `c.value > 0 AND ${none(
        wanted.among,
        'entity',
        (other) => `other.value > 0 AND ${ordered(['other', other], '<', ['c', type])}`,
      )}`
    case 'early':
      return none(
        wanted.among,
        'entity',
        () => `other.value > 0 AND other.time < c.time - ${wanted.within}`,
      )
    case 'last':
      return none(wanted.among, 'thread', (other) => ordered(['other', other], '>', ['c', type]))
    case 'anew':
      return anew(type, wanted)
    case 'onward':
      return onward(type, wanted)
  }
}
