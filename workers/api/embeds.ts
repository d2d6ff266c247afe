import { Hono } from 'hono'
import { charts } from '../../src/charts/index.ts'
import { dayFinder } from '../../src/day.ts'
import type { Embed } from '../../src/embed.ts'
import { Problem, invalid } from '../../src/problem.ts'
import { hasTarget, listEmbeds, revokeEmbed } from '../../src/store/embeds.ts'
import type { Workspace } from '../../src/store/workspaces.ts'
import { readJson } from '../body.ts'
import { embedTag, purge } from '../cache.ts'
import { type Guarded, guard } from '../guard.ts'
import { publishNew } from '../published.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json, taggedJson } from '../reply.ts'
import { embedBody, embedOf } from './embed-body.ts'
import { listPage, listQuery } from './list.ts'

/** @throws Problem 422 where a kind measures against a target, and there is none. */
async function refuseUnlessAimed(db: D1Database, workspace: Workspace, embed: Embed) {
  const aimed = charts.find(({ kind }) => kind === embed.kind)?.needs === 'target'
  if (!aimed || embed.look.target !== undefined) return
  const today = dayFinder(workspace.zone)(embed.created)
  if (await hasTarget(db, workspace.id, embed, today)) return
  throw invalid('target', 'Expected a number, because no target of this KPI is in force')
}

function show(embed: Embed, origin: string) {
  const { id, kpi, segment, days, grain, kind, minimum, locale, theme, look, created } = embed
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
    ...look,
    created: new Date(created).toISOString(),
    urls: {
      svg: url('svg'),
      png: url('png'),
      json: url('json'),
      csv: url('csv'),
      html: url('html'),
      shields: url('shields.json'),
    },
  }
}

/** `/v1/embeds`: what is shown to everybody is chosen here, one embed at a time. */
export const embedRoutes = new Hono<Guarded>()
  .post('/', guard('write'), async (c) => {
    readQuery(c.req.raw, {})
    const body = await readJson(c.req.raw, embedBody)
    const now = Date.now()
    const embed = embedOf(body, publicId(), now)
    const workspace = c.get('workspace')
    await refuseUnlessAimed(c.env.DB, workspace, embed)
    await publishNew(c.env.DB, workspace.id, embed, now)
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
    await purge(c.executionCtx, [embedTag(id)])
    return new Response(null, { status: 204 })
  })
