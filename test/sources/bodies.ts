/** A body that a vendor has sent or published, and how it is sent. */
export interface Sample {
  readonly vendor: string
  /** The file it is in, and for one of several what it is. */
  readonly name: string
  readonly body: string
  /** Those that the vendor needs for reading; not its signature. */
  readonly headers: Readonly<Record<string, string>>
}

const files = import.meta.glob<string>('../../../shared/data/webhooks/*/**/*.{json,xml}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Which of Stripe's examples of resources an event is about. */
const resources = {
  'customer.subscription.created': 'subscription',
  'customer.subscription.updated': 'subscription',
  'customer.subscription.paused': 'subscription',
  'customer.subscription.resumed': 'subscription',
  'customer.subscription.deleted': 'subscription',
  'invoice.created': 'invoice',
  'invoice.paid': 'invoice',
  'invoice_payment.paid': 'invoice_payment',
  'checkout.session.completed': 'checkout.session',
  'checkout.session.async_payment_succeeded': 'checkout.session',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.succeeded': 'charge',
  'payment_intent.succeeded': 'payment_intent',
}

/** Stripe publishes resources and one event; each resource is sent in the events that are about it. */
function stripeEvents(text: string): [name: string, body: string][] {
  const examples = JSON.parse(text) as { resources: Readonly<Record<string, unknown>> }
  return Object.entries(resources).map(([type, resource], index) => {
    const event = {
      id: `evt_${index}`,
      object: 'event',
      type,
      livemode: false,
      created: 1_721_900_000,
      pending_webhooks: 1,
      data: { object: examples.resources[resource] },
    }
    return [`: ${type}`, JSON.stringify(event)]
  })
}

/** What is sent of a file that is not a body itself. */
const unpacked: Readonly<Record<string, (text: string) => [name: string, body: string][]>> = {
  'stripe/openapi_fixtures3.json': stripeEvents,
  'zendesk/ticket.created_with_headers.json': (text) => [
    ['', (JSON.parse(text) as { rawBody: string }).rawBody],
  ],
}

const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shopify: { 'x-shopify-topic': 'orders/create' },
}

function samplesOf(file: string, text: string): Sample[] {
  const [vendor = ''] = file.split('/')
  const bodies = unpacked[file]?.(text) ?? [['', text] as const]
  return bodies.map(([name, body]) => ({
    vendor,
    name: `${file}${name}`,
    body,
    headers: headers[vendor] ?? {},
  }))
}

/** All that are at hand; none where the files are not. */
export const samples: readonly Sample[] = Object.entries(files)
  .map(([path, text]) => [path.split('/data/webhooks/')[1] ?? '', text] as const)
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .flatMap(([file, text]) => samplesOf(file, text))

/** The surveys that teams have to whom these bodies are sent. */
export interface Surveys {
  readonly nps: string
  readonly csat: string
}

/** How a team that gets such bodies has set up its source. */
export function configOf(
  vendor: string,
  { nps, csat }: Surveys,
): Readonly<Record<string, unknown>> {
  const configs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    delighted: { surveys: { nps } },
    formbricks: { questions: { nps }, partial: true },
    hubspot: { stages: { '1f4f1ec1-8174-49f3-a112-4eaa4748e38e': 'Demo held' } },
    intercom: { survey: csat },
    pipedrive: { stages: { '1': 'Qualified' } },
    satismeter: { surveys: { nps, csat } },
    segment: { events: { 'Trial Started': 'lead.qualified', 'Application Opened': 'user.active' } },
    stripe: { test: true },
    survicate: { questions: { '12123': csat }, choices: { Great: '5' } },
    typeform: { questions: { NRsxU591jIW9: nps }, respondent: 'user_id' },
  }
  return configs[vendor] ?? {}
}
