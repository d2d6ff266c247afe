import { at, currencyAt, isObject, listAt, major, optionalTextAt, textAt, timeAt } from '../at.ts'
import { parseBase64 } from '../bytes.ts'
import { parseDecimal } from '../decimal.ts'
import { invalid } from '../problem.ts'
import { headerOf, hmacScheme } from '../scheme.ts'
import {
  type Ignored,
  type Reading,
  type Told,
  defineSource,
  event,
  ignore,
  strange,
} from '../source.ts'

const scheme = hmacScheme({
  label: 'HMAC-SHA256 of the body, base64, in `X-Shopify-Hmac-Sha256`',
  claim(inbound) {
    const header =
      headerOf(inbound, 'x-shopify-hmac-sha256') ?? headerOf(inbound, 'shopify-hmac-sha256')
    const signature = parseBase64(header ?? '')
    if (signature === null) return 'X-Shopify-Hmac-Sha256 holds no base64'
    return { signatures: [signature], message: inbound.body }
  },
})

/** Whoever buys at a till leaves no name: nobody knows whether two such orders are one customer's. */
function customerOf(order: unknown): string {
  return (
    optionalTextAt(order, 'customer.id') ??
    optionalTextAt(order, 'email') ??
    `guest:${textAt(order, 'id')}`
  )
}

function placed(order: unknown): Told {
  return {
    type: 'order.placed',
    time: timeAt(order, 'created_at'),
    data: {
      order: textAt(order, 'id'),
      customer: customerOf(order),
      amount: textAt(order, 'total_price'),
      currency: currencyAt(order, 'currency'),
      channel: optionalTextAt(order, 'source_name'),
    },
  }
}

interface Money {
  readonly thousandths: number
  readonly currency: string
}

/** In the shop’s currency, as orders are, where it is told; customers may pay in another. */
function moneyOf(transaction: unknown): Money {
  const shop = at(transaction, 'amount_set.shop_money')
  const [money, code] = isObject(shop) ? [shop, 'currency_code'] : [transaction, 'currency']
  const thousandths = parseDecimal(at(money, 'amount'), 3, Number.MAX_SAFE_INTEGER / 1000)
  if (thousandths === null) {
    throw invalid('transactions.amount', 'Expected an amount in plain digits')
  }
  return { thousandths, currency: currencyAt(money, code) }
}

/** Refunds list what was paid back by transaction; those that failed or are pending moved no money. */
function paidBack(refund: unknown): Told | Ignored {
  const [first, ...more] = listAt(refund, 'transactions')
    .filter(
      (one) =>
        at(one, 'kind') === 'refund' && at(one, 'status') === 'success' && at(one, 'test') !== true,
    )
    .map(moneyOf)
  if (first === undefined) return ignore('No money was paid back')
  const { currency } = first
  if (more.some((one) => one.currency !== currency)) {
    throw invalid('transactions.currency', 'Expected one currency')
  }
  const sum = more.reduce((sum, { thousandths }) => sum + thousandths, first.thousandths)
  return {
    type: 'order.refunded',
    time: timeAt(refund, 'created_at'),
    data: { order: textAt(refund, 'order_id'), amount: major(sum, 3), currency },
  }
}

/** Orders that were never paid are taken back whole; what had been paid comes back by refunds/create. */
function cancelled(order: unknown): Told | Ignored {
  const paid = textAt(order, 'financial_status')
  if (!['pending', 'authorized', 'voided'].includes(paid)) {
    return ignore('What had been paid comes back by refunds/create')
  }
  return {
    type: 'order.refunded',
    time: timeAt(order, 'cancelled_at'),
    data: {
      order: textAt(order, 'id'),
      amount: textAt(order, 'total_price'),
      currency: currencyAt(order, 'currency'),
    },
  }
}

/** Topics that are counted, with what a delivery is called and what it tells. */
const topics: ReadonlyMap<string, [id: string, tell: (body: unknown) => Told | Ignored]> = new Map([
  ['orders/create', ['order', placed]],
  ['orders/cancelled', ['cancelled', cancelled]],
  ['refunds/create', ['refund', paidBack]],
])

function read(body: unknown, topic: string): Reading {
  if (!isObject(body)) return strange('Expected an object')
  const known = topics.get(topic)
  if (known === undefined) {
    return { id: null, events: [event(topic, () => ignore('Only orders and refunds are counted'))] }
  }
  const [name, tell] = known
  // The topic is not signed, but a body of another topic lacks what this one needs.
  return {
    id: `${name}:${textAt(body, 'id')}`,
    events: [event(topic, () => (at(body, 'test') === true ? ignore('A test order') : tell(body)))],
  }
}

/** Shopify: orders with money as text and ids beyond 2^53. */
export const shopify = defineSource({
  vendor: 'shopify',
  label: 'Shopify',
  docs: 'https://shopify.dev/docs/apps/build/webhooks',
  config: {},
  scheme: () => scheme,
  format: 'json',
  keeps: ['x-shopify-topic'],
  volatile: [],
  types: ['order.placed', 'order.refunded'],
  read: (body, { headers }) => read(body, headers.get('x-shopify-topic') ?? 'unknown'),
  setup: [
    'Create the source here, for now with a random secret from `openssl rand -hex 32`, and copy its ' +
      '`url`.',
    'In Shopify’s admin open Settings → Notifications → Webhooks and choose Create webhook.',
    'Choose the event Order creation, the format JSON, and paste the `url`. Do the same for Order ' +
      'cancellation and Refund create.',
    'Below the list Shopify shows the key that all of them are signed with; an app uses its client ' +
      'secret instead. Add it: `POST /v1/sources/{id}/secrets {"secret": "…", "overlap": 0}`, which ends ' +
      'the random one at once.',
  ],
  becomes: [
    [
      'orders/create',
      '`order.placed`: total price, in the shop’s currency, channel by `source_name`',
    ],
    [
      'orders/cancelled',
      '`order.refunded` of the whole, where nothing had been paid; otherwise ignored',
    ],
    [
      'refunds/create',
      '`order.refunded`: what successful transactions have paid back, in the shop’s currency where it is told',
    ],
    ['test orders, test transactions, other topics', 'ignored'],
  ],
})
