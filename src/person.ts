import { base64url, utf8 } from './bytes.ts'
import type { Dimensions, Fact, FactType } from './fact.ts'
import { sha256 } from './sign.ts'

/** What takes the place of an erased person's name where a name must stand. */
export const nobody = 'erased'

/** Types whose subject is somebody: a visitor, a lead. */
const personal: ReadonlySet<FactType> = new Set<FactType>([
  'visit.started',
  'lead.created',
  'lead.qualified',
])

/** Types that carry what a survey knows of a person as properties. */
const surveyed: ReadonlySet<FactType> = new Set<FactType>(['survey.sent', 'survey.response'])

/** An e-mail address as it is compared: trimmed, in lower case; `null` where the text is none. */
export function mailOf(text: string): string | null {
  const mail = text.trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(mail) ? mail : null
}

/** The name of whoever has an e-mail address, which says nothing of the address: `mail:` and a digest. */
export async function mailPerson(mail: string): Promise<string> {
  return `mail:${await sha256(mail.trim().toLowerCase())}`
}

/** All that a person of this name may be called in what is kept. */
export async function aliasesOf(name: string): Promise<string[]> {
  const mail = mailOf(name)
  return mail === null ? [name] : [...new Set([name, mail, await mailPerson(mail)])]
}

/**
 * Names tombstones of one workspace: a keyed digest, so that nobody without the key can find out by trying
 * who has been erased.
 */
export async function tombstones(
  key: string,
  workspace: string,
): Promise<(name: string) => Promise<string>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', utf8(key), algorithm, false, ['sign'])
  return async (name) => {
    const message = utf8(`tidemark: erased person\n${workspace}\n${name}`)
    return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', imported, message)))
  }
}

/** Everybody whom a fact names; owners, agents and users of dimensions are the team's own people. */
export function namesIn({ type, entity, subject, data }: Fact): string[] {
  const { customer } = data
  return [
    ...(entity === null ? [] : [entity]),
    ...(personal.has(type) ? [subject] : []),
    ...(customer === undefined ? [] : [customer]),
  ]
}

/** A fact as it may be stored where some have been erased: it counts, and says nothing of them. */
export function withoutPeople(fact: Fact, erased: ReadonlySet<string>): Fact {
  if (!namesIn(fact).some((name) => erased.has(name))) return fact
  const { type, entity, subject, thread } = fact
  const own = entity !== null && erased.has(entity)
  const told = personal.has(type)
  const named = erased.has(subject) && (told || (own && subject === entity))
  return {
    ...fact,
    subject: named ? nobody : subject,
    thread: named && told ? null : thread,
    entity: own ? null : entity,
    dimensions: impersonal(fact),
    data: {},
  }
}

/** What a respondent was said to be goes with them; what a thing sold was says nothing of anybody. */
const impersonal = ({ type, dimensions }: Fact): Dimensions =>
  surveyed.has(type) ? withoutProperties(dimensions) : dimensions

function withoutProperties(dimensions: Dimensions): Dimensions {
  return Object.fromEntries(Object.entries(dimensions).filter(([name]) => !name.startsWith('p.')))
}

/** Texts of a body that are looked at; a body has 256 KiB. */
const textLimit = 5_000

/** Every text and number in a body, whole and, where it is several words, word by word. */
export function wordsIn(body: unknown): Set<string> {
  const found = new Set<string>()
  const waiting: unknown[] = [body]
  while (waiting.length > 0 && found.size < textLimit) {
    const value = waiting.pop()
    if (typeof value === 'number') found.add(String(value))
    if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value))
    if (typeof value === 'string') for (const word of wordsOf(value)) found.add(word)
  }
  return found
}

function wordsOf(text: string): string[] {
  const words = text.split(/[\s,;"'()<>[\]]+/).map((word) => word.replace(/[.:!?]+$/, ''))
  return [text.trim(), ...words].filter((word) => word !== '' && word.length <= 200)
}
