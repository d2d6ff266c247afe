import { findId } from '../answer.ts'
import { isObject } from '../at.ts'
import { vocabulary } from '../fact.ts'
import { parseEnvelope } from '../intake.ts'
import { invalid } from '../problem.ts'
import { type Reading, type Told, defineSource, event, ignore, strange, single } from '../source.ts'
import { standardWebhooks } from '../standard-webhooks.ts'

const eventsLimit = 100

function toldOf(envelope: unknown): Told {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok) {
    const [{ path, message } = { path: '', message: 'Expected an object' }] = parsed.errors
    throw invalid(path === '' ? 'envelope' : path, message)
  }
  const { id, type: given, replaces, time, data } = parsed.value
  const type = vocabulary.find((one) => one === given)
  if (type === undefined) {
    throw invalid('type', `Unknown type "${given}": expected one of ${vocabulary.join(', ')}`)
  }
  return { id, type, time, data, ...(replaces !== undefined && { replaces }) }
}

const eventOf = (envelope: unknown) =>
  event(findId(envelope, 'type') ?? 'unknown', () => toldOf(envelope))

/** The id in the headers is not used: of two families of headers, only one has been verified. */
function read(body: unknown): Reading {
  if (isObject(body)) return single(eventOf(body), null)
  if (!Array.isArray(body)) return strange('Expected a CloudEvents envelope or a list of them')
  if (body.length > eventsLimit) {
    return strange(`Expected at most ${eventsLimit} events: there are ${body.length}`)
  }
  const events =
    body.length === 0 ? [event('unknown', () => ignore('The list is empty'))] : body.map(eventOf)
  return { id: null, events }
}

/** Standard Webhooks, and Svix: facts in the envelopes of the API, signed and sent by whoever has them. */
export const standard = defineSource({
  vendor: 'standard',
  label: 'Standard Webhooks',
  docs: 'https://www.standardwebhooks.com',
  config: {},
  scheme: () => standardWebhooks,
  format: 'json',
  keeps: [],
  volatile: [],
  types: vocabulary,
  read,
  setup: [
    'Make a secret: `echo "whsec_$(openssl rand -base64 32)"`.',
    'Create the source here: `POST /v1/sources {"vendor": "standard", "name": "…", "secrets": ["whsec_…"]}`, ' +
      'and copy its `url`.',
    'Give your program both: it sends what `POST /v1/facts` takes, one CloudEvents envelope or a list ' +
      'of at most 100, signed by any library of Standard Webhooks.',
    'With Svix, add the `url` as an endpoint instead, copy the endpoint’s signing secret, and add it ' +
      'here: `POST /v1/sources/{id}/secrets {"secret": "whsec_…"}`. Of an asymmetric key add the ' +
      'public half, which begins with `whpk_`.',
  ],
  becomes: [
    [
      'a CloudEvents 1.0 envelope',
      'the fact of its type, called by its `id`, which corrects what `replaces` names; its `source` ' +
        'is not part of the name, so ids must not occur twice among all that is sent here',
    ],
    ['a list of envelopes', 'the fact of each; one that is unclear does not keep the others back'],
  ],
})
