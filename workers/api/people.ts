import { Hono } from 'hono'
import * as v from 'valibot'
import { base64url, parseBase64url, utf8 } from '../../src/bytes.ts'
import { mentionOf } from '../../src/mention.ts'
import { aliasesOf, nobody, tombstones } from '../../src/person.ts'
import { invalid } from '../../src/problem.ts'
import { type Place, emptyBodies, erase, readInvited } from '../../src/store/people.ts'
import { nameField } from '../../src/text-field.ts'
import { type Guarded, guard } from '../guard.ts'
import { readQuery } from '../query.ts'
import { publicId } from '../random.ts'
import { json } from '../reply.ts'
import { keysOf } from '../tokens.ts'

/** Stretches of deliveries that one request looks through: two queries each, of the 50 that it has. */
const stretchLimit = 16

/** The parameter of an erasure that takes several requests. */
export const peopleQuery = {
  cursor: v.optional(v.pipe(v.string(), v.maxLength(8_000)), ''),
}

const placeFields = v.strictTuple([v.string(), v.string()])

const cursorOf = ({ source, id }: Place) => base64url(utf8(JSON.stringify([source, id])))

function parseCursor(text: string): Place | null {
  if (text === '') return null
  const bytes = parseBase64url(text)
  try {
    const [source, id] = v.parse(
      placeFields,
      JSON.parse(new TextDecoder().decode(bytes ?? utf8(''))),
    )
    return { source, id }
  } catch {
    throw invalid('cursor', 'The cursor is not one of ours')
  }
}

/** The digest of an address, as invitations have it. */
const mailDigests = (names: readonly string[]) =>
  names.flatMap((name) => (name.startsWith('mail:') ? [name.slice('mail:'.length)] : []))

/** Everything that somebody is called: by themselves, and by the invitations that went to them. */
async function namesOf(db: D1Database, workspace: string, name: string) {
  const own = await aliasesOf(name)
  const invited = await readInvited(db, workspace, own, mailDigests(own))
  const names = [
    ...new Set([...own, ...invited.names, ...invited.mails.map((mail) => `mail:${mail}`)]),
  ]
  return { own, names }
}

/**
 * `DELETE /v1/people/{id}`: erases a respondent, customer or user. What they told still counts. The receipt
 * is their tombstone: the same for the same person, and nothing can be read from it.
 */
export const peopleRoutes = new Hono<Guarded>().delete('/:id', guard('admin'), async (c) => {
  const { cursor } = readQuery(c.req.raw, peopleQuery)
  const from = parseCursor(cursor)
  const parsed = v.safeParse(nameField, c.req.param('id'))
  if (!parsed.success) throw invalid('id', parsed.issues[0].message)
  const keys = keysOf(c.env)
  const { id: workspace } = c.get('workspace')
  const { own, names } = await namesOf(c.env.DB, workspace, parsed.output)
  const digests = await Promise.all(keys.map((key) => tombstones(key, workspace)))
  const [digest] = digests
  const known = await Promise.all(digests.flatMap((one) => own.map(one)))
  const mention = mentionOf(names)
  const done = await erase(c.env.DB, {
    workspace,
    names: names.map((name) => ({ name, as: `${nobody}:${publicId()}` })),
    mails: mailDigests(names),
    mention,
    tombstones: digest === undefined ? [] : await Promise.all(names.map(digest)),
    known,
    now: Date.now(),
  })
  const { emptied, next } = await emptyBodies(c.env.DB, { workspace, mention }, from, {
    stretches: stretchLimit,
  })
  return json(
    {
      receipt: known[0],
      ...done,
      deliveries: done.deliveries + emptied,
      next: next === null ? null : cursorOf(next),
    },
    202,
  )
})
