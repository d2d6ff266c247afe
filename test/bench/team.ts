import { addDays, dayFinder } from '../../src/day.ts'
import { adminKey } from '../program/host.ts'

/** A team with a survey, ninety days of answers to it, their snapshots, a badge and a chart. */
export interface Team {
  readonly id: string
  readonly secret: string
  readonly survey: string
  /** Paths of its two embeds. */
  readonly badge: string
  readonly chart: string
}

/** The days of answers, and the answers of each. */
export const history = { days: 90, answers: 20 } as const

/** Over HTTP, as a team would. */
export async function settle(origin: string, now: number): Promise<Team> {
  const workspace = await post<{ id: string; key: { secret: string } }>(
    `${origin}/v1/workspaces`,
    adminKey,
    { name: 'Bench', timeZone: 'UTC', currency: 'EUR' },
  )
  const { secret } = workspace.key
  const survey = await post<{ id: string }>(`${origin}/v1/surveys`, secret, {
    kind: 'nps',
    name: 'Recommendation',
  })
  await remember(origin, secret, survey.id, now)
  const [badge, chart] = await Promise.all(
    ['badge', 'line'].map((kind) =>
      post<{ urls: { svg: string } }>(`${origin}/v1/embeds`, secret, {
        kpi: 'nps',
        window: `${history.days}d`,
        kind,
      }),
    ),
  )
  return {
    id: workspace.id,
    secret,
    survey: survey.id,
    badge: new URL(badge?.urls.svg ?? '').pathname,
    chart: new URL(chart?.urls.svg ?? '').pathname,
  }
}

/** Sends the history and rolls it up. */
async function remember(origin: string, secret: string, survey: string, now: number) {
  const today = dayFinder('UTC')(now)
  for (let back = history.days; back > 0; back--) {
    const time = `${addDays(today, -back)}T12:00:00Z`
    const answers = Array.from({ length: history.answers }, (_, index) =>
      event(`${back}-${index}`, time, { survey, score: (index * 7 + back * index) % 11 }),
    )
    await post(`${origin}/v1/facts`, secret, answers, batch)
  }
  for (let remaining = 1; remaining > 0;) {
    const report = await post<{ remaining: number }>(`${origin}/v1/rollups`, secret)
    remaining = report.remaining
  }
}

/** The media type of many facts in one body. */
export const batch = 'application/cloudevents-batch+json'

/** An answer from elsewhere, in its envelope. */
export function event(id: string, time: string, data: Readonly<Record<string, unknown>>) {
  return { specversion: '1.0', type: 'survey.response', source: 'bench', id, time, data }
}

async function post<Body = unknown>(
  url: string,
  secret: string,
  body?: unknown,
  type = 'application/json',
): Promise<Body> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': type },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json<Body>()
}
