import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { base64, utf8 } from '../../src/bytes.ts'
import { hmac } from '../../src/sign.ts'
import type { Reading } from '../../src/source.ts'
import { hubspot } from '../../src/sources/hubspot.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

let serial = 0

/** An event as HubSpot sends it. */
function change(members: Readonly<Record<string, unknown>>) {
  serial += 1
  return { portalId: 7, subscriptionId: 8, eventId: serial, objectId: 42, ...members }
}

const set = (object: string, name: string, value: unknown, occurredAt: number) =>
  change({
    subscriptionType: `${object}.propertyChange`,
    propertyName: name,
    propertyValue: value,
    occurredAt,
  })

const stage = (value: string, time: number) => set('deal', 'dealstage', value, time)
const amount = (value: string, time: number) => set('deal', 'amount', value, time)
const currency = (value: string, time: number) => set('deal', 'deal_currency_code', value, time)

const factsOf = ({ events }: Reading) => events.flatMap((one) => ('facts' in one ? one.facts : []))

/** Deliveries in turn, each with what the earlier ones have asked to be remembered. */
function tellInTurn(bodies: readonly unknown[], config: Readonly<Record<string, unknown>> = {}) {
  const remembered = new Map<string, string>()
  return bodies.map((body) => {
    const asked = hubspot.recalls?.(body) ?? []
    const memory = Object.fromEntries([...remembered].filter(([name]) => asked.includes(name)))
    const reading = tell(hubspot, body, { config, memory })
    for (const [name, value] of reading.remember ?? []) remembered.set(name, value)
    return reading
  })
}

test.skipIf(readSample('hubspot/captured_batch_13.json') === null)(
  'a captured batch tells of a contact, a deal and a ticket',
  () => {
    const reading = tell(hubspot, readSample('hubspot/captured_batch_13.json') ?? '')

    expect(reading.id).toBeNull()
    expect(factsOf(reading)).toEqual([
      {
        id: 'contact:508369434347:created',
        type: 'lead.created',
        time: 1782371969536,
        data: { lead: '508369434347' },
      },
      {
        id: 'deal:332507367156:created',
        type: 'deal.created',
        time: 1782371971992,
        data: { deal: '332507367156' },
      },
      {
        id: '48975575:6527619:1839643432:1782371972793:332507367156',
        type: 'deal.stage',
        time: 1782371972793,
        data: { deal: '332507367156', stage: 'qualifiedtobuy' },
      },
      {
        id: 'ticket:318514647758:created',
        type: 'ticket.created',
        time: 1782371973446,
        data: { ticket: '318514647758' },
      },
    ])
    expect(reading.events.filter((one) => 'unclear' in one)).toEqual([])
    expect(reading.remember).toEqual(
      new Map([
        ['amount:332507367156', '1782371972438 2000'],
        ['stage:332507367156', '1782371972793 qualifiedtobuy'],
      ]),
    )
  },
)

test.skipIf(readSample('hubspot/deal_stage_2019.json') === null)(
  'a lone event shares its name with its fact, and a stage has the name the team gives it',
  () => {
    const body = readSample('hubspot/deal_stage_2019.json') ?? ''
    const stages = { '1f4f1ec1-8174-49f3-a112-4eaa4748e38e': 'Demo held' }

    expect(tell(hubspot, body, { config: { stages } })).toMatchObject({
      id: '5799819:92894:802835955:1556094637139:697680835',
      events: [
        {
          name: 'deal.propertyChange.dealstage',
          facts: [
            {
              type: 'deal.stage',
              time: 1556094637139,
              data: { deal: '697680835', stage: 'Demo held' },
            },
          ],
        },
      ],
    })
  },
)

test.skipIf(readSample('hubspot/contact_creation_signed_v1.json') === null)(
  'the published event is a lead',
  () => {
    const body = readSample('hubspot/contact_creation_signed_v1.json') ?? ''

    expect(tell(hubspot, body)).toEqual({
      id: 'contact:123:created',
      events: [
        {
          name: 'contact.creation',
          facts: [{ type: 'lead.created', time: 1564113600000, data: { lead: '123' } }],
        },
      ],
      remember: new Map(),
    })
  },
)

