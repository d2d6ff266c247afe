import { Hono } from 'hono'
import type { Description } from '../src/description.ts'
import { docsDress, docsPage } from '../src/pages/docs.ts'
import { classes } from './headers.ts'
import { html } from './page.ts'
import { readQuery } from './query.ts'
import { tagged } from './reply.ts'

/** Imported when it is first asked for, so that no other request waits for it. */
async function readDescription(): Promise<Description> {
  return (await import('../docs/openapi.json')).default
}

/** `/openapi.json` and `/docs`: what can be called here, for machines and for people. */
export const descriptionRoutes = new Hono<{ Bindings: Env }>()
  .get('/openapi.json', async (c) => {
    readQuery(c.req.raw, {})
    return tagged(c.req.raw, JSON.stringify(await readDescription()), {
      'Content-Type': 'application/json; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
      ...classes.reference,
    })
  })
  .get('/docs', async (c) => {
    readQuery(c.req.raw, {})
    const page = docsPage(await readDescription())
    return html(page, { dress: docsDress, headers: classes.reference })
  })
