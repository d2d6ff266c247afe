import type { Sample } from './bodies.ts'

const second = 1_772_366_400
const time = '2026-03-01T12:00:00Z'

const subscription = {
  id: 'sub_1',
  status: 'active',
  customer: 'cus_1',
  currency: 'usd',
  created: second,
  start_date: second,
  trial_end: null,
  pause_collection: null,
  items: {
    data: [
      {
        quantity: 2,
        price: {
          id: 'price_1',
          unit_amount: 1500,
          currency: 'usd',
          billing_scheme: 'per_unit',
          recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
        },
      },
    ],
  },
}

const stripeEvent = (id: string, type: string, object: object) => ({
  id,
  type,
  object: 'event',
  livemode: true,
  created: second,
  data: { object },
})

const change = (eventId: number, more: object) => ({
  portalId: 7,
  subscriptionId: 8,
  eventId,
  objectId: 42,
  occurredAt: second * 1000,
  subscriptionType: 'deal.propertyChange',
  ...more,
})

const conversation = {
  id: 'c1',
  created_at: second,
  contacts: { contacts: [{ id: 'u1' }] },
  source: { type: 'email' },
  admin_assignee_id: 5,
  conversation_parts: {
    conversation_parts: [
      { id: 'p1', part_type: 'close', created_at: second, author: { type: 'admin', id: '5' } },
    ],
  },
  conversation_rating: { rating: 4, created_at: second, updated_at: second, contact: { id: 'u1' } },
}

const notification = (id: string, topic: string) => ({
  type: 'notification_event',
  id,
  topic,
  created_at: second,
  data: { item: conversation },
})

const fact = (id: string, type: string, data: object) => ({
  specversion: '1.0',
  id,
  source: 'crm',
  type,
  time,
  data,
})

const envelope = (notices: string) =>
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><soapenv:Body>' +
  '<notifications xmlns="http://soap.sforce.com/2005/09/outbound">' +
  `<OrganizationId>00Dxx0000001gPLEAY</OrganizationId>${notices}` +
  '</notifications></soapenv:Body></soapenv:Envelope>'