test.each([
  ['0-1', 'contact', 'lead.created'],
  ['0-3', 'deal', 'deal.created'],
  ['0-5', 'ticket', 'ticket.created'],
])('a creation told in both forms is one: %s is a %s', (objectTypeId, object, type) => {
  const generic = change({ subscriptionType: 'object.creation', objectTypeId, occurredAt: 5 })
  const old = change({ subscriptionType: `${object}.creation`, occurredAt: 5 })

  expect(tell(hubspot, [generic]).id).toBe(`${object}:42:created`)
  expect(tell(hubspot, [old]).id).toBe(`${object}:42:created`)
  expect(factsOf(tell(hubspot, [generic, old]))).toMatchObject([
    { id: `${object}:42:created`, type, time: 5 },
    { id: `${object}:42:created`, type, time: 5 },
  ])
})

test('a lead is qualified once, by sales or a deal, or by what the team says', () => {
  const become = (value: string) => [set('contact', 'lifecyclestage', value, 5)]
  const fact = {
    id: 'contact:42:qualified',
    type: 'lead.qualified',
    time: 5,
    data: { lead: '42' },
  }

  expect(factsOf(tell(hubspot, become('salesqualifiedlead')))).toEqual([fact])
  expect(factsOf(tell(hubspot, become('opportunity')))).toEqual([fact])
  expect(tell(hubspot, become('marketingqualifiedlead')).events).toEqual([
    {
      name: 'contact.propertyChange.lifecyclestage',
      ignored: 'The lifecycle stage makes no qualified lead',
    },
  ])
  expect(
    factsOf(tell(hubspot, become('evangelist'), { config: { qualified: ['evangelist'] } })),
  ).toEqual([fact])
})

describe('a win', () => {
  const win = (fields: object) => ({
    type: 'deal.won',
    time: 10,
    revision: 10,
    replaces: 'deal:42:closing',
    data: { deal: '42', amount: '2000' },
    ...fields,
  })

  test('takes the amount and the currency that earlier deliveries have told', () => {
    const [, , reading] = tellInTurn([
      [amount('2000', 1)],
      [currency('eur', 2)],
      [stage('closedwon', 10)],
    ])

    expect(reading?.events).toEqual([
      {
        name: 'deal.propertyChange.dealstage',
        facts: [win({ data: { deal: '42', amount: '2000', currency: 'EUR' } })],
      },
    ])
  })

  test('takes what the same delivery tells, in whatever order it stands there', () => {
    const body = [stage('closedwon', 10), amount('2000', 10), currency('USD', 10)]

    expect(factsOf(tell(hubspot, body))).toMatchObject([
      win({ data: { deal: '42', amount: '2000', currency: 'USD' } }),
    ])
    expect(factsOf(tell(hubspot, body.toReversed()))).toEqual(factsOf(tell(hubspot, body)))
  })

  test('waits for an amount that follows in the same delivery', () => {
    const reading = tell(hubspot, [stage('closedwon', 10), amount('2000', 12)])

    expect(reading.events).toMatchObject([
      { ignored: 'Counted with the amount, which follows' },
      { facts: [win({ revision: 12 })] },
    ])
  })

  test('without an amount is unclear, and counts as soon as the amount comes', () => {
    const [lost, found] = tellInTurn([[stage('closedwon', 10)], [amount('2000', 9)]])

    expect(lost?.events).toEqual([
      {
        name: 'deal.propertyChange.dealstage',
        unclear:
          'amount: Not known: the win counts as soon as the amount comes. Subscribe to it and set it once more',
      },
    ])
    expect(factsOf(found as Reading)).toEqual([win({ revision: 11 })])
  })

  test('is corrected by a later amount and a later currency', () => {
    const [, , third, fourth] = tellInTurn([
      [amount('1000', 1)],
      [stage('closedwon', 10)],
      [amount('2000', 20)],
      [currency('GBP', 30)],
    ])

    expect(factsOf(third as Reading)).toEqual([win({ revision: 20 })])
    expect(factsOf(fourth as Reading)).toEqual([
      win({ revision: 30, data: { deal: '42', amount: '2000', currency: 'GBP' } }),
    ])
  })

  test('does not take an old amount that arrives late', () => {
    const [, second, third] = tellInTurn([
      [amount('2000', 5)],
      [amount('1000', 1)],
      [stage('closedwon', 10)],
    ])

    expect(second?.events).toMatchObject([{ ignored: 'A newer one is known' }])
    expect(factsOf(third as Reading)).toEqual([win({})])
  })

  test('whose amount was cleared is unclear', () => {
    const [, second] = tellInTurn([[amount('2000', 1)], [amount('', 2), stage('closedwon', 10)]])

    expect(second?.events.map((one) => Object.keys(one))).toEqual([
      ['name', 'ignored'],
      ['name', 'unclear'],
    ])
  })

  test('in the workspace’s own stage is known by it', () => {
    const [, reading] = tellInTurn([[amount('2000', 1)], [stage('999', 10)]], {
      stages: { '999': 'won' },
    })

    expect(factsOf(reading as Reading)).toEqual([win({})])
  })
})

