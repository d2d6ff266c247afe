import { type Comparison, compare } from './compare.ts'
import type { Host } from '../program/host.ts'
import { type Shot, load } from './load.ts'
import type { Team } from './team.ts'

let answers = 0

/** The next answer, the same to both Workers, that must be accepted as a new one. */
function answerTo(path: string): Shot {
  answers++
  const answer = {
    submission: `bench-${answers}`,
    score: answers % 11,
    comment: 'The delivery was quick, and somebody picked up the phone',
  }
  const headers = { 'Content-Type': 'application/json' }
  return { method: 'POST', path, headers, body: JSON.stringify(answer), status: 201 }
}

const nothing: Shot = { method: 'GET', path: '/', headers: {}, body: '', status: 200 }

/**
 * Accepted answers a second, and how far above them lies what can be measured at all: the client takes
 * its share of the same processors, and where that share is large a ratio shrinks towards 1.
 */
export async function compareAnswers(ours: Host, bare: Host, team: Team): Promise<Comparison[]> {
  const found: Comparison[] = []
  for (const connections of [32, 1]) {
    const insert = load(bare.origin, connections, () => answerTo('/answers'))
    const over = `${connections} connection${connections === 1 ? '' : 's'}`
    found.push(
      await compare({
        what: `answers accepted, ${over}`,
        baseline: 'bare Worker, one INSERT',
        rounds: 25,
        speeds: [load(ours.origin, connections, () => answerTo(`/s/${team.survey}`)), insert],
      }),
      await compare({
        what: `(bare Worker without database, ${over})`,
        baseline: 'bare Worker, one INSERT',
        rounds: 5,
        speeds: [load(bare.origin, connections, () => nothing), insert],
      }),
    )
  }
  return found
}
