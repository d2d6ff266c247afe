import { Hono } from 'hono'

interface Answer {
  readonly submission: string
  readonly score: number
  readonly comment: string
}

/** The least that a Worker on D1 can do: what ours is measured against. */
const app = new Hono<{ Bindings: { DB: D1Database } }>()
  .get('/', (c) => c.text('ok'))
  .post('/answers', async (c) => {
    const { submission, score, comment } = await c.req.json<Answer>()
    await c.env.DB.prepare('INSERT INTO answer (id, score, comment, time) VALUES (?1, ?2, ?3, ?4)')
      .bind(submission, score, comment, Date.now())
      .run()
    return c.json({ response: submission }, 201)
  })
  .get('/snapshots', async (c) => {
    const { results } = await c.env.DB.prepare(
      'SELECT day, counters FROM snapshot WHERE kpi = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day',
    )
      .bind('nps', c.req.query('from'), c.req.query('to'))
      .all()
    return c.json(results)
  })

export default app