test('a loss corrects an earlier win', () => {
  const [, second] = tellInTurn([
    [amount('2000', 1), stage('closedwon', 10)],
    [stage('closedlost', 20)],
  ])

  expect(factsOf(second as Reading)).toEqual([
    {
      type: 'deal.lost',
      time: 20,
      revision: 20,
      replaces: 'deal:42:closing',
      data: { deal: '42' },
    },
  ])
})

test('a deal that is opened again takes its closing back, once', () => {
  const [, second, third] = tellInTurn([
    [stage('closedlost', 10)],
    [stage('contractsent', 20)],
    [stage('qualifiedtobuy', 30)],
  ])

  expect(factsOf(second as Reading)).toEqual([
    {
      type: 'deal.stage',
      time: 20,
      revision: 20,
      replaces: 'deal:42:closing',
      data: { deal: '42', stage: 'contractsent' },
    },
  ])
  expect(factsOf(third as Reading)).toEqual([
    { type: 'deal.stage', time: 30, data: { deal: '42', stage: 'qualifiedtobuy' } },
  ])
})

test('a deal that is closed and opened again within one delivery takes its closing back', () => {
  const facts = factsOf(tell(hubspot, [stage('contractsent', 20), stage('closedlost', 10)]))

  expect(facts).toMatchObject([
    { type: 'deal.stage', replaces: 'deal:42:closing', revision: 20 },
    { type: 'deal.lost', replaces: 'deal:42:closing', revision: 10 },
  ])
})

test('a closing that arrives after the deal was opened again does not count', () => {
  const [, second, third] = tellInTurn([
    [stage('contractsent', 20)],
    [stage('closedlost', 10)],
    [stage('qualifiedtobuy', 5)],
  ])

  expect(second?.events).toMatchObject([{ ignored: 'The deal has moved on since' }])
  expect(factsOf(third as Reading)).toEqual([
    { type: 'deal.stage', time: 5, data: { deal: '42', stage: 'qualifiedtobuy' } },
  ])
})

test('what is old news of a deal that was closed since takes nothing back', () => {
  const [, second] = tellInTurn([[stage('closedlost', 10)], [stage('qualifiedtobuy', 5)]])

  expect(factsOf(second as Reading)).toEqual([
    { type: 'deal.stage', time: 5, data: { deal: '42', stage: 'qualifiedtobuy' } },
  ])
})

test.each([
  [[amount('2000', 1), stage('closedwon', 10)]],
  [[stage('closedlost', 10)]],
  [[stage('contractsent', 10)]],
  [[set('ticket', 'hs_pipeline_stage', '4', 10)]],
])('a delivery that is read once more tells the same (%#)', (body) => {
  const [first, again] = tellInTurn([body, body])

  expect(again).toEqual(first)
})

test('a ticket that was solved again since has been solved before, too', () => {
  const status = (value: string, time: number) => [set('ticket', 'hs_pipeline_stage', value, time)]
  const [, second] = tellInTurn([status('4', 20), status('4', 10)])

  expect(factsOf(second as Reading)).toMatchObject([{ type: 'ticket.solved', time: 10 }])
})

