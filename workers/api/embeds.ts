import { Hono } from 'hono'
import * as v from 'valibot'
import { charts } from '../../src/charts/index.ts'
import { kpis } from '../../src/kpis/index.ts'
import { languages } from '../../src/languages/index.ts'
import { Problem, invalid } from '../../src/problem.ts'
import { segmentField, segmentRule } from '../../src/segment.ts'
import { type Embed, createEmbed, listEmbeds, revokeEmbed } from '../../src/store/embeds.ts'
import { grains, parseSpan, windowLimit } from '../../src/window.ts'
import { readJson } from '../body.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { listPage, listQuery } from './list.ts'

const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  v.picklist(options, `Expected one of ${options.join(', ')}`)

const ids = kpis.map(({ id }) => id)
const kinds = charts.map(({ kind }) => kind)
const tags = languages.map(({ id }) => id)
const spanRule = `Expected a number of days from "1d" to "${windowLimit}d"`
const minimumRule = 'Expected a whole number from 1 to 1000'

const embedBody = v.strictObject({
  kpi: v.picklist(ids, `Expected one of ${ids.join(', ')}`),
  segment: v.optional(segmentField),
  window: v.pipe(v.string(spanRule), v.transform(parseSpan), v.number(spanRule)),
  by: v.optional(oneOf(grains)),
  kind: v.picklist(kinds, `Expected one of ${kinds.join(', ')}`),
  minimum: v.optional(
    v.pipe(
      v.number(minimumRule),
      v.integer(minimumRule),
      v.minValue(1, minimumRule),
      v.maxValue(1_000, minimumRule),
    ),
    5,
  ),
  locale: v.optional(v.picklist(tags, `Expected one of ${tags.join(', ')}`), 'en'),
  theme: v.optional(oneOf(['light', 'dark', 'auto']), 'auto'),
})

/** Periods that a chart of so many days can show side by side. */
function grainFor(days: number): Embed['grain'] {
  if (days <= 92) return 'day'
  return days <= 731 ? 'week' : 'month'
}

function show(embed: Embed, origin: string) {
  const { id, kpi, segment, days, grain, kind, minimum, locale, theme, created } = embed
  const url = (suffix: string) => `${origin}/e/${id}.${suffix}`
  return {
    id,
    kpi,
    segment: segment === '' ? null : segment,
    window: `${days}d`,
    by: grain,
    kind,
    minimum,
    locale,
    theme,
    created: new Date(created).toISOString(),
    urls: {
      svg: url('svg'),
      json: url('json'),
      csv: url('csv'),
      shields: url('shields.json'),
    },
  }
}

/** `/v1/embeds`: what is shown to everybody is chosen here, one embed at a time. */
export const embedRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const { window: days, by, segment = '', ...body } = await readJson(c.req.raw, embedBody)
    const kpi = kpis.find(({ id }) => id === body.kpi)
    const rule = kpi === undefined || segment === '' ? null : segmentRule(kpi, segment)
    if (rule !== null) throw invalid('segment', rule)
    const embed: Embed = {
      ...body,
      id: publicId(),
      segment,
      days,
      grain: by ?? grainFor(days),
      created: Date.now(),
    }
    await createEmbed(c.env.DB, c.get('workspace').id, embed)
    return json(show(embed, new URL(c.req.url).origin), 201)
  })
  .get('/', guard('read'), async (c) => {
    const { limit, cursor } = readQuery(c.req.raw, listQuery)
    const { origin } = new URL(c.req.url)
    const rows = await listEmbeds(c.env.DB, c.get('workspace').id, { cursor, limit: limit + 1 })
    const page = listPage(
      c.req.raw,
      rows,
      limit,
      ({ id }) => id,
      (row) => show(row, origin),
    )
    return taggedJson(c.req.raw, page.body, page.headers)
  })
  .delete('/:id', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const id = c.req.param('id')
    if (!(await revokeEmbed(c.env.DB, c.get('workspace').id, id, Date.now()))) {
      throw new Problem('not-found', `No embed "${id}" is in use here`)
    }
    return new Response(null, { status: 204 })
  })
