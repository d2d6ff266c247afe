import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { base64, utf8 } from '../../src/bytes.ts'
import { contentDigest, parseBody } from '../../src/delivery.ts'
import type { Reading } from '../../src/source.ts'
import { salesforce } from '../../src/sources/salesforce.ts'
import { parseXml } from '../../src/xml.ts'
import { readSample, tell, verified, inUtc } from './sample.ts'

const organization = '00Dxx0000001gPLEAY'
const deal = '006xx000004TmiQAAS'

type Fields = Readonly<Record<string, string>>

let serial = 0

/** A notification as Salesforce sends it; a field without text is nil. */
function notice(fields: Fields, id: string = `04l${String((serial += 1)).padStart(15, '0')}`) {
  const record = Object.entries(fields).map(([name, text]) =>
    text === '' ? `<sf:${name} xsi:nil="true"/>` : `<sf:${name}>${text}</sf:${name}>`,
  )
  return `<Notification><Id>${id}</Id><sObject>${record.join('')}</sObject></Notification>`
}

function message(notices: readonly string[], session = ''): string {
  return (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">' +
    '<soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">' +
    `<OrganizationId>${organization}</OrganizationId><SessionId>${session}</SessionId>` +
    `${notices.join('')}</notifications></soapenv:Body></soapenv:Envelope>`
  )
}

const factsOf = ({ events }: Reading) => events.flatMap((one) => ('facts' in one ? one.facts : []))

/** The facts of one record, as a message of its own. */
const factsFrom = (fields: Fields, beside: Parameters<typeof tell>[2] = {}) =>
  factsOf(tell(salesforce, message([notice(fields)]), beside))

const opportunity = {
  Id: deal,
  Amount: '50000.0',
  StageName: 'Closed Won',
  LastStageChangeDate: '2026-03-01T10:00:00.000Z',
  LastModifiedDate: '2026-03-02T10:00:00.000Z',
}

const time = Date.parse('2026-03-01T10:00:00Z')
const revision = Date.parse('2026-03-02T10:00:00Z')

test.skipIf(readSample('salesforce/outbound_message_opportunity.xml') === null)(
  'a published message tells of a win, at the time of arrival for want of another',
  () => {
    const body = readSample('salesforce/outbound_message_opportunity.xml') ?? ''

    expect(tell(salesforce, body, { received: 1_000, config: { organization } })).toEqual({
      id: '006xx000004TmiQAAS',
      events: [
        {
          name: 'Opportunity',
          facts: [
            {
              type: 'deal.won',
              time: 1_000,
              revision: 1_000,
              replaces: 'deal:006xx000004TmiQAAS:closing',
              data: { deal: '006xx000004TmiQAAS', amount: '50000' },
            },
          ],
        },
      ],
      remember: new Map(),
    })
  },
)

test.skipIf(readSample('salesforce/outbound_message_account.xml') === null)(
  'a published message about an account is ignored',
  () => {
    const body = readSample('salesforce/outbound_message_account.xml') ?? ''

    expect(tell(salesforce, body)).toMatchObject({
      id: '04l9000001olR84AAE',
      events: [{ name: 'Account', ignored: 'Only opportunities, leads and cases are counted' }],
    })
  },
)

test
  .skipIf(readSample('salesforce/cdc_account_update_enriched.json') === null)
  .each([
    'salesforce/cdc_account_update_enriched.json',
    'salesforce/cdc_account_delete_enriched.json',
  ])('%s is of another kind of delivery, and no XML', (file) => {
  expect(tell(salesforce, readSample(file) ?? '').events).toEqual([
    { name: 'unknown', unclear: 'The body is not well-formed XML' },
  ])
})