const notice = (id: string, object: string, fields: Readonly<Record<string, string>>) =>
  `<Notification><Id>${id}</Id><sObject xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
  `xsi:type="sf:${object}">${Object.entries(fields)
    .map(([name, text]) => `<sf:${name}>${text}</sf:${name}>`)
    .join('')}</sObject></Notification>`

const opportunity = {
  Id: '006xx000004TmiQAAS',
  Amount: '50000.0',
  StageName: 'Closed Won',
  CreatedDate: time,
  LastModifiedDate: time,
}

const bodies: Readonly<Record<string, readonly (object | string)[]>> = {
  calendly: [
    {
      event: 'invitee.created',
      payload: {
        uri: 'https://api.calendly.com/scheduled_events/E1/invitees/I1',
        created_at: time,
        email: 'betty@rei.example',
        old_invitee: null,
        routing_form_submission: null,
        tracking: { utm_source: 'google', utm_medium: 'cpc' },
      },
    },
  ],
  chargebee: [
    {
      id: 'ev_1',
      event_type: 'subscription_created',
      occurred_at: second,
      content: {
        subscription: {
          id: 'sub_1',
          customer_id: 'cus_1',
          status: 'active',
          started_at: second,
          mrr: 3000,
          currency_code: 'USD',
        },
      },
    },
    {
      id: 'ev_2',
      event_type: 'invoice_generated',
      occurred_at: second,
      content: {
        invoice: {
          id: 'inv_1',
          customer_id: 'cus_1',
          status: 'paid',
          paid_at: second,
          amount_paid: 3000,
          currency_code: 'USD',
        },
      },
    },
  ],
  delighted: [
    {
      event_type: 'survey_response.created',
      event_id: 'e1',
      event_data: {
        id: '5435',
        person: { id: '5975' },
        survey_type: 'nps',
        score: 9,
        comment: 'Fast',
        created_at: second,
        person_properties: { locale: 'en' },
      },
    },
  ],
  formbricks: [
    {
      event: 'responseFinished',
      webhookId: 'w1',
      data: {
        id: 'r1',
        createdAt: time,
        updatedAt: time,
        language: 'en',
        contact: { id: 'contact1' },
        data: { nps: 9, why: 'Fast' },
      },
    },
  ],
  hubspot: [
    [
      change(1, { propertyName: 'amount', propertyValue: '2000' }),
      change(2, { propertyName: 'dealstage', propertyValue: 'closedwon' }),
      change(3, { subscriptionType: 'contact.creation' }),
    ],
  ],
  intercom: [
    notification('n1', 'conversation.user.created'),
    notification('n2', 'conversation.admin.closed'),
    notification('n3', 'conversation.rating.added'),
  ],
  paddle: [
    {
      event_id: 'evt_1',
      event_type: 'transaction.completed',
      occurred_at: time,
      data: {
        id: 'txn_1',
        customer_id: 'ctm_1',
        subscription_id: 'sub_1',
        origin: 'subscription_recurring',
        currency_code: 'USD',
        details: { totals: { grand_total: '3240' } },
      },
    },
  ],
  pipedrive: [
    {
      meta: { version: '2.0', action: 'create', entity: 'deal', timestamp: time },
      data: {
        id: 9,
        status: 'won',
        stage_id: 1,
        value: 1200.5,
        currency: 'EUR',
        org_id: 2,
        owner_id: 123,
        add_time: time,
        won_time: time,
      },
      previous: null,
    },
  ],
  salesforce: [
    envelope(notice('04l000000000000001', 'Opportunity', opportunity)),
    envelope(
      notice('04l000000000000002', 'Lead', { Id: '00Q1', CreatedDate: time, IsConverted: 'true' }) +
        notice('04l000000000000003', 'Case', { Id: '5001', CreatedDate: time, IsClosed: 'true' }),
    ),
  ],
  satismeter: [
    {
      event: 'completed',
      response: {
        id: 'r1',
        created: time,
        rating: 9,
        feedback: 'Fast',
        language: 'en',
        user: { userId: 'u1' },
        answers: [{ id: 'q1', metric: 'csat', value: 4 }],
      },
    },
  ],
  segment: [
    {
      type: 'track',
      event: 'Order Completed',
      messageId: 'm1',
      userId: 'u1',
      timestamp: time,
      context: { campaign: { source: 'Newsletter' } },
      properties: { orderId: 'o1', total: 27.5, currency: 'usd' },
    },
    { type: 'page', messageId: 'm2', anonymousId: 'a1', timestamp: time },
  ],
  shopify: [
    {
      id: '820982911946154508',
      created_at: time,
      total_price: '403.00',
      currency: 'USD',
      source_name: 'web',
      customer: { id: '115310627314723954' },
    },
  ],
  standard: [
    fact('f1', 'deal.won', { deal: 'd1', amount: '1054.00', customer: 'c1' }),
    [fact('f2', 'lead.created', { lead: 'l1' }), fact('f3', 'lead.qualified', { lead: 'l1' })],
  ],
  stripe: [
    stripeEvent('evt_1', 'customer.subscription.created', subscription),
    stripeEvent('evt_2', 'refund.created', {
      id: 're_1',
      status: 'succeeded',
      amount: 1500,
      currency: 'usd',
      created: second,
      payment_intent: 'pi_1',
    }),
  ],
  survicate: [
    {
      messageId: 'm1',
      deliveryTries: 0,
      event: {
        questionAnswered: {
          responseUuid: '3fa85f64',
          timestamp: time,
          respondent: { id: '534759', uuid: '279cd4ab' },
          question: { id: 12123 },
          choice: { id: 21573, body: 'Great', comment: 'Fast' },
        },
      },
    },
  ],
  typeform: [
    {
      event_id: 'e1',
      event_type: 'form_response',
      form_response: {
        token: 't1',
        submitted_at: time,
        hidden: { user_id: 'u1' },
        answers: [{ type: 'number', number: 9, field: { id: 'NRsxU591jIW9', ref: 'nps' } }],
      },
    },
  ],
  zendesk: [
    {
      type: 'zen:event-type:ticket.created',
      id: 'a8b9c1d2',
      time,
      detail: { id: '5158', status: 'SOLVED', requester_id: '84', via: { channel: 'web' } },
      event: {},
    },
  ],
}

/** Small bodies of every vendor, made up: each tells something. */
export const made: readonly Sample[] = Object.entries(bodies).flatMap(([vendor, some]) =>
  some.map((body, at) => ({
    vendor,
    name: `${vendor} ${at + 1}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: vendor === 'shopify' ? { 'x-shopify-topic': 'orders/create' } : {},
  })),
)
