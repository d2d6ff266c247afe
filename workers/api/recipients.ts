import * as v from 'valibot'
import type { Fact, Outcome } from '../../src/fact.ts'
import { type IntakeContext, factOf } from '../../src/intake.ts'
import { expiryOf, mailDigest, mailField, recipientsLimit } from '../../src/invitation.ts'
import { fieldErrors } from '../../src/issues.ts'
import { parseJson } from '../../src/json.ts'
import { type FieldError, Problem } from '../../src/problem.ts'
import type { Invitee } from '../../src/store/inviting.ts'
import { nameField } from '../../src/text-field.ts'
import { decode, mediaType, readBytes, validation } from '../body.ts'
import { publicId } from '../random.ts'

/** Bytes of a request; what is made of them must fit one parameter of D1. */
const bodyLimit = 512 * 1024

const recipientField = v.strictObject({
  id: nameField,
  mail: v.optional(mailField),
  properties: v.optional(v.record(v.string(), v.unknown(), 'Expected an object'), {}),
})

/** Whom to invite. */
export const invitationsBody = v.strictObject({
  recipients: v.pipe(
    v.array(recipientField, 'Expected a list of recipients'),
    v.minLength(1, 'Expected at least one recipient'),
    v.maxLength(recipientsLimit, `Expected at most ${recipientsLimit} recipients`),
  ),
  expires: v.optional(v.string('Expected an RFC 3339 time')),
  reminder: v.optional(v.boolean('Expected true or false'), false),
})

type InvitationsBody = v.InferOutput<typeof invitationsBody>

/** @throws Problem 415, 413, 400 or 422, each naming what is wrong. */
export async function readInvitations(request: Request): Promise<InvitationsBody> {
  if (mediaType(request) !== 'application/json') {
    throw new Problem('unsupported-media-type', 'Expected a body of type application/json')
  }
  const input = parseJson(decode(await readBytes(request, bodyLimit)))
  const parsed = v.safeParse(invitationsBody, input)
  if (!parsed.success) throw validation('body', fieldErrors(parsed.issues))
  return parsed.output
}

/** When the invitations of a request expire. @throws Problem 422 where they may not at that time. */
export function readExpiry({ expires }: InvitationsBody, now: number): number {
  const outcome = expiryOf(expires, now)
  if (!outcome.ok) throw validation('body', outcome.errors)
  return outcome.value
}

/** Somebody to be invited, the fact that tells of it, and which of the request's recipients it is. */
export interface Prepared {
  readonly at: number
  readonly invitee: Invitee
  readonly fact: Fact
}

/**
 * Whom a request names, each once, by what they are called.
 *
 * @throws Problem 422 by the place of each recipient whose properties the survey does not allow.
 */
export async function prepare(
  { recipients }: InvitationsBody,
  survey: string,
  context: IntakeContext,
  now: number,
): Promise<ReadonlyMap<string, Prepared>> {
  const prepared = new Map<string, Prepared>()
  const errors: FieldError[] = []
  for (const [at, { id: recipient, mail, properties }] of recipients.entries()) {
    const id = publicId()
    const outcome = sentOf({ id, survey, recipient, properties }, context, now)
    if (!outcome.ok) {
      errors.push(...outcome.errors.map((error) => placed(error, at)))
    } else if (!prepared.has(recipient)) {
      const digest = mail === undefined ? null : await mailDigest(mail)
      const allowed = propertiesOf(outcome.value)
      prepared.set(recipient, {
        at,
        invitee: { id, recipient, mail: digest, properties: allowed },
        fact: outcome.value,
      })
    }
  }
  if (errors.length > 0) throw validation('body', errors)
  return prepared
}

/** The sending of an invitation, called as the invitation is. */
function sentOf(
  {
    id,
    survey,
    recipient,
    properties,
  }: Omit<Invitee, 'mail' | 'properties'> & {
    readonly survey: string
    readonly properties: Readonly<Record<string, unknown>>
  },
  context: IntakeContext,
  time: number,
): Outcome<Fact> {
  const own = Object.entries(properties).map(([name, value]) => [`p.${name}`, value] as const)
  const data = { ...Object.fromEntries(own), survey, recipient }
  return factOf({ type: 'survey.sent', source: `/i/${survey}`, id, time, data }, context)
}

const prefix = 'p.'

function propertiesOf({ dimensions }: Fact): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dimensions).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

/** An error of a fact as one of the recipient that it was made of. */
function placed({ path, message }: FieldError, at: number): FieldError {
  const field = path.startsWith(prefix) ? `properties.${path.slice(prefix.length)}` : 'properties'
  return { path: `recipients.${at}.${field}`, message }
}
