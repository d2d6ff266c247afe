import { medianOf, number, ratio, unknown } from '../estimate.ts'
import { seats } from '../holding.ts'
import { share } from '../interval.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { count } from '../parts/count.ts'
import { distinct } from '../parts/distinct.ts'
import { histogram } from '../parts/histogram.ts'
import { level } from '../parts/level.ts'

/** Three times five minutes. */
const times = { n: 3, sum: 900_000, bins: new Map([[637, 3]]) }

const activeUserShare = defineKpi({
  id: 'active_user_share',
  label: 'Active users',
  unit: 'percent',
  direction: 'up',
  definition:
    'Users who did something in the window, each counted once however many days, over the seats at its ' +
    'end. Logging in alone is nothing done. Above 100 where more people work than there are seats. The ' +
    'longer the window, the higher: compare windows of equal length only. The interval is Wilson’s, ' +
    '95 %; above 100 there is none.',
  source: 'Distinct active users over licensed users',
  version: 1,
  dimensions: [],
  parts: {
    users: distinct('user.active', { unless: { action: 'login' } }),
    seats: level(seats),
  },
  example: {
    given: {
      users: { once: 30, twice: 0 },
      seats: { opening: { n: 1, sum: 40 }, closing: { n: 1, sum: 40 } },
    },
    is: 75,
  },
  value({ users, seats: { closing } }) {
    if (users.once <= closing.sum) return share(users.once, closing.sum)
    return ratio(users.once, closing.sum, { scale: 100 })
  },
})

const interactionDuration = defineKpi({
  id: 'interaction_duration',
  label: 'Interaction length, median',
  unit: 'seconds',
  direction: 'target',
  definition:
    'Median length of the interactions logged in the window, within 1 %; mean and 90th percentile ' +
    'beside it. Neither longer nor shorter is better by itself. The interval is that of the median, 95 %.',
  source: 'Median; log-binned as DDSketch (VLDB 2019)',
  version: 1,
  dimensions: ['user', 'channel'],
  parts: { lengths: histogram('interaction.logged') },
  example: { given: { lengths: times }, is: 297.843_439_555_620_76 },
  value: ({ lengths }) => medianOf(lengths, 1_000),
})

const interactionFrequency = defineKpi({
  id: 'interaction_frequency',
  label: 'Interactions per customer',
  unit: 'ratio',
  direction: 'target',
  definition:
    'Interactions logged in the window over the customers they were with, each counted once. Neither ' +
    'more nor fewer is better by itself.',
  source: 'Count over distinct customers',
  version: 1,
  dimensions: ['user', 'channel'],
  parts: {
    interactions: count('interaction.logged'),
    customers: distinct('interaction.logged'),
  },
  example: { given: { interactions: 30, customers: { once: 12, twice: 0 } }, is: 2.5 },
  value: ({ interactions, customers }) => ratio(interactions, customers.once),
})

const tasksDone = defineKpi({
  id: 'tasks_done',
  label: 'Tasks done',
  unit: 'count',
  direction: 'up',
  definition: 'Tasks done, on the day they were done.',
  source: 'Count',
  version: 1,
  dimensions: ['user', 'automated'],
  parts: { tasks: count('task.done') },
  example: { given: { tasks: 42 }, is: 42 },
  value: ({ tasks }) => number(tasks),
})

const taskTime = defineKpi({
  id: 'task_time',
  label: 'Task time, median',
  unit: 'seconds',
  direction: 'down',
  definition:
    'Median time that the tasks done in the window took, within 1 %, of those that say how long; mean ' +
    'and 90th percentile beside it. The interval is that of the median, 95 %.',
  source: 'Median; log-binned as DDSketch (VLDB 2019)',
  version: 1,
  dimensions: ['user', 'automated'],
  parts: { times: histogram('task.done') },
  example: { given: { times }, is: 297.843_439_555_620_76 },
  value: (found) => medianOf(found.times, 1_000),
})

const automationShare = defineKpi({
  id: 'automation_share',
  label: 'Automated tasks',
  unit: 'percent',
  direction: 'up',
  definition:
    'Tasks done by a machine over all tasks done that say whether they were. The interval is Wilson’s, ' +
    '95 %.',
  source: 'Automated over automated and manual',
  version: 1,
  dimensions: ['user'],
  range: [0, 100],
  parts: {
    automated: count('task.done', { where: { automated: 'yes' } }),
    manual: count('task.done', { where: { automated: 'no' } }),
  },
  example: { given: { automated: 30, manual: 90 }, is: 25 },
  value({ automated, manual }) {
    if (automated + manual === 0) return unknown('no_denominator')
    return share(automated, automated + manual)
  },
})

/** What a team does, and how. */
export const team: readonly Kpi[] = [
  activeUserShare,
  interactionDuration,
  interactionFrequency,
  tasksDone,
  taskTime,
  automationShare,
]
