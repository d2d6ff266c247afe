import * as v from 'valibot'
import { isObject, optionalTextAt, textAt, wholeAt } from '../at.ts'
import { openBook } from '../book.ts'
import type { Stamped } from '../stamped.ts'
import {
  amountFollows,
  changesOf,
  inOrder,
  kindOf,
  nameOf,
  recalledBy,
} from '../vendors/hubspot-body.ts'
import { type Change, type DealBook, priced, staged } from '../vendors/hubspot-deal.ts'
import { hubspotScheme, signatures } from '../vendors/hubspot-scheme.ts'
import { invalid } from '../problem.ts'
import {
  type ConfigOf,
  type Event,
  type Given,
  type Ignored,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
} from '../source.ts'
import { isInstant } from '../time.ts'
import { mapField, namesField, stagesField } from '../source-fields.ts'

const config = {
  signature: v.optional(v.picklist(signatures, 'Expected "v1", "v2" or "v3"')),
  url: v.optional(
    v.pipe(
      v.string('Expected the URL that HubSpot sends to'),
      v.regex(/^https:\/\/[^\s?#]{1,2000}$/, 'Expected an https URL without what follows `?`'),
    ),
  ),
  qualified: v.optional(namesField('lifecycle stages that make a lead a qualified one')),
  stages: v.optional(stagesField('each deal stage by its internal name')),
  ticketStages: v.optional(
    v.pipe(
      mapField('each ticket status by its internal name what it is: "solved" or "open"'),
      v.check(
        (map) => Object.values(map).every((what) => what === 'solved' || what === 'open'),
        'Expected "solved" or "open" for each ticket status',
      ),
    ),
  ),
}

type Config = ConfigOf<typeof config>

/** Sales-qualified, or already a deal; what marketing has qualified is not. */
const defaultQualified = ['salesqualifiedlead', 'opportunity']

/** Told once, with whichever of the stages comes first. */
function qualified(
  { object: lead, time, value }: Change,
  _: DealBook,
  config: Config,
): Told | Ignored {
  if (!(config.qualified ?? defaultQualified).includes(value)) {
    return ignore('The lifecycle stage makes no qualified lead')
  }
  return { id: `contact:${lead}:qualified`, type: 'lead.qualified', time, data: { lead } }
}

/** Whether a ticket has been solved or reopened; of what is read once more, it is known. */
function hasTurned(
  before: Stamped | null,
  now: { time: number; isSolved: boolean; statuses: ReadonlyMap<string, string> },
): boolean {
  const [, turned, value = ''] = /^(turned|stayed) (.*)$/s.exec(before?.text ?? '') ?? []
  if (before?.time === now.time) return turned === 'turned'
  const wasSolved =
    before !== null && before.time < now.time && now.statuses.get(value) === 'solved'
  return now.isSolved !== wasSolved
}

function handled(
  { object: ticket, time, value }: Change,
  book: DealBook,
  config: Config,
): Told | Ignored {
  const name = `ticket:${ticket}`
  if (!book.asked(name)) throw invalid('objectId', 'More tickets at once than can be looked up')
  const statuses = new Map(Object.entries(config.ticketStages ?? { '4': 'solved' }))
  const isSolved = statuses.get(value) === 'solved'
  const changed = hasTurned(book.find(name), { time, isSolved, statuses })
  if ((book.find(name)?.time ?? -1) <= time) {
    book.keep(name, { time, text: `${changed ? 'turned' : 'stayed'} ${value}` })
  }
  if (!changed) return ignore('The ticket is neither solved nor reopened by it')
  return { type: isSolved ? 'ticket.solved' : 'ticket.reopened', time, data: { ticket } }
}

type Tell = (change: Change, book: DealBook, config: Config) => Told | Ignored

const kinds: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  [
    'contact.creation',
    ({ object, time }) => ({ type: 'lead.created', time, data: { lead: object } }),
  ],
  ['deal.creation', ({ object, time }) => ({ type: 'deal.created', time, data: { deal: object } })],
  [
    'ticket.creation',
    ({ object, time }) => ({ type: 'ticket.created', time, data: { ticket: object } }),
  ],
  ['contact.propertyChange.lifecyclestage', qualified],
  ['deal.propertyChange.dealstage', staged],
  ['deal.propertyChange.amount', (change, book) => priced('amount', change, book)],
  ['deal.propertyChange.deal_currency_code', (change, book) => priced('currency', change, book)],
  ['ticket.propertyChange.hs_pipeline_stage', handled],
])

function outcomeOf(change: unknown, book: DealBook, config: Config): Told | Ignored {
  if (!isObject(change)) throw invalid('event', 'Expected an object')
  const type = textAt(change, 'subscriptionType')
  if (type.startsWith('object.')) textAt(change, 'objectTypeId')
  const kind = kindOf(change)
  const tell = kinds.get(kind)
  if (tell === undefined) {
    return ignore(
      kind.includes('.propertyChange.')
        ? 'This property is not counted'
        : 'Only creations and changes of contacts, deals and tickets are counted',
    )
  }
  const object = textAt(change, 'objectId')
  const value = optionalTextAt(change, 'propertyValue') ?? ''
  const time = wholeAt(change, 'occurredAt')
  // What no day can be cut of must not be remembered: it would outdate whatever comes.
  if (!isInstant(time)) throw invalid('occurredAt', 'Expected a time of the years 1970 to 9998')
  return tell({ object, time, value }, book, config)
}