test('a win is dated by its stage and as new as its record', () => {
  const fields = {
    ...opportunity,
    CreatedDate: '2026-01-05T08:00:00.000Z',
    CurrencyIsoCode: 'eur',
    AccountId: '001xx000003DGb2AAG',
    OwnerId: '005xx000001X8UzAAK',
    LeadSource: 'Web',
    CloseDate: '2026-03-01',
  }
  const whose = { customer: '001xx000003DGb2AAG', owner: '005xx000001X8UzAAK', channel: 'Web' }

  expect(factsFrom(fields)).toEqual([
    {
      id: `deal:${deal}:created`,
      type: 'deal.created',
      time: Date.parse('2026-01-05T08:00:00Z'),
      data: { deal, amount: '50000', currency: 'EUR', ...whose },
    },
    {
      type: 'deal.won',
      time,
      revision,
      replaces: `deal:${deal}:closing`,
      data: { deal, amount: '50000', currency: 'EUR', ...whose },
    },
  ])
})

test.each([
  ['50000.0', '50000'],
  ['0.50', '0.5'],
  ['1250.25', '1250.25'],
  ['100', '100'],
  ['0.0', '0'],
  ['1.0E7', '10000000'],
  ['1.25E7', '12500000'],
  ['1.23456789E7', '12345678.9'],
  ['9.00719925474099E12', '9007199254740.99'],
  ['5.0E+4', '50000'],
  ['1e5', '100000'],
  ['0.0E9', '0'],
  ['1.0E-2', '0.01'],
  ['12.5E-4', '0.00125'],
  ['1.0E999', '1.0E999'],
  ['-5.0', '-5.0'],
  ['-1.0E7', '-1.0E7'],
  ['Infinity', 'Infinity'],
])('an amount of %s is told as %s', (Amount, amount) => {
  expect(factsFrom({ ...opportunity, Amount })[0]?.data['amount']).toBe(amount)
})

test('an amount of very many zeros is left as it is, at once', () => {
  const started = performance.now()
  const Amount = `0.${'0'.repeat(100_000)}1`
  expect(factsFrom({ ...opportunity, Amount })[0]?.data['amount']).toBe(Amount)
  expect(performance.now() - started).toBeLessThan(1000)
})

test('a loss is told without money', () => {
  expect(
    factsFrom({ ...opportunity, StageName: 'Closed Lost', OwnerId: 'o', LeadSource: '' }),
  ).toEqual([
    {
      type: 'deal.lost',
      time,
      revision,
      replaces: `deal:${deal}:closing`,
      data: { deal, owner: 'o' },
    },
  ])
})

test.each([
  [{ StageName: 'Signed' }, { Signed: 'won' }, 'deal.won'],
  [{ StageName: 'Closed Won' }, { 'Closed Won': 'lost' }, 'deal.lost'],
  [{ StageName: 'Signed', IsWon: 'true', IsClosed: 'true' }, {}, 'deal.won'],
  [{ StageName: 'Dead', IsWon: 'false', IsClosed: 'true' }, {}, 'deal.lost'],
  [{ StageName: 'Dead', IsClosed: 'true' }, {}, 'deal.stage'],
  [{ StageName: 'Signed', IsWon: 'false', IsClosed: 'false' }, {}, 'deal.stage'],
  [{ StageName: 'constructor' }, {}, 'deal.stage'],
])('%j with the stages %j is %s', (fields, stages, type) => {
  expect(
    factsFrom({ ...opportunity, ...fields }, { config: { stages } }).map((one) => one.type),
  ).toEqual([type])
})

test('a stage is told once, however often its record is sent', () => {
  const fields = { ...opportunity, StageName: 'Proposal' }
  const fact = {
    id: `deal:${deal}:stage:Proposal:${time}`,
    type: 'deal.stage',
    time,
    data: { deal, stage: 'In talks' },
  }
  const config = { stages: { Proposal: 'In talks' } }

  expect(factsFrom(fields, { config })).toEqual([fact])
  expect(
    factsFrom({ ...fields, LastModifiedDate: '2026-03-05T10:00:00.000Z' }, { config }),
  ).toEqual([fact])
})

