import type { Holding } from './rule.ts'

/** What a customer pays for month by month. A subscription without charge is none: nobody pays it. */
export const subscriptions: Holding = {
  name: 'subscription',
  opens: 'subscription.started',
  sets: 'subscription.changed',
  closes: ['subscription.cancelled'],
  holder: 'entity',
  amount: 'value',
}

/** Deals that are created and neither won nor lost. */
export const deals: Holding = {
  name: 'deal',
  opens: 'deal.created',
  sets: null,
  closes: ['deal.won', 'deal.lost'],
  holder: 'thread',
  amount: 'one',
}

/** The seats that are paid for; what was set last. */
export const seats: Holding = {
  name: 'seats',
  opens: null,
  sets: 'seats.set',
  closes: [],
  holder: 'thread',
  amount: 'value',
}

/** What is to be sold in a period, by whom; what was set last for the same owner and period. */
export const quotas: Holding = {
  name: 'quota',
  opens: null,
  sets: 'quota.set',
  closes: [],
  holder: 'thread',
  amount: 'value',
}
