import * as v from 'valibot'
import { at, currencyAt, isObject, optionalTextAt, textAt, timeAt, wholeAt } from '../at.ts'
import { invalid } from '../problem.ts'
import { credentials } from '../scheme.ts'
import { mapField } from '../source-fields.ts'
import {
  type Meaning,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  single,
  strange,
} from '../source.ts'
import { parseTime } from '../time.ts'

interface Config {
  readonly stages?: Readonly<Record<string, string>> | undefined
  readonly channels?: Readonly<Record<string, string>> | undefined
}

/** A change of an object, as both versions tell it. */
interface Change {
  readonly object: unknown
  /** What it was before; version 2 has only the members that have changed. */
  readonly previous: unknown
  /** When Pipedrive noticed, in milliseconds since 1970 UTC. */
  readonly stamp: number
  readonly config: Config
}

/** Version 1 writes its times in UTC and does not say so. */
function momentAt(body: unknown, path: string): number {
  const text = at(body, path)
  const time = typeof text === 'string' ? parseTime(text, 'UTC') : null
  if (time === null) throw invalid(path, 'Expected a time such as 2026-03-01T09:30:00Z')
  return time
}

/** Version 1 has microseconds besides its seconds. */
function stampOf(body: unknown): number {
  return at(body, 'meta.timestamp_micro') === undefined
    ? timeAt(body, 'meta.timestamp')
    : Math.floor(wholeAt(body, 'meta.timestamp_micro') / 1000)
}

function changeTime({ object, stamp }: Change): number {
  return at(object, 'update_time') === null ? stamp : momentAt(object, 'update_time')
}

function hasChanged({ object, previous }: Change, name: string): boolean {
  const before = at(previous, name)
  return before !== undefined && before !== at(object, name)
}

function named(names: Readonly<Record<string, string>> | undefined, id: string): string {
  return new Map(Object.entries(names ?? {})).get(id) ?? id
}

/** The team's own "source channel" where one is set, otherwise how the object was made. */
function channelOf({ object, config }: Change): string | undefined {
  const channel = optionalTextAt(object, 'channel')
  return channel === undefined ? optionalTextAt(object, 'origin') : named(config.channels, channel)
}

/** Organizations and people are numbered apart, so that a bare number would name two customers. */
function customerOf(deal: unknown): string | undefined {
  const organization = optionalTextAt(deal, 'org_id')
  if (organization !== undefined) return `org:${organization}`
  const person = optionalTextAt(deal, 'person_id')
  return person === undefined ? undefined : `person:${person}`
}

/** Version 1 calls the owner `user_id`. */
function cutsOf(change: Change) {
  const { object } = change
  return {
    owner: optionalTextAt(object, 'owner_id') ?? optionalTextAt(object, 'user_id'),
    channel: channelOf(change),
  }
}

function moneyOf(deal: unknown) {
  return { amount: textAt(deal, 'value'), currency: currencyAt(deal, 'currency') }
}

/** A deal that is not worth anything yet is not worth nothing. */
function expectedOf(deal: unknown) {
  const amount = optionalTextAt(deal, 'value')
  return amount === undefined || Number(amount) === 0 ? {} : moneyOf(deal)
}

type Closed = 'won' | 'lost'

const isClosed = (status: unknown): status is Closed => status === 'won' || status === 'lost'

/** What is counted of a closed deal: a change of these corrects its closing. */
const counted: Readonly<Record<Closed, readonly string[]>> = {
  won: ['value', 'currency', 'won_time', 'org_id', 'person_id'],
  lost: ['lost_reason', 'lost_time'],
}

/** A closing is called by the second that Pipedrive keeps of it, so later changes can name what they correct. */
function closingName(deal: unknown, status: Closed, time: number): string {
  return `deal:${textAt(deal, 'id')}:${status}:${Math.floor(time / 1000)}`
}

/** The name that the closing had before the change. */
function closingBefore({ object, previous }: Change, status: Closed): string {
  const path = `${status}_time`
  const holder = optionalTextAt(previous, path) === undefined ? object : previous
  return closingName(object, status, momentAt(holder, path))
}

function closing(change: Change, status: Closed): Told & { readonly id: string } {
  const { object } = change
  const time = momentAt(object, `${status}_time`)
  const deal = textAt(object, 'id')
  const data =
    status === 'won'
      ? { ...moneyOf(object), customer: customerOf(object) }
      : { reason: optionalTextAt(object, 'lost_reason') }
  return {
    id: closingName(object, status, time),
    type: `deal.${status}`,
    time,
    data: { deal, ...data, ...cutsOf(change) },
  }
}

function staged(change: Change, name: string, time: number): Told {
  const { object, config } = change
  const deal = textAt(object, 'id')
  const stage = named(config.stages, textAt(object, 'stage_id'))
  return { id: `deal:${deal}:${name}`, type: 'deal.stage', time, data: { deal, stage } }
}

function stageChange(change: Change, time: number): Told {
  const second = Math.floor(changeTime(change) / 1000)
  return staged(change, `stage:${textAt(change.object, 'stage_id')}:${second}`, time)
}

function corrected(change: Change, status: Closed): Meaning {
  if (!counted[status].some((name) => hasChanged(change, name))) {
    return ignore('The deal is closed, and nothing that is counted of it has changed')
  }
  const told = closing(change, status)
  const replaces = closingBefore(change, status)
  const id = told.id === replaces ? `${replaces}:${change.stamp}` : told.id
  return { ...told, id, replaces, revision: change.stamp }
}

