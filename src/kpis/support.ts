import { meanOf, medianOf, number } from '../estimate.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { count } from '../parts/count.ts'
import { elapsed } from '../parts/elapsed.ts'
import type { Condition } from '../rule.ts'

const dimensions = ['agent', 'channel']

/** Not solved again and not reopened since: the ticket's end, as far as anybody knows. */
const final: Condition = { is: 'last', among: ['ticket.solved', 'ticket.reopened'] }

const hour = 3_600_000

/** Nine times one hour and once ten. */
const times = {
  n: 10,
  sum: 19 * hour,
  bins: new Map([
    [763, 9],
    [879, 1],
  ]),
}

const firstResponseTime = defineKpi({
  id: 'first_response_time',
  label: 'First response time, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time from a ticket’s creation to its first reply by a person, within 1 %, on the day of the ' +
    'reply; mean and 90th percentile beside it. Replies of bots do not count, tickets without an answer ' +
    'are not in it. Calendar time, not business hours. The interval is that of the median, 95 %.',
  source: 'First public human reply minus creation, as Zendesk’s first reply time',
  version: 1,
  dimensions,
  parts: {
    times: elapsed('ticket.created', 'ticket.replied', {
      unless: { bot: 'yes' },
      only: [
        {
          is: 'first',
          among: ['ticket.replied'],
          where: {},
          unless: { bot: 'yes' },
        },
      ],
    }),
  },
  example: { given: { times }, is: 3_610.851_937_130_748_4 },
  value: (found) => medianOf(found.times, 1_000),
})

const timeToResolution = defineKpi({
  id: 'time_to_resolution',
  label: 'Time to resolution, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time from a ticket’s creation to its last solution, within 1 %, on the day of that solution; ' +
    'mean and 90th percentile beside it. A ticket that is reopened leaves the day it was solved on and ' +
    'counts again where it is solved again. Calendar time, not business hours. The interval is that of ' +
    'the median, 95 %.',
  source: 'Full resolution time, as Zendesk’s: last solved minus created',
  version: 1,
  dimensions,
  parts: { times: elapsed('ticket.created', 'ticket.solved', { only: [final] }) },
  example: { given: { times }, is: 3_610.851_937_130_748_4 },
  value: (found) => medianOf(found.times, 1_000),
})

const timeToResolutionMean = defineKpi({
  id: 'time_to_resolution_mean',
  label: 'Time to resolution, mean',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Mean time from a ticket’s creation to its last solution, exact, on the day of that solution. The ' +
    'interval is that of 95 %, with the spread taken from times known within 1 %.',
  source: 'Sum of full resolution times over their number',
  version: 1,
  dimensions,
  parts: { times: elapsed('ticket.created', 'ticket.solved', { only: [final] }) },
  example: { given: { times }, is: 6_840 },
  value: (found) => meanOf(found.times, 1_000),
})

const timeToFirstResolution = defineKpi({
  id: 'time_to_first_resolution',
  label: 'Time to first resolution, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time from a ticket’s creation to its first solution, within 1 %, on the day of that ' +
    'solution, whether or not it was reopened afterwards; mean and 90th percentile beside it. The ' +
    'interval is that of the median, 95 %.',
  source: 'First resolution time, as Zendesk’s: first solved minus created',
  version: 1,
  dimensions,
  parts: {
    times: elapsed('ticket.created', 'ticket.solved', {
      only: [{ is: 'first', among: ['ticket.solved'], where: {}, unless: {} }],
    }),
  },
  example: { given: { times }, is: 3_610.851_937_130_748_4 },
  value: (found) => medianOf(found.times, 1_000),
})

const ticketsSolved = defineKpi({
  id: 'tickets_solved',
  label: 'Tickets solved',
  unit: 'count',
  direction: 'up',
  definition:
    'Tickets solved for good, each on the day of its last solution; one that was reopened afterwards ' +
    'does not count until it is solved again.',
  source: 'Count of tickets, not of solutions',
  version: 1,
  dimensions,
  parts: { solved: count('ticket.solved', { only: [final] }) },
  example: { given: { solved: 206 }, is: 206 },
  value: ({ solved }) => number(solved),
})

/** Tickets, from the question to the answer. */
export const support: readonly Kpi[] = [
  firstResponseTime,
  timeToResolution,
  timeToResolutionMean,
  timeToFirstResolution,
  ticketsSolved,
]
