import { type Invitation, invitationParts, parseInvitation } from '../src/invitation.ts'
import { open, sign } from './tokens.ts'

/**
 * The link of an invitation. It follows from the invitation, so that no link is kept anywhere.
 *
 * @throws Problem 503 where the deployment has no key.
 */
export async function invitationUrl(
  env: Env,
  origin: string,
  invitation: Invitation,
): Promise<string> {
  return `${origin}/i/${await sign(env, 'invitation', invitationParts(invitation))}`
}

/** The invitation that a link speaks of, by whatever of the deployment's keys; `null` where it is none. */
export async function openInvitation(env: Env, token: string): Promise<Invitation | null> {
  const parts = await open(env, 'invitation', token)
  return parts === null ? null : parseInvitation(parts)
}