function closed(change: Change, status: Closed, before: unknown): Meaning {
  if (before === status) return corrected(change, status)
  const told = closing(change, status)
  const correction = isClosed(before)
    ? { replaces: closingBefore(change, before), revision: change.stamp }
    : {}
  const stage = hasChanged(change, 'stage_id') ? [stageChange(change, told.time)] : []
  return [{ ...told, ...correction }, ...stage]
}

function changedDeal(change: Change): Meaning {
  const status = textAt(change.object, 'status')
  const before = at(change.previous, 'status') ?? status
  if (isClosed(status)) return closed(change, status, before)
  if (status !== 'open') return ignore('The deal is neither open nor won nor lost')
  if (isClosed(before)) {
    const stage = staged(change, `reopened:${change.stamp}`, changeTime(change))
    return { ...stage, replaces: closingBefore(change, before), revision: change.stamp }
  }
  return hasChanged(change, 'stage_id')
    ? stageChange(change, changeTime(change))
    : ignore('Neither the stage nor the status of the deal has changed')
}

/** Imports and the API may create deals that are closed already. */
function createdDeal(change: Change): readonly Told[] {
  const { object } = change
  const deal = textAt(object, 'id')
  const created: Told = {
    id: `deal:${deal}:created`,
    type: 'deal.created',
    time: momentAt(object, 'add_time'),
    data: {
      deal,
      customer: customerOf(object),
      ...cutsOf(change),
      ...expectedOf(object),
    },
  }
  const status = at(object, 'status')
  return isClosed(status) ? [created, closing(change, status)] : [created]
}

function createdLead(change: Change): Told {
  const lead = textAt(change.object, 'id')
  const time = momentAt(change.object, 'add_time')
  return {
    id: `lead:${lead}:created`,
    type: 'lead.created',
    time,
    data: { lead, ...cutsOf(change) },
  }
}

/** What is counted, by action and entity as version 2 calls them. */
const kinds: ReadonlyMap<string, (change: Change) => Meaning> = new Map([
  ['create.deal', createdDeal],
  ['change.deal', changedDeal],
  ['create.lead', createdLead],
])

/** Version 1’s names of what version 2 calls differently. */
const actions: ReadonlyMap<string, string> = new Map([
  ['added', 'create'],
  ['updated', 'change'],
])

/** Where a version says what kind of object has changed, and how it is now. */
const forms: ReadonlyMap<unknown, readonly [kind: string, object: string]> = new Map<
  unknown,
  readonly [string, string]
>([
  ['2.0', ['meta.entity', 'data']],
  [1, ['meta.object', 'current']],
])

function read(body: unknown, config: Config): Reading {
  const [kind, path] = forms.get(at(body, 'meta.version') ?? at(body, 'meta.v')) ?? []
  if (kind === undefined || path === undefined) {
    return strange('Expected a webhook of version 2.0 or 1: see `meta`')
  }
  const [action, entity] = [at(body, 'meta.action'), at(body, kind)]
  if (typeof action !== 'string' || typeof entity !== 'string') {
    return strange(`Expected texts in meta.action and ${kind}`)
  }
  const tell = kinds.get(`${actions.get(action) ?? action}.${entity}`)
  const told = event(`${action}.${entity}`, () => {
    if (tell === undefined) return ignore('Only new and changed deals and new leads are counted')
    const object = at(body, path)
    if (!isObject(object)) throw invalid(path, 'Expected an object')
    return tell({ object, previous: at(body, 'previous'), stamp: stampOf(body), config })
  })
  return single(told, null)
}

/** Pipedrive: deals and leads, by general webhooks of either version. */
export const pipedrive = defineSource({
  vendor: 'pipedrive',
  label: 'Pipedrive',
  docs: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2',
  config: {
    stages: v.optional(mapField('each stage id its name')),
    channels: v.optional(mapField('each source channel id its name')),
  },
  scheme: () => credentials,
  format: 'json',
  keeps: [],
  volatile: ['retry', 'attempt', 'prepublish_timestamp'],
  types: ['deal.created', 'deal.stage', 'deal.won', 'deal.lost', 'lead.created'],
  read: (body, { config }) => read(body, config),
  setup: [
    'Invent a user name without a colon and a password, and create the source here with ' +
      '`<user>:<password>` as its secret. Copy its `url`.',
    'In Pipedrive open Settings → Tools and apps → Webhooks and choose Create new webhook.',
    'Choose the version 2.0, the action `*`, the object deal, and the permission level of a user who ' +
      'sees all deals. Paste the `url`, and the user name and password under HTTP Auth.',
    'Do the same with the action create and the object lead, where leads are to be counted.',
    'Stages and source channels are numbers in the webhooks. To see names, set `config` to ' +
      '`{"stages": {"1": "Qualified"}, "channels": {"8": "Fair"}}`.',
  ],
  becomes: [
    [
      'create.deal',
      '`deal.created`: customer by organization (`org:2`), otherwise person (`person:3`), owner, ' +
        'value where it is not 0, channel by source channel, otherwise by origin. A deal that is ' +
        'closed already is also won or lost',
    ],
    ['change.deal, another stage', '`deal.stage`, where the deal is open'],
    ['change.deal, to won', '`deal.won`: its value when it is won'],
    ['change.deal, to lost', '`deal.lost`, with its lost reason'],
    ['change.deal, won or lost to open', '`deal.stage`, which takes back the closing'],
    [
      'change.deal, won or lost as before',
      'a correction, where value, currency, won time, organization, person, lost reason or lost ' +
        'time have changed; otherwise ignored',
    ],
    ['create.lead', '`lead.created`: owner, and channel as of deals'],
    ['added.deal, updated.deal', 'the same, told by webhooks of version 1'],
    ['deals deleted or merged, leads changed or deleted, everything else', 'ignored'],
  ],
})
