import { createHmac } from 'node:crypto'

/** How long the body of an order is, in bytes. */
const orderBytes = 10_000

const money = (amount: string) => ({
  shop_money: { amount, currency_code: 'EUR' },
  presentment_money: { amount, currency_code: 'EUR' },
})

/** Ids of this order and its customer, which each delivery has its own of: as long as what replaces them. */
const orderId = '820982900000000000'
const customerId = '115310600000000000'

/** Whole numbers beyond 2^53, as in Shopify's own examples: written as digits once all else is JSON. */
const digits = (text: string) => `@${text}@`

function line(index: number) {
  return {
    id: digits(`8665503117664390${10 + index}`),
    variant_id: 808_950_810 + index,
    title: 'Espresso beans, 1 kg',
    quantity: 1 + (index % 3),
    sku: `BEANS-${index}`,
    variant_title: 'dark roast',
    fulfillment_service: 'manual',
    product_id: 632_910_392 + index,
    requires_shipping: true,
    taxable: true,
    gift_card: false,
    name: 'Espresso beans, 1 kg – dark roast',
    variant_inventory_management: 'shopify',
    properties: [],
    product_exists: true,
    grams: 1_000,
    price: '24.90',
    total_discount: '0.00',
    fulfillment_status: null,
    price_set: money('24.90'),
    total_discount_set: money('0.00'),
    discount_allocations: [],
    tax_lines: [{ title: 'VAT', price: '3.98', rate: 0.19, price_set: money('3.98') }],
  }
}

function order(created: string, lines: number, note: string) {
  return {
    id: digits(orderId),
    admin_graphql_api_id: `gid://shopify/Order/${orderId}`,
    email: 'jane@example.com',
    created_at: created,
    number: 234,
    note,
    token: '8f2b6a1d9c3e',
    test: false,
    total_price: '403.00',
    subtotal_price: '393.00',
    currency: 'EUR',
    financial_status: 'paid',
    total_price_set: money('403.00'),
    total_tax_set: money('62.10'),
    source_name: 'web',
    tags: '',
    line_items: Array.from({ length: lines }, (_, index) => line(index)),
    shipping_lines: [{ id: 1, title: 'Parcel', price: '10.00', price_set: money('10.00') }],
    customer: {
      id: digits(customerId),
      email: 'jane@example.com',
      first_name: 'Jane',
      state: 'enabled',
    },
    shipping_address: { city: 'Łódź', country_code: 'PL', zip: '90-001', name: 'Jane Żak' },
  }
}

/** So many lines as fit, and a note as long as what is left. */
function template(created: string): string {
  const written = (lines: number, note: string) =>
    JSON.stringify(order(created, lines, note)).replaceAll(/"@(\d+)@"/g, '$1')
  const room = (lines: number) => orderBytes - Buffer.byteLength(written(lines, ''))
  let lines = 1
  while (room(lines + 1) >= 0) lines++
  return written(lines, 'x'.repeat(room(lines)))
}

const customers = 2_000

/** Orders placed at a time by number, of 10,000 bytes each and by 2,000 customers in turn. */
export function orders(time: number): (index: number) => string {
  const whole = template(new Date(time).toISOString())
  return (index) =>
    whole
      .replaceAll(orderId, numbered(orderId, index))
      .replace(customerId, numbered(customerId, index % customers))
}

function numbered(id: string, index: number): string {
  return String(BigInt(id) + BigInt(index))
}

/** What a vendor sends. */
export interface Sent {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** A body as Shopify sends it, which signs neither the topic nor the id of the delivery. */
export function sentBy(secret: string, body: string, id: string, topic = 'orders/create'): Sent {
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': topic,
      'X-Shopify-Webhook-Id': id,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  }
}
