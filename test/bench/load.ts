import { Agent, request } from 'node:http'
import type { Speed } from './compare.ts'

/** One request, and the only status that counts as an answer to it. */
export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
}

/** How long one round of requests lasts, in milliseconds. */
const span = 500

/**
 * Requests a second over so many kept-alive connections, each of which waits for its answer.
 *
 * @param clock whose seconds they are, in milliseconds: everybody's, or those that a processor has worked.
 * @throws where an answer has another status than the expected one.
 */
export function load(
  origin: string,
  connections: number,
  next: () => Shot,
  clock = () => performance.now(),
): Speed {
  return async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const begin = performance.now()
    const started = clock()
    let answered = 0
    const connection = async () => {
      while (performance.now() < begin + span) {
        await send(origin, agent, next())
        answered++
      }
    }
    try {
      await Promise.all(Array.from({ length: connections }, connection))
    } finally {
      agent.destroy()
    }
    return (1_000 * answered) / (clock() - started)
  }
}

function send(origin: string, agent: Agent, shot: Shot): Promise<void> {
  const { method, path, headers, body, status } = shot
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': Buffer.byteLength(body) }
    const options = { agent, method, headers: { ...headers, ...length } }
    const sent = request(`${origin}${path}`, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === status) return resolve()
        const text = Buffer.concat(chunks).toString()
        reject(
          new Error(`${method} ${path}: expected ${status}, got ${response.statusCode}: ${text}`),
        )
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