test('a stage without a date is called after its notification', () => {
  const body = message([notice({ Id: deal, StageName: 'Proposal' }, '04lx')])

  expect(factsOf(tell(salesforce, body, { received: 5 }))).toEqual([
    {
      id: `deal:${deal}:stage:Proposal:04lx`,
      type: 'deal.stage',
      time: 5,
      data: { deal, stage: 'Proposal' },
    },
  ])
})

test('a deal that is opened again takes its closing back', () => {
  const body = message([notice({ ...opportunity, StageName: 'Proposal' })])
  const closing = `deal:${deal}:closing`

  expect(salesforce.recalls?.(parseXml(body))).toEqual([closing])
  expect(factsOf(tell(salesforce, body, { memory: { [closing]: '' } }))).toMatchObject([
    { type: 'deal.stage', replaces: closing, revision },
  ])
})

describe('one message of several notifications', () => {
  const day = (number: number) => `2026-03-0${number}T10:00:00.000Z`
  const closing = `deal:${deal}:closing`
  const deals = (...changes: (readonly [stage: string, modified: number])[]) =>
    factsOf(
      tell(
        salesforce,
        message(
          changes.map(([StageName, modified], index) =>
            notice(
              {
                ...opportunity,
                StageName,
                LastStageChangeDate: day(modified),
                LastModifiedDate: day(modified),
              },
              `04l${index}`,
            ),
          ),
        ),
      ),
    ).map(({ type, replaces, revision }) => [type, replaces, revision])
  const won = ['deal.won', closing, Date.parse(day(2))]

  test('takes back a win that it tells itself, in whatever order it comes', () => {
    const reopened = ['deal.stage', closing, Date.parse(day(3))]

    expect(deals(['Closed Won', 2], ['Proposal', 3])).toEqual([won, reopened])
    expect(deals(['Proposal', 3], ['Closed Won', 2])).toEqual([reopened, won])
  })

  test('has nothing to take back before the win, or of another deal', () => {
    const other = notice(
      { ...opportunity, Id: '006yy000004TmiQAAS', StageName: 'Proposal' },
      '04lz',
    )
    const both = tell(salesforce, message([notice(opportunity), other]))

    expect(deals(['Closed Won', 2], ['Proposal', 1])).toEqual([
      won,
      ['deal.stage', undefined, undefined],
    ])
    expect(factsOf(both)[1]).not.toHaveProperty('replaces')
  })

  test('solves and reopens a case, in whatever order it comes', () => {
    const Id = '500xx000004TmiQAAS'
    const closed = notice({
      Id,
      IsClosed: 'true',
      ClosedDate: day(2),
      LastModifiedDate: day(2),
    })
    const open = notice({ Id, IsClosed: 'false', LastModifiedDate: day(3) })
    const read = (notices: readonly string[]) => {
      const reading = tell(salesforce, message(notices))
      return { types: factsOf(reading).map(({ type }) => type), remember: reading.remember }
    }
    const remember = new Map([[`ticket:${Id}`, `${Date.parse(day(3))} open`]])

    expect(read([closed, open])).toEqual({ types: ['ticket.solved', 'ticket.reopened'], remember })
    expect(read([open, closed])).toEqual({ types: ['ticket.reopened', 'ticket.solved'], remember })
  })

  test('knows its order within one second', () => {
    const Id = '500xx000004TmiQAAS'
    const at = { ClosedDate: day(2), LastModifiedDate: day(2) }
    const body = message([
      notice({ Id, IsClosed: 'true', ...at }),
      notice({ Id, IsClosed: 'false', ...at, ClosedDate: '' }),
    ])
    const first = tell(salesforce, body)
    const memory = Object.fromEntries(first.remember ?? [])

    expect(factsOf(first).map(({ type }) => type)).toEqual(['ticket.solved', 'ticket.reopened'])
    expect(tell(salesforce, body, { memory })).toEqual(first)
  })

  test('without times is taken as it comes', () => {
    const body = message([
      notice({ Id: deal, StageName: 'Closed Won', Amount: '5.0' }, '04l1'),
      notice({ Id: deal, StageName: 'Proposal' }, '04l2'),
    ])

    expect(factsOf(tell(salesforce, body))).toMatchObject([
      { type: 'deal.won', replaces: closing },
      { type: 'deal.stage', replaces: closing },
    ])
  })
})