test('a ticket is solved by its status, once, and reopened after that', () => {
  const status = (value: string, time: number) => [set('ticket', 'hs_pipeline_stage', value, time)]
  const readings = tellInTurn(
    [status('2', 1), status('4', 2), status('9', 3), status('2', 4), status('4', 5)],
    { ticketStages: { '4': 'solved', '9': 'solved', '2': 'open' } },
  )

  expect(readings.map((one) => factsOf(one).map(({ type, time }) => [type, time]))).toEqual([
    [],
    [['ticket.solved', 2]],
    [],
    [['ticket.reopened', 4]],
    [['ticket.solved', 5]],
  ])
  expect(readings[2]?.events).toMatchObject([
    { ignored: 'The ticket is neither solved nor reopened by it' },
  ])
  expect(factsOf(tell(hubspot, status('4', 2)))).toEqual([
    { type: 'ticket.solved', time: 2, data: { ticket: '42' } },
  ])
})

test.each([
  ['company.creation', {}, 'Only creations and changes of contacts, deals and tickets are counted'],
  ['deal.deletion', {}, 'Only creations and changes of contacts, deals and tickets are counted'],
  ['contact.merge', {}, 'Only creations and changes of contacts, deals and tickets are counted'],
  [
    'object.creation',
    { objectTypeId: '0-2' },
    'Only creations and changes of contacts, deals and tickets are counted',
  ],
  [
    'object.creation',
    { objectTypeId: '2-117' },
    'Only creations and changes of contacts, deals and tickets are counted',
  ],
  ['deal.propertyChange', { propertyName: 'dealname' }, 'This property is not counted'],
  ['deal.propertyChange', { propertyName: 'hs_closed_amount' }, 'This property is not counted'],
  [
    'deal.propertyChange',
    { propertyName: 'dealstage', propertyValue: '' },
    'The stage was cleared',
  ],
])('%s %j is ignored', (subscriptionType, members, ignored) => {
  expect(
    tell(hubspot, [change({ subscriptionType, occurredAt: 5, ...members })]).events,
  ).toMatchObject([{ ignored }])
})

test('attempts to deliver one thing differ in nothing but a volatile counter', () => {
  expect(hubspot.volatile).toEqual(['attemptNumber'])
  const body = change({
    subscriptionType: 'deal.propertyChange',
    propertyName: 'dealstage',
    propertyValue: 's',
    occurredAt: 5,
  })

  expect(tell(hubspot, [{ ...body, attemptNumber: 3 }])).toEqual(tell(hubspot, [body]))
})

test('of a hundred events one that is broken does not sink the others', () => {
  const created = (objectId: number) =>
    change({ subscriptionType: 'contact.creation', objectId, occurredAt: 5 })
  const body = [
    ...Array.from({ length: 50 }, (_, index) => created(index)),
    null,
    ...Array.from({ length: 49 }, (_, index) => created(100 + index)),
  ]

  const reading = tell(hubspot, body)

  expect(factsOf(reading)).toHaveLength(99)
  expect(reading.events[50]).toEqual({ name: 'unknown', unclear: 'event: Expected an object' })
})

test.each([
  [
    { subscriptionType: 'contact.creation', occurredAt: '2026-03-01' },
    'occurredAt: Expected a whole number: current value is "2026-03-01"',
  ],
  [{ occurredAt: 5 }, 'subscriptionType: Expected a text or number: current value is missing'],
  [
    { subscriptionType: 'object.creation', occurredAt: 5 },
    'objectTypeId: Expected a text or number: current value is missing',
  ],
  [
    { subscriptionType: 'deal.creation', occurredAt: 5, objectId: null },
    'objectId: Expected a text or number: current value is null',
  ],
])('%j is unclear', (members, unclear) => {
  expect(tell(hubspot, [change(members)]).events).toMatchObject([{ unclear }])
})

test('an event of a batch that lacks its name is unclear', () => {
  const body = [{ ...stage('contractsent', 5), eventId: null }, stage('contractsent', 6)]

  expect(tell(hubspot, body).events).toMatchObject([
    { unclear: 'eventId: Expected all that names an event' },
    { facts: [{ type: 'deal.stage' }] },
  ])
})

test.each([['"text"'], ['5'], ['null'], ['{}'], ['{"properties":{"dealstage":"won"}}']])(
  '%s is no body of HubSpot',
  (body) => {
    expect(tell(hubspot, body)).toEqual({
      id: null,
      events: [
        { name: 'unknown', unclear: 'Expected a list of events, or a deal with its properties' },
      ],
    })
  },
)

