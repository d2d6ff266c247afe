import { dayFinder } from '../../src/day.ts'
import { facts } from '../../src/facts/index.ts'
import { type Gaps, type Invitation, type Skip, skipOf, usualGap } from '../../src/invitation.ts'
import { Problem } from '../../src/problem.ts'
import { standingOf } from '../../src/standing.ts'
import { type Invited, type Standing, invite } from '../../src/store/inviting.ts'
import type { StoredSurvey } from '../../src/store/surveys.ts'
import type { Workspace } from '../../src/store/workspaces.ts'
import { looks, questionOf } from '../intake.ts'
import { invitationUrl } from '../links.ts'
import { erasedAmong } from '../privacy.ts'
import { keysOf } from '../tokens.ts'
import { type Prepared, prepare, readExpiry, readInvitations } from './recipients.ts'

/** What has become of one recipient of a request. */
export type Item =
  | { readonly recipient: string; readonly url: string }
  | { readonly recipient: string; readonly skipped: string; readonly until: string | null }

/** ISO 4217 for "no currency": a sending has none. */
const noCurrency = 'XXX'

/** What reading a sending of the survey as a fact takes; its properties are those the survey allows. */
function contextOf({ id, document }: StoredSurvey, zone: string) {
  return {
    facts,
    surveys: new Map([[id, { document, question: questionOf(document.kind) }]]),
    dimensions: [],
    currency: noCurrency,
    dayOf: dayFinder(zone),
  }
}

/** @throws Problem 410 where an invitation could not be answered. */
function refuseEnded({ document }: StoredSurvey, { closed, answers }: Standing, now: number): void {
  const standing = standingOf({ document, closed, answers }, { invited: true, now })
  if (standing === 'closed') throw new Problem('gone', 'The survey is closed')
  if (standing === 'full') throw new Problem('gone', 'The survey has all the answers it takes')
}

/** Whom a request may not name, because they have been erased: their names must not be kept again. */
async function erasedOf(
  env: Env,
  workspace: Workspace,
  all: readonly Prepared[],
): Promise<ReadonlySet<Prepared>> {
  const namesOf = ({ invitee: { recipient, mail } }: Prepared) =>
    mail === null ? [recipient] : [recipient, `mail:${mail}`]
  const erased = await erasedAmong(env, workspace, all.flatMap(namesOf))
  return new Set(all.filter((one) => namesOf(one).some((name) => erased.has(name))))
}

/** By what a request was decided. */
interface Decided {
  readonly erased: ReadonlySet<Prepared>
  readonly invited: Invited
  readonly gaps: Gaps
  readonly now: number
  readonly expires: number
  readonly reminder: boolean
}

/** The invitation that somebody has now, or what keeps them from having one. */
function resultOf(
  one: Prepared,
  { erased, invited, gaps, now, expires, reminder }: Decided,
): Invitation | Skip {
  const { id, recipient } = one.invitee
  if (erased.has(one)) return { skipped: 'erased', until: null }
  if (invited.made.has(id)) return { id, expires }
  const { last, outstanding } = invited.before.get(recipient) ?? {
    last: { survey: null, workspace: null },
    outstanding: null,
  }
  if (reminder && outstanding !== null) return outstanding
  const skip = skipOf(last, gaps, now)
  if (skip !== null) return skip
  // Nobody was: whatever stands in the way of one who may be invited is the survey's.
  throw new Problem('conflict', 'The survey was changed at the same time: asking again is safe')
}

/**
 * Invites everybody of a request who may be invited now; nobody is left out without a word.
 *
 * @throws Problem 410 where the survey takes no more answers, and those of a body that breaks a rule.
 */
export async function inviteAll(
  request: Request,
  env: Env,
  workspace: Workspace,
  survey: StoredSurvey,
): Promise<readonly Item[]> {
  // Without a key there are no links, and who was invited for nothing could not be invited again.
  keysOf(env)
  const now = Date.now()
  const body = await readInvitations(request)
  const expires = readExpiry(body, now)
  const prepared = await prepare(body, survey.id, contextOf(survey, workspace.zone), now)
  const { reminder } = body
  const gaps = { survey: survey.document.gap ?? usualGap, workspace: workspace.gap }
  const erased = await erasedOf(env, workspace, [...prepared.values()])
  const all = [...prepared.values()].filter((one) => !erased.has(one))
  const invited = await invite(env.DB, {
    workspace: workspace.id,
    survey: survey.id,
    invitees: all.map(({ invitee }) => invitee),
    facts: all.map(({ fact }) => fact),
    now,
    expires,
    gaps,
    reminder,
    looks,
  })
  refuseEnded(survey, invited, now)
  const { origin } = new URL(request.url)
  const decided = { erased, invited, gaps, now, expires, reminder }
  return Promise.all(
    body.recipients.map(async ({ id: recipient }, at): Promise<Item> => {
      const one = prepared.get(recipient)
      const again = { skipped: 'twice', until: null } as const
      const result = one?.at === at ? resultOf(one, decided) : again
      if ('id' in result) return { recipient, url: await invitationUrl(env, origin, result) }
      const { skipped, until } = result
      return { recipient, skipped, until: until === null ? null : new Date(until).toISOString() }
    }),
  )
}
