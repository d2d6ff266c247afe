import type { Fact } from '../src/fact.ts'
import { needsInvitation } from '../src/invitation.ts'
import type { FieldError } from '../src/problem.ts'
import { readInvitedSince } from '../src/store/invited.ts'
import type { Survey } from '../src/survey.ts'

/** Respondents that are looked up at once: their names must fit one parameter of D1. */
const atOnce = 500

const nameOf = (survey: string, respondent: string | null) => JSON.stringify([survey, respondent])

/**
 * Answers to surveys that only invited people may answer, of people who were not invited by then, each with
 * what is wrong with it.
 */
export async function findUninvited(
  db: D1Database,
  workspace: string,
  facts: readonly Fact[],
  surveys: ReadonlyMap<string, Survey>,
): Promise<ReadonlyMap<Fact, readonly FieldError[]>> {
  const asked = facts.filter((fact) => needsInvitation(fact, surveys))
  const since = new Map<string, number>()
  for (let at = 0; at < asked.length; at += atOnce) {
    const respondents = asked
      .slice(at, at + atOnce)
      .map(({ subject, entity }) => ({ survey: subject, respondent: entity ?? '' }))
    for (const found of await readInvitedSince(db, workspace, respondents)) {
      since.set(nameOf(found.survey, found.respondent), found.since)
    }
  }
  return new Map(
    asked
      .filter(({ subject, entity, time }) => {
        const invited = since.get(nameOf(subject, entity))
        return invited === undefined || invited > time
      })
      .map((fact) => [fact, refusalOf(fact)]),
  )
}

function refusalOf({ entity }: Fact): readonly FieldError[] {
  return [{ path: 'respondent', message: `"${entity}" was not invited to this survey by then` }]
}
