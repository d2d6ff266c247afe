import type { Edition } from '../edition.ts'

/** English. */
export const en: Edition = {
  language: 'en',
  title: 'Customer report',
  zone: 'Days of {zone}',
  summary: {
    title: 'What needs attention',
    calm: 'Nothing has become worse by more than chance, and no target is behind.',
    more: 'Also worse: {names}.',
    silent: 'Nothing has come any more, unlike in the days before: {names}.',
    few: 'Built from fewer than 30 observations, so not to be relied on: {names}.',
  },
  table: {
    caption: '{family}, in numbers',
    kpi: 'KPI',
    now: 'Now',
    before: 'Before',
    change: 'Change',
    points: '{n} pp',
  },
  notes: {
    title: 'How far to trust these numbers',
    method:
      'Everything is compared with {days}, as many days just before. “±” and “95% interval” tell how far chance alone may move a value; a change is called more than chance where its own 95% interval leaves out zero. Nothing was held apart for comparison, so no cause is claimed.',
    running: 'The window is not over: the last day that is counted in full is {day}.',
    young: 'Can still change, because what belongs to them is yet to happen: {names}.',
    revised: {
      one: 'On {n} day values changed after they had been published, because facts came late or were corrected: {names}.',
      other:
        'On up to {n} days values changed after they had been published, because facts came late or were corrected: {names}.',
    },
    currencies: 'Money in {codes} is left out, not converted: {names}.',
    empty: 'Without data in both windows: {names}.',
    hidden:
      'Values from fewer than {n} answers are not shown, so that nobody’s answer can be read off.',
  },
  nothing: 'Nothing has been counted yet, neither in these days nor in those before.',
  unknown: {
    title: 'There is no report here',
    text: 'The link may have been cut short or taken back. Please ask whoever sent it to you.',
  },
  unavailable: {
    title: 'The report cannot be shown for the moment',
    text: 'Please try again in a minute.',
  },
}
