import type { Interpretation } from '../interpretation.ts'

/** English. */
export const en: Interpretation = {
  language: 'en',
  rose: '{subject} rose {size} to {value}{verdict}.',
  fell: '{subject} fell {size} to {value}{verdict}.',
  held: '{subject} held at {value}.',
  first: '{subject} stands at {value}; there is nothing earlier to compare it with.',
  unseen: '{subject} stands at {value}; the value before is not shown: {why}.',
  none: '{name}: {why} ({days}).',
  before: 'Before: {value}.',
  verdicts: {
    none: '',
    noise: ': within the noise',
    clear: ', which is more than chance',
    better: ', which is better',
    worse: ', which is worse',
    clearly_better: ', which is better and more than chance',
    clearly_worse: ', which is worse and more than chance',
  },
  points: { one: '{n} point', other: '{n} points' },
  percentagePoints: { one: '{n} percentage point', other: '{n} percentage points' },
  target: {
    not_started: 'The target of {target} by {day} has not begun.',
    on_track: 'The target of {target} by {day} is on track.',
    behind: 'The target of {target} by {day} is behind schedule.',
    reached: 'The target of {target} by {day} was reached.',
    missed: 'The target of {target} by {day} was missed.',
    unknown: 'The target of {target} by {day} cannot be judged yet.',
  },
  benchmark: 'Benchmark{industry}: {band} ({source}, {year}); this is {place}.',
  place: { below: 'below it', within: 'within it', above: 'above it' },
  band: '{low} to {high}',
  bandAround: '{middle}, typically {low} to {high}',
  anomaly: {
    high: 'The newest day is unusually high for its weekday.',
    low: 'The newest day is unusually low for its weekday.',
  },
  few: {
    one: 'Only {n} observation: read it with care.',
    other: 'Only {n} observations: read it with care.',
  },
  young: {
    one: 'It can still change: it is final after {n} day.',
    other: 'It can still change: it is final after {n} days.',
  },
}