/** A book over what is remembered, with what this body adds to it. */
function bookOf(body: unknown, changes: readonly unknown[], given: Given<Config>): DealBook {
  const names = new Set(recalledBy(body))
  return {
    ...openBook(given.memory),
    stages: new Map(Object.entries(given.config.stages ?? {})),
    asked: (name) => names.has(name),
    awaits: (deal, time) => amountFollows(changes, deal, time),
  }
}

function read(body: unknown, given: Given<Config>): Reading {
  const changes = changesOf(body)
  if (changes === null) return strange('Expected a list of events, or a deal with its properties')
  const book = bookOf(body, changes, given)
  const alone = Array.isArray(body) && changes.length === 1
  const events = new Map<number, Event>()
  for (const index of inOrder(changes)) {
    const change = changes[index]
    const tell = () => {
      const told = outcomeOf(change, book, given.config)
      if ('ignored' in told || told.id !== undefined || alone) return told
      const id = nameOf(change)
      if (id === null) throw invalid('eventId', 'Expected all that names an event')
      return { ...told, id }
    }
    events.set(index, event(kindOf(change).slice(0, 100) || 'unknown', tell))
  }
  return {
    id: alone ? nameOf(changes[0]) : null,
    events: changes.flatMap((_, index) => events.get(index) ?? []),
    remember: book.kept,
  }
}

/** HubSpot: changes of contacts, deals and tickets, one property at a time. */
export const hubspot = defineSource({
  vendor: 'hubspot',
  label: 'HubSpot',
  docs: 'https://developers.hubspot.com/docs/guides/crm/private-apps/webhooks',
  config,
  scheme: ({ signature = 'v3', url }) => hubspotScheme(signature, url),
  format: 'json',
  keeps: [],
  volatile: ['attemptNumber'],
  types: [
    'lead.created',
    'lead.qualified',
    'deal.created',
    'deal.stage',
    'deal.won',
    'deal.lost',
    'ticket.created',
    'ticket.solved',
    'ticket.reopened',
  ],
  recalls: recalledBy,
  read,
  setup: [
    'In HubSpot create an app (Development → Legacy apps or Projects) that may read contacts, deals ' +
      'and tickets, and copy its client secret.',
    'Create the source here with the client secret as its secret, and copy its `url`. In `config` ' +
      'give `stages`: the internal name of each deal stage (Settings → Objects → Deals → Pipelines) ' +
      'with "won", "lost" or a name to show, unless `closedwon` and `closedlost` are all; likewise ' +
      '`ticketStages` with "solved" or "open" unless status 4 is the only closed one.',
    'A stage that is not known is counted as an open one. Where one was, mend `stages` and replay ' +
      'what is stored: `POST /v1/deliveries/replay {"state": "stored", "source": "…"}`.',
    'In the app open Webhooks and paste the `url` as target URL.',
    'Subscribe to Created of contacts, deals and tickets, and to Property changed of contacts ' +
      '(lifecyclestage), deals (dealstage, amount, deal_currency_code) and tickets ' +
      '(hs_pipeline_stage). Activate them all.',
    'For the webhook action of a workflow create a source of its own with `config` ' +
      '`{"signature": "v2"}`. Where a proxy changes the address, `config.url` is what HubSpot was told.',
  ],
  becomes: [
    ['contact.creation', '`lead.created`'],
    [
      'contact.propertyChange lifecyclestage',
      '`lead.qualified`, once, where the stage is one of `config.qualified` (otherwise ' +
        '`salesqualifiedlead` or `opportunity`)',
    ],
    ['deal.creation', '`deal.created`'],
    [
      'deal.propertyChange dealstage',
      '`deal.won`, `deal.lost` or `deal.stage` by `config.stages`; of several closings of a deal the ' +
        'newest counts, and none once it is open again. A win without an amount stays in ' +
        'quarantine, and the amount counts the win when it comes. A stage that is not known is ' +
        'counted as an open one, until `config.stages` is mended and what is stored is replayed',
    ],
    [
      'deal.propertyChange amount, deal_currency_code',
      'kept for the win; after it, `deal.won` corrected. Without a currency it is the workspace’s',
    ],
    ['ticket.creation', '`ticket.created`'],
    [
      'ticket.propertyChange hs_pipeline_stage',
      '`ticket.solved`, or `ticket.reopened` after it was solved, by `config.ticketStages`',
    ],
    ['object.creation, object.propertyChange', 'the same, by `objectTypeId`'],
    [
      'a deal as workflows send it',
      '`deal.created`, and by its stage `deal.won`, `deal.lost` or `deal.stage`',
    ],
    ['companies, deletions, merges, other properties', 'ignored'],
  ],
})