test('a lead is created once, and qualified once it is converted', () => {
  const Id = '00Qxx000004TmiQAAS'
  const CreatedDate = '2026-01-05T08:00:00.000Z'
  const created = {
    id: `lead:${Id}:created`,
    type: 'lead.created',
    time: Date.parse(CreatedDate),
    data: { lead: Id, channel: 'Web' },
  }
  const qualified = {
    id: `lead:${Id}:qualified`,
    type: 'lead.qualified',
    time: revision,
    data: { lead: Id },
  }
  const { LastModifiedDate } = opportunity

  expect(factsFrom({ Id, CreatedDate, LeadSource: 'Web', IsConverted: 'false' })).toEqual([created])
  expect(
    factsFrom({ Id, CreatedDate, LeadSource: 'Web', IsConverted: 'true', LastModifiedDate }),
  ).toEqual([created, qualified])
  expect(factsFrom({ Id, IsConverted: 'true' }, { received: revision })).toEqual([qualified])
})

test('a case is created, solved when it is closed, and reopened after that', () => {
  const Id = '500xx000004TmiQAAS'
  const memory: Record<string, string> = {}
  const send = (fields: Fields) => {
    const reading = tell(salesforce, message([notice({ Id, ...fields })]), { memory })
    for (const [name, value] of reading.remember ?? []) memory[name] = value
    return factsOf(reading)
  }
  const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`
  const open = (hour: number) => ({ IsClosed: 'false', ClosedDate: '', LastModifiedDate: at(hour) })
  const closed = (hour: number, changed: number) => ({
    IsClosed: 'true',
    ClosedDate: at(hour),
    LastModifiedDate: at(changed),
    OwnerId: 'o',
  })
  const whose = { CreatedDate: at(8), ContactId: 'c', OwnerId: 'o', Origin: 'Email' }
  const solved = (hour: number) => ({
    id: `ticket:${Id}:solved:${Date.parse(at(hour))}`,
    type: 'ticket.solved',
    time: Date.parse(at(hour)),
    data: { ticket: Id, agent: 'o' },
  })

  expect(send({ ...whose, ...open(8) })).toEqual([
    {
      id: `ticket:${Id}:created`,
      type: 'ticket.created',
      time: Date.parse(at(8)),
      data: { ticket: Id, customer: 'c', agent: 'o', channel: 'Email' },
    },
  ])
  expect(send(closed(9, 9))).toEqual([solved(9)])
  expect(send(closed(9, 10))).toEqual([solved(9)])
  expect(send(open(11))).toEqual([
    {
      id: `ticket:${Id}:reopened:${Date.parse(at(11))}`,
      type: 'ticket.reopened',
      time: Date.parse(at(11)),
      data: { ticket: Id },
    },
  ])
  expect(send(open(12))).toEqual([])
  expect(send(closed(13, 13))).toEqual([solved(13)])
  expect(send(open(12))).toEqual([])
  expect(send(open(14))).toMatchObject([{ type: 'ticket.reopened' }])
})

test('several notifications have each its own name, and a broken one does not sink the others', () => {
  const body = message([
    notice(opportunity, '04l1'),
    notice({ ...opportunity, Amount: '' }, '04l2'),
    notice({ Id: '00Qxx000004TmiQAAS', IsConverted: 'true' }, '04l3'),
    notice({ Id: '003xx000004TmiQAAS' }, '04l4'),
    notice({ Id: 'a0Bxx000004TmiQAAS' }, '04l5'),
    notice({}, '04l6'),
  ])

  expect(tell(salesforce, body)).toMatchObject({
    id: null,
    events: [
      { name: 'Opportunity', facts: [{ id: '04l1', type: 'deal.won' }] },
      {
        name: 'Opportunity',
        unclear:
          'Amount: Expected what was won: the win counts as soon as a message with the amount comes',
      },
      { name: 'Lead', facts: [{ id: 'lead:00Qxx000004TmiQAAS:qualified' }] },
      { name: 'Contact', ignored: 'Only opportunities, leads and cases are counted' },
      { name: 'Notification', ignored: 'Only opportunities, leads and cases are counted' },
      {
        name: 'Notification',
        unclear: 'Id: Expected a text or number: current value is missing',
      },
    ],
  })
})

test('another attempt tells the same, although the session is another', async () => {
  const notices = [notice(opportunity, '04l1'), notice(opportunity, '04l2')]
  const digestOf = async (body: string) =>
    contentDigest(salesforce, parseBody('xml', utf8(body)), utf8(body))

  expect(tell(salesforce, message(notices, 'b'))).toEqual(tell(salesforce, message(notices, 'a')))
  expect(await digestOf(message(notices, 'b'))).toBe(await digestOf(message(notices, 'a')))
})

test.each([
  [{ StageName: '' }, 'StageName: Expected a text or number: current value is missing'],
  [
    { LastModifiedDate: '2026-03-02' },
    'LastModifiedDate: Expected an RFC 3339 time: current value is "2026-03-02"',
  ],
  [{ CreatedDate: 'today' }, 'CreatedDate: Expected an RFC 3339 time: current value is "today"'],
  [
    { Id: '00Qxx000004TmiQAAS' },
    'CreatedDate: Expected an RFC 3339 time: current value is missing',
  ],
  [
    { Id: '500xx000004TmiQAAS' },
    'CreatedDate: Expected an RFC 3339 time: current value is missing',
  ],
])('a record with %j is unclear', (fields: Fields, unclear) => {
  expect(tell(salesforce, message([notice({ ...opportunity, ...fields })])).events).toMatchObject([
    { unclear },
  ])
})

test('a case of which nothing counts is ignored', () => {
  const body = message([notice({ Id: '500xx000004TmiQAAS', IsClosed: 'false' })])

  expect(tell(salesforce, body).events).toEqual([
    { name: 'Case', ignored: 'The case is neither closed nor reopened by it' },
  ])
})

test('a notification without its own id is unclear', () => {
  const reading = tell(salesforce, message([notice(opportunity, '')]))

  expect(reading).toMatchObject({
    id: null,
    events: [{ unclear: 'Notification.Id: Expected the notification’s id' }],
  })
})

test('a message of another organization is unclear, whichever form of the id is set', () => {
  const body = message([notice(opportunity)])
  const check = (id: string) => tell(salesforce, body, { config: { organization: id } }).events

  expect(check(organization.slice(0, 15))).toMatchObject([{ name: 'Opportunity' }])
  expect(check('00Dxx0000001gPLXXX')).toMatchObject([{ name: 'Opportunity' }])
  expect(check('00Dxx0000001gplEAY')).toEqual([
    {
      name: 'unknown',
      unclear:
        'Expected a message of the organization 00Dxx0000001gplEAY: it is of 00Dxx0000001gPLEAY',
    },
  ])
})

test.each(['<a/>', '<Envelope><Body/></Envelope>', message([])])(
  '%s is no outbound message',
  (body) => {
    expect(tell(salesforce, body)).toEqual({
      id: null,
      events: [{ name: 'unknown', unclear: 'Expected a SOAP message with notifications' }],
    })
  },
)

test('one name per notification is asked for', () => {
  const ids = Array.from({ length: 120 }, (_, index) => `006${String(index).padStart(15, '0')}`)
  const body = parseXml(message(ids.map((Id) => notice({ Id }))))

  expect(salesforce.recalls?.(body)).toHaveLength(100)
  expect(
    salesforce.recalls?.(parseXml(message([notice({ Id: '500xx' }), notice({ Id: '500xx' })]))),
  ).toEqual(['ticket:500xx'])
})

test('reading is total: whatever comes is facts, ignored or unclear', () => {
  const names = [
    'Amount',
    'StageName',
    'LastModifiedDate',
    'CreatedDate',
    'CurrencyIsoCode',
    'IsClosed',
    'IsWon',
    'IsConverted',
    'ClosedDate',
    '__proto__',
  ]
  const node = (name: string, text: unknown, children: unknown = []) => ({ name, text, children })
  const text = fc.oneof(fc.jsonValue(), fc.constantFrom('true', '2026-03-02T10:00:00.000Z', '5.0'))
  const record = fc
    .tuple(
      fc.constantFrom('006a', '00Qa', '500a', '001a', 'x'),
      fc.array(fc.tuple(fc.constantFrom(...names), text).map(([name, text]) => node(name, text))),
      fc.array(fc.jsonValue(), { maxLength: 2 }),
    )
    .map(([id, fields, others]) =>
      node('Notification', '', [
        node('Id', '04l'),
        node('sObject', '', [node('Id', id), ...fields, ...others]),
      ]),
    )
  const list = fc.array(fc.oneof(record, fc.jsonValue()))
  const soap = list.map((list) =>
    node('Envelope', '', [node('Body', '', [node('notifications', '', list)])]),
  )

  fc.assert(
    fc.property(fc.oneof(soap, fc.jsonValue()), (body) => {
      const given = { config: {}, headers: new Map(), memory: new Map(), dayOf: inUtc, received: 0 }
      const { events } = salesforce.read(body, given)

      expect(salesforce.recalls?.(body).length).toBeLessThanOrEqual(100)
      expect(events.length).toBeGreaterThan(0)
      expect(events.every((one) => 'facts' in one || 'ignored' in one || 'unclear' in one)).toBe(
        true,
      )
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('Salesforce is answered as it wants to be', () => {
  const { type, body } = salesforce.reply ?? { type: '', body: '<a/>' }
  const [soap] = parseXml(body).children

  expect(type).toBe('text/xml; charset=utf-8')
  expect(soap?.children).toEqual([
    {
      name: 'notificationsResponse',
      text: '',
      children: [{ name: 'Ack', text: 'true', children: [] }],
    },
  ])
})

test('a request shows the secret in its path or by Basic authentication', async () => {
  const secret = 'salesforce:long-and-random'
  const basic = { authorization: `Basic ${base64(utf8(secret))}` }
  const misfit = { ok: false, reason: 'The credentials fit no secret in use' }
  const check = (sent: object, secrets: readonly string[] = [secret]) =>
    verified(salesforce, { body: '', ...sent }, secrets)

  expect(await check({ token: secret })).toEqual({ ok: true })
  expect(await check({ headers: basic })).toEqual({ ok: true })
  expect(await check({ token: secret }, ['an older long secret', secret])).toEqual({ ok: true })
  expect(await check({ token: secret.slice(0, -1) })).toEqual(misfit)
  expect(await check({ token: `${secret}x` })).toEqual(misfit)
  expect(await check({ token: '' })).toEqual(misfit)
  expect(await check({})).toEqual({ ok: false, reason: 'No credentials were sent' })
  expect(salesforce.scheme({}).secretRule('short-secret')).toBe(
    'Expected at least 16 characters: it is sent as it is',
  )
})

test.each([
  [{ organization: '00D' }, 'Expected an id of 15 or 18 characters'],
  [{ organization: `${organization} ` }, 'Expected an id of 15 or 18 characters'],
  [
    { stages: 'won' },
    'Expected an object that gives each opportunity stage what it is: "won", "lost" or a name to show',
  ],
  [
    { stages: { Signed: 'Won' } },
    'Expected "won", "lost" or the name of an open stage: current value is "Won"',
  ],
  [{ organization, stages: { Signed: 'won' } }, null],
])('configured as %j', (config, refusal) => {
  const { issues } = v.safeParse(v.strictObject(salesforce.config), config)

  expect(issues?.[0]?.message ?? null).toBe(refusal)
})