test('an empty list tells nothing', () => {
  expect(tell(hubspot, [])).toEqual({ id: null, events: [], remember: new Map() })
})

test('a batch may ask for three hundred names, and what does not fit is unclear', () => {
  const body = Array.from({ length: 120 }, (_, index) => ({
    ...stage('closedwon', 10),
    objectId: index,
  }))

  expect(hubspot.recalls?.(body)).toHaveLength(300)
  expect(tell(hubspot, body).events[119]).toEqual({
    name: 'deal.propertyChange.dealstage',
    unclear: 'objectId: More deals at once than can be looked up',
  })
})

test('what reading needs is asked for by name, once', () => {
  const body = [stage('closedwon', 10), amount('1', 1), set('ticket', 'hs_pipeline_stage', '4', 1)]

  expect(hubspot.recalls?.(body)).toEqual(['stage:42', 'ticket:42', 'amount:42', 'currency:42'])
  expect(hubspot.recalls?.({ strange: true })).toEqual([])
})

test('a whole deal, as a workflow sends it, tells how it began and where it stands', () => {
  const deal = {
    portalId: 62515,
    dealId: 151088,
    isDeleted: false,
    properties: {
      dealname: { value: 'Example', timestamp: 1 },
      createdate: { value: '1410381338943', timestamp: 1410381338943 },
      amount: { value: '60000', timestamp: 1410381338943 },
      dealstage: { value: 'closedwon', timestamp: 1410381339020 },
    },
  }

  const reading = tell(hubspot, deal)

  expect(reading.id).toBeNull()
  expect(factsOf(reading)).toEqual([
    {
      id: 'deal:151088:created',
      type: 'deal.created',
      time: 1410381338943,
      data: { deal: '151088' },
    },
    {
      id: '62515:workflow:dealstage:1410381339020:151088',
      type: 'deal.won',
      time: 1410381339020,
      revision: 1410381339020,
      replaces: 'deal:151088:closing',
      data: { deal: '151088', amount: '60000' },
    },
  ])
  expect(hubspot.recalls?.(deal)).toEqual(['stage:151088', 'amount:151088', 'currency:151088'])
})

test('reading is total: whatever comes is facts, ignored or unclear', () => {
  const names = [
    'subscriptionType',
    'objectTypeId',
    'propertyName',
    'propertyValue',
    'occurredAt',
    'objectId',
    'eventId',
  ]
  const broken = fc.dictionary(fc.constantFrom(...names), fc.jsonValue(), { maxKeys: 3 })
  const known = fc.constantFrom(
    stage('closedwon', 10),
    amount('5', 3),
    set('ticket', 'hs_pipeline_stage', '4', 3),
    change({ subscriptionType: 'object.creation', objectTypeId: '0-1', occurredAt: 3 }),
  )
  const mutated = fc.tuple(known, broken).map(([one, other]) => ({ ...one, ...other }))
  const workflow = fc.record({
    dealId: fc.jsonValue(),
    properties: fc.dictionary(
      fc.constantFrom('dealstage', 'amount', 'createdate'),
      fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue(), timestamp: fc.jsonValue() })),
    ),
  })
  const body = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(mutated, fc.jsonValue())), workflow)

  fc.assert(
    fc.property(body, (body) => {
      const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
      const { events } = hubspot.read(body, given)

      expect(hubspot.recalls?.(body).length).toBeLessThanOrEqual(100)
      expect(events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)).toBe(
        true,
      )
    }),
    { seed: 1, numRuns: 500 },
  )
})

