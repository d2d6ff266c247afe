import { ratio } from '../estimate.ts'
import { type Kpi, defineKpi } from '../kpi.ts'
import { arrivals, values } from '../parts/count.ts'

const tallied =
  'By the day of arrival. Counts facts sent with a key or imported; answers to hosted surveys are not ' +
  'tallied, and webhooks have counts of their own (GET /v1/sources). '

const duplicateRate = defineKpi({
  id: 'duplicate_rate',
  label: 'Duplicates',
  unit: 'percent',
  direction: 'down',
  definition:
    tallied +
    'Facts that were there already, over all valid facts received. They change nothing and are no ' +
    'fault: a sender that repeats itself until it is heard is a good one.',
  source: '1 − distinct identities / rows',
  version: 1,
  dimensions: ['source'],
  range: [0, 100],
  parts: { stored: arrivals('stored'), duplicate: arrivals('duplicate') },
  example: { given: { stored: 90, duplicate: 10 }, is: 10 },
  value: ({ stored, duplicate }) => ratio(duplicate, stored + duplicate, { scale: 100 }),
})

const rejectRate = defineKpi({
  id: 'reject_rate',
  label: 'Rejected facts',
  unit: 'percent',
  direction: 'down',
  definition:
    tallied +
    'Facts that break a rule of their type, over all facts received. They are told to the sender and ' +
    'are in no other KPI.',
  source: 'Rejected over received',
  version: 1,
  dimensions: ['source'],
  range: [0, 100],
  parts: {
    stored: arrivals('stored'),
    duplicate: arrivals('duplicate'),
    rejected: arrivals('rejected'),
  },
  example: { given: { stored: 90, duplicate: 5, rejected: 5 }, is: 5 },
  value: ({ stored, duplicate, rejected }) =>
    ratio(rejected, stored + duplicate + rejected, { scale: 100 }),
})

const lateShare = defineKpi({
  id: 'late_share',
  label: 'Late facts',
  unit: 'percent',
  direction: 'down',
  definition:
    tallied +
    'Facts dated on a day that had already been published, over all facts stored. Each of them changes ' +
    'a number that somebody may have read.',
  source: 'Late over stored',
  version: 1,
  dimensions: ['source'],
  range: [0, 100],
  parts: { stored: arrivals('stored'), late: arrivals('late') },
  example: { given: { stored: 200, late: 5 }, is: 2.5 },
  value: ({ stored, late }) => ratio(late, stored, { scale: 100 }),
})

const revisionRate = defineKpi({
  id: 'revision_rate',
  label: 'Revised values',
  unit: 'percent',
  direction: 'down',
  definition:
    'Of the daily values published for the window (one for each KPI with anything to count on a day, ' +
    'segments aside), the share that was changed afterwards, because facts came late or were ' +
    'corrected. KPIs that wait for what comes later (conversions, response and renewal rates, ' +
    'resolutions, nps_latest) change by design and are left out. What had been published can still be read with as_of.',
  source: 'Revised over published',
  version: 1,
  dimensions: [],
  range: [0, 100],
  parts: { published: values('published'), revised: values('revised') },
  example: { given: { published: 40, revised: 1 }, is: 2.5 },
  value: ({ published, revised }) => ratio(revised, published, { scale: 100 }),
})

/** How far the numbers can be trusted. */
export const quality: readonly Kpi[] = [duplicateRate, rejectRate, lateShare, revisionRate]
