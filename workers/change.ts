import type { Fact } from '../src/fact.ts'
import { noticePage } from '../src/pages/notice.ts'
import { windowOf } from '../src/standing.ts'
import { type StoredAnswer, readAnswer } from '../src/store/answers.ts'
import { store } from '../src/store/facts.ts'
import { withdraw } from '../src/store/withdraw.ts'
import type { Day } from '../src/day.ts'
import { type Answering, accepted, refuse } from './answering.ts'
import { dressFor } from './asked.ts'
import { validation } from './body.ts'
import { looks } from './intake.ts'
import { lockedNotice } from './notices.ts'
import { html } from './page.ts'
import { problem } from './reply.ts'

/** Until when an answer may be changed, in milliseconds since 1970 UTC. */
export const changeableUntil = (
  answer: Pick<StoredAnswer, 'received'>,
  document: Parameters<typeof windowOf>[0],
): number => answer.received + windowOf(document)

/** What is said now, where something was left out as it was said before. */
function merged(answer: StoredAnswer, fact: Fact, { fields, form }: Answering['body']): Fact {
  const data = { ...fact.data }
  const { comment, drivers } = answer.data
  if (!('comment' in fields) && comment !== undefined) data['comment'] = comment
  // A form without any box checked says that none fits; a program that names none says nothing.
  if (!form && !('drivers' in fields) && drivers !== undefined) data['drivers'] = drivers
  return {
    ...fact,
    data,
    entity: fact.entity ?? answer.entity,
    dimensions: { ...propertiesOf(answer.dimensions), ...fact.dimensions },
  }
}

/** What somebody else has said of the respondent stays, whatever the respondent says. */
const propertiesOf = (dimensions: StoredAnswer['dimensions']) =>
  Object.fromEntries(Object.entries(dimensions).filter(([name]) => name.startsWith('p.')))

function sameAs(answer: StoredAnswer, fact: Fact): boolean {
  return (
    answer.score === fact.value &&
    answer.data['comment'] === fact.data['comment'] &&
    answer.data['drivers'] === fact.data['drivers']
  )
}

/**
 * Says an answer again. The same is no change; another one takes its place while that is allowed, and
 * keeps its time and its day; what it was before stays on record and no longer counts.
 */
export async function changeAnswer(
  answering: Answering,
  answer: StoredAnswer,
  fact: Fact,
): Promise<Response> {
  const { env, visit, body, now } = answering
  const { survey } = visit
  const { id, source, time, day, counting } = answer
  const said = merged(answer, fact, body)
  if (sameAs(answer, said)) return accepted(answering, fact, 200)
  if (now >= changeableUntil(answer, survey.document)) return refuseLate(answering, answer)
  const { invitation: _, ...changed } = said
  await store(env.DB, {
    workspace: survey.workspace,
    facts: [
      {
        ...changed,
        source,
        id: `${id}~${now}`,
        replaces: id,
        rereads: counting,
        revision: now,
        time,
        day: day as Day,
      },
    ],
    received: now,
    looks,
  })
  const { workspace } = survey
  if ((await readAnswer(env.DB, workspace, { source, id })) !== 'withdrawn') {
    return accepted(answering, fact, 201)
  }
  // Somebody has withdrawn it meanwhile: what was said just now goes as well.
  await withdraw(env.DB, { workspace, source, id, looks, now })
  return refuse(answering.request, 'withdrawn', visit)
}

function refuseLate(answering: Answering, answer: StoredAnswer): Promise<Response> | Response {
  const { body, visit, language } = answering
  const { survey } = visit
  const hours = windowOf(survey.document) / 3_600_000
  if (!body.form) {
    const message = `The answer is locked: it could be changed for ${hours} hours`
    return problem(validation('answer', [{ path: 'score', message }]))
  }
  const dress = dressFor(survey)
  const notice = lockedNotice(answer, survey, language)
  return html(noticePage({ language, notice, dress }), { status: 422, dress })
}