describe('a signature', () => {
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
  const url = 'https://www.example.com/webhook_uri'
  const body = "{'example_field':'example_value'}"
  const stamp = 1_700_000_300_000
  const signed = 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='
  const headers = (signature: string, time: string = String(stamp)) => ({
    'x-hubspot-signature-v3': signature,
    'x-hubspot-request-timestamp': time,
  })
  const misfit = { ok: false, reason: 'The signature fits no secret in use' }

  async function sign(text: string) {
    return base64(await hmac('SHA-256', utf8(secret), utf8(text)))
  }

  // github.com/HubSpot/hubspot-api-ruby signature_spec.rb, github.com/HubSpot/hubspot-api-python test_signature.py
  test.each([
    [1_700_000_300_000, signed],
    [1_693_657_560_000, 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
  ])('of version 3 that HubSpot has published for %d fits', async (now, signature) => {
    const request = { body, url, headers: headers(signature, String(now)) }

    expect(await verified(hubspot, request, [secret], { now })).toEqual({ ok: true })
    expect(await verified(hubspot, request, ['another secret'], { now })).toEqual(misfit)
    expect(await verified(hubspot, request, ['another secret', secret], { now })).toEqual({
      ok: true,
    })
  })

  test.each([
    ['another method', { method: 'PUT' }],
    ['a query', { url: `${url}?a=1` }],
    ['another scheme', { url: 'http://www.example.com/webhook_uri' }],
    ['a trailing slash', { url: `${url}/` }],
    ['another body', { body: `${body}\n` }],
  ])('fits no request with %s', async (_, members) => {
    const request = { body, url, headers: headers(signed), ...members }

    expect(await verified(hubspot, request, [secret], { now: stamp })).toEqual(misfit)
  })

  test.each([
    [-301, 'Signed 301 seconds ahead: at most 300 are accepted'],
    [301, 'Signed 301 seconds ago: at most 300 are accepted'],
  ])('is refused %d s after its time', async (seconds, reason) => {
    const now = stamp + seconds * 1000

    expect(
      await verified(hubspot, { body, url, headers: headers(signed) }, [secret], { now }),
    ).toEqual({ ok: false, reason })
  })

  test.each([-299, -300, 299, 300])('fits %d s after its time', async (seconds) => {
    const now = stamp + seconds * 1000

    expect(
      await verified(hubspot, { body, url, headers: headers(signed) }, [secret], { now }),
    ).toEqual({ ok: true })
  })

  test.each([
    '',
    'hello',
    '1.5',
    '-1',
    '1e9',
    '0x1',
    '1700000300000abc',
    '+1700000300000',
    '9'.repeat(20),
    `${stamp}, ${stamp}`,
  ])('with the time %j is refused', async (time) => {
    const request = { body, url, headers: headers(signed, time) }

    expect(await verified(hubspot, request, [secret], { now: stamp })).toEqual({
      ok: false,
      reason: 'X-HubSpot-Request-Timestamp holds no time in milliseconds',
    })
  })

  test('in seconds is long out of date', async () => {
    const request = { body, url, headers: headers(signed, '1700000300') }

    expect(await verified(hubspot, request, [secret], { now: stamp })).toMatchObject({ ok: false })
  })

  test.each([
    '',
    `${signed}, ${signed}`,
    signed.slice(0, -1),
    signed.replaceAll('+', '-'),
    ` ${signed.slice(0, 20)} ${signed.slice(20)}`,
  ])('%j is no base64', async (signature) => {
    const request = { body, url, headers: headers(signature) }

    expect(await verified(hubspot, request, [secret], { now: stamp })).toEqual({
      ok: false,
      reason: 'X-HubSpot-Signature-v3 holds no base64',
    })
  })

  test.each([signed.slice(0, -4), signed.replace('R', 'S')])(
    '%j does not fit',
    async (signature) => {
      const request = { body, url, headers: headers(signature) }

      expect(await verified(hubspot, request, [secret], { now: stamp })).toEqual(misfit)
    },
  )

  test('fits a URL as it is and with the escapes undone that HubSpot undoes', async () => {
    const query = '?a=%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B%20%25'
    const undone = "?a=:/?@!$'()*,;%20%25"
    const plain = await sign(`POST${url}${query}${body}${stamp}`)
    const decoded = await sign(`POST${url}${undone}${body}${stamp}`)
    const more = await sign(`POST${url}?a=:/?@!$'()*,; %25${body}${stamp}`)
    const verdicts = [plain, decoded, more].map(async (signature) => {
      const request = { body, url: `${url}${query}`, headers: headers(signature) }
      return verified(hubspot, request, [secret], { now: stamp })
    })

    expect(await Promise.all(verdicts)).toEqual([{ ok: true }, { ok: true }, misfit])
  })

  test('is of the URL that HubSpot was told where a proxy passes on another, with its query', async () => {
    const config = { url }
    const inner = 'https://inner.test/hooks/source'
    const request = { body, headers: headers(signed) }
    const withQuery = { body, headers: headers(await sign(`POST${url}?a=1${body}${stamp}`)) }
    const check = (sent: typeof request, query: string) =>
      verified(hubspot, { ...sent, url: inner + query }, [secret], { now: stamp, config })

    expect(await check(request, '')).toEqual({ ok: true })
    expect(await check(request, '?a=1')).toEqual(misfit)
    expect(await check(withQuery, '?a=1')).toEqual({ ok: true })
    expect(await check(withQuery, '?a=2')).toEqual(misfit)
    expect(await check(withQuery, '')).toEqual(misfit)
  })

  const published =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'

  // github.com/HubSpot/hubspot-api-nodejs test/unit/signature.spec.ts
  test.each([
    ['v1', 'POST', published, '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de'],
    ['v2', 'GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    [
      'v2',
      'POST',
      '{"example_field":"example_value"}',
      '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
    ],
  ])(
    'of version %s that HubSpot has published for %s fits where it is asked for',
    async (signature, method, body, hex) => {
      const old = {
        body,
        url,
        method,
        headers: { 'x-hubspot-signature': hex, 'x-hubspot-signature-version': signature },
      }
      const config = { signature }
      const flipped = { ...old.headers, 'x-hubspot-signature': hex.replace(/^./, 'f') }
      const other = { ...old.headers, 'x-hubspot-signature-version': 'v3' }

      expect(await verified(hubspot, old, [secret], { config })).toEqual({ ok: true })
      expect(await verified(hubspot, old, ['old secret', secret], { config })).toEqual({ ok: true })
      expect(await verified(hubspot, old, ['another secret'], { config })).toEqual(misfit)
      expect(await verified(hubspot, { ...old, body: `${body} ` }, [secret], { config })).toEqual(
        misfit,
      )
      expect(await verified(hubspot, { ...old, headers: flipped }, [secret], { config })).toEqual(
        misfit,
      )
      expect(await verified(hubspot, { ...old, headers: other }, [secret], { config })).toEqual({
        ok: false,
        reason: `X-HubSpot-Signature-Version is not ${signature}`,
      })
      expect(await verified(hubspot, old, [secret])).toEqual({
        ok: false,
        reason: 'X-HubSpot-Signature-v3 holds no base64',
      })
    },
  )

  test.each(['', 'abc', `${'a'.repeat(64)}, ${'a'.repeat(64)}`, 'A'.repeat(64)])(
    'of version 1 that reads %j is no hexadecimal',
    async (signature) => {
      const headers = {
        'x-hubspot-signature': signature,
        'x-hubspot-signature-version': 'v1',
      }

      expect(
        await verified(hubspot, { body, headers }, [secret], { config: { signature: 'v1' } }),
      ).toEqual({ ok: false, reason: 'X-HubSpot-Signature holds no hexadecimal' })
    },
  )

  test.each([{}, { signature: 'v1' }])('needs a secret that is one (%j)', (config) => {
    const { secretRule } = hubspot.scheme(config)

    expect(secretRule(secret)).toBeNull()
    expect(secretRule('')).toBe('The secret is blank')
    expect(secretRule(`${secret}\n`)).toBe('The secret has blanks or a line break at one end')
  })
})

test.each([
  [{ signature: 'v4' }, 'Expected "v1", "v2" or "v3"'],
  [{ url: 'https://example.com/a?b' }, 'Expected an https URL without what follows `?`'],
  [{ ticketStages: { '4': 'closed' } }, 'Expected "solved" or "open" for each ticket status'],
  [
    { qualified: 'customer' },
    'Expected a list of lifecycle stages that make a lead a qualified one',
  ],
  [
    { stages: { '9': 'Closed Won' } },
    'Expected "won", "lost" or the name of an open stage: current value is "Closed Won"',
  ],
  [{ ticketStages: { '4': 'Solved' } }, 'Expected "solved" or "open" for each ticket status'],
  [{ signature: 'v2', url: 'https://example.com/a', stages: { '9': 'won' } }, null],
])('configured as %j', (config, refusal) => {
  const { issues } = v.safeParse(v.strictObject(hubspot.config), config)

  expect(issues?.[0]?.message ?? null).toBe(refusal)
})
