import { expect, test } from 'vitest'
import { chargeOf, planOf } from '../../src/vendors/chargebee-charge.ts'

const monthlyPlan = {
  id: 'S',
  status: 'active',
  currency_code: 'usd',
  billing_period: 1,
  billing_period_unit: 'month',
}

const plan = { item_price_id: 'pro-USD', item_type: 'plan', quantity: 2, amount: 7_900 }
const mrrOf = (change: object) => chargeOf({ ...monthlyPlan, ...change }).mrr

test('what a subscription charges is in major units of its currency, in upper case', () => {
  expect(chargeOf({ ...monthlyPlan, subscription_items: [plan] })).toEqual({
    subscription: 'S',
    mrr: '79',
    currency: 'USD',
  })
  expect(mrrOf({ currency_code: 'JPY', mrr: 7_900 })).toBe('7900')
  expect(mrrOf({ currency_code: 'KWD', mrr: 7_900 })).toBe('7.9')
})

test('Chargebee’s own figure is taken before any other', () => {
  expect(mrrOf({ mrr: 5_000, subscription_items: [plan] })).toBe('50')
  expect(mrrOf({ mrr: 0, subscription_items: [plan] })).toBe('0')
  expect(mrrOf({ mrr: null, subscription_items: [plan] })).toBe('79')
})

test('plan and addons charge again and again, charges once', () => {
  const addon = { item_price_id: 'seats', item_type: 'addon', quantity: 3, unit_price: 500 }
  const setup = { item_price_id: 'setup', item_type: 'charge', amount: 99_900 }

  expect(mrrOf({ subscription_items: [plan, addon, setup] })).toBe('94')
})

test('a year is twelve months, and an item may have a period of its own', () => {
  const yearly = { billing_period: 1, billing_period_unit: 'year' }

  expect(mrrOf({ ...yearly, subscription_items: [{ ...plan, amount: 120_000 }] })).toBe('100')
  expect(mrrOf({ subscription_items: [plan, { ...plan, ...yearly, amount: 120_000 }] })).toBe('179')
  expect(mrrOf({ billing_period: 3, subscription_items: [{ ...plan, amount: 9_000 }] })).toBe('30')
})

// Product Catalog 1.0: excerpt of the appendix of a readme of TVU's paywalld, public on GitHub.
test('the older catalog has one plan, and addons of its period', () => {
  const weekly = {
    plan_id: 'jj_plan_pk',
    plan_quantity: 1,
    plan_unit_price: 95_000,
    plan_amount: 95_000,
    plan_free_quantity: 0,
    billing_period_unit: 'week',
    addons: [{ id: 'week', quantity: 1, unit_price: 20, amount: 20, object: 'addon' }],
  }

  expect(mrrOf(weekly)).toBe('4117.53')
  // Chargebee's own month is 30.416 days long.
  expect(mrrOf({ ...weekly, mrr: 412_876 })).toBe('4128.76')
  expect(planOf(weekly)).toBe('jj_plan_pk')
})

test('an amount that is left out is that of the units beyond the free ones', () => {
  const units = { plan_quantity: 5, plan_free_quantity: 2, plan_unit_price: 1_000 }

  expect(mrrOf(units)).toBe('30')
  expect(mrrOf({ ...units, plan_free_quantity: 9 })).toBe('0')
  expect(mrrOf({ plan_unit_price: 1_000 })).toBe('10')
})

test.each([['future'], ['in_trial'], ['paused'], ['cancelled']])(
  '%s, it charges nothing',
  (status) => {
    expect(mrrOf({ status, mrr: 7_900 })).toBe('0')
  },
)

test('until its end a subscription that will not renew charges as before', () => {
  expect(mrrOf({ status: 'non_renewing', mrr: 7_900 })).toBe('79')
})

test('the plan is the item that is one', () => {
  expect(planOf({ subscription_items: [{ item_type: 'addon', item_price_id: 'a' }, plan] })).toBe(
    'pro-USD',
  )
  expect(planOf({})).toBeUndefined()
})

test.each([
  [{}, 'plan_unit_price: Expected a whole number: current value is missing'],
  [{ mrr: 0.5 }, 'mrr: Expected a whole number: current value is 0.5'],
  [{ mrr: -1 }, 'mrr: Expected a whole number: current value is -1'],
  [{ status: 'asleep' }, 'status: Expected a known status: current value is asleep'],
  [{ currency_code: null }, 'currency_code: Expected a text or number: current value is null'],
  [
    { billing_period_unit: 'decade' },
    'billing_period_unit: Expected day, week, month or year: current value is decade',
  ],
  [{ billing_period: 0, plan_amount: 1 }, 'interval: Expected a charge every 1 interval or more'],
  [
    { subscription_items: [{ item_type: 'plan', amount: '1e3' }] },
    'amount: Expected a whole number: current value is "1e3"',
  ],
])('%j says why it cannot be told', (change, message) => {
  expect(() => mrrOf(change)).toThrow(message)
})
