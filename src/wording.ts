import type { FactType } from './fact.ts'
import type {
  Condition,
  DistinctRule,
  Fate,
  Filter,
  Holding,
  HoldingRule,
  IntakeRule,
  LatestRule,
  Measure,
  Move,
  RevisionRule,
  Rule,
  TallyRule,
  VisitRule,
} from './rule.ts'

/** What a part counts, in sentences: the same data that is compiled to SQL and run by the tests. */
export function wordsOf(rule: Rule): string {
  switch (rule.how) {
    case 'tally':
      return tallyWords(rule)
    case 'visit':
      return visitWords(rule)
    case 'distinct':
      return distinctWords(rule)
    case 'latest':
      return latestWords(rule)
    case 'holding':
      return `${holdingWords(rule)} ${heldWords(rule.holding)}`
    case 'intake':
      return `Number of facts that requests brought in ${intakeWords[rule.column]}, on the day they arrived.`
    case 'revision':
      return revisionWords[rule.column]
  }
}

/** One of several: `a, b or c`. */
function oneOf(texts: readonly string[]): string {
  const last = texts.at(-1) ?? ''
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`
}

/** `a deal.won`, `an order.placed or deal.won`. */
function anyOf(types: readonly string[]): string {
  return `${/^[aeiou]/.test(types[0] ?? '') ? 'an' : 'a'} ${oneOf(types)}`
}

/** What the facts of a type tell the story of: a deal, a ticket. */
function threadOf(types: readonly FactType[]): string {
  return (types[0] ?? '').split('.', 1)[0] ?? ''
}

const people: Readonly<Record<string, string>> = { survey: 'respondent', user: 'user' }

/** Whose facts of a type are. */
function personOf(types: readonly FactType[]): string {
  return people[threadOf(types)] ?? 'customer'
}

function filterWords({ where, unless }: Filter): string {
  const rules = [
    ...Object.entries(where).map(([name, value]) => `${name} is ${value}`),
    ...Object.entries(unless).map(([name, value]) => `${name} is not ${value}`),
  ]
  return rules.length === 0 ? '' : ` where ${rules.join(' and ')}`
}

function tallyWords(rule: TallyRule): string {
  const { types, only, measure, by, keep } = rule
  const clauses = only.map((condition) => conditionWords(condition, types)).join(', and')
  const anonymous = only.some((condition) => isPersonal(condition))
    ? ` Those of no ${personOf(types)} are not counted.`
    : ''
  const counted = `${oneOf(types)}${filterWords(rule)}${measureClause(measure, by)}`
  return `${measureWords(rule)} ${counted}${clauses}${byWords(by, keep)}.${anonymous}`
}

function isPersonal(condition: Condition): boolean {
  return condition.is === 'early' || condition.is === 'debut'
}

function measureWords({ measure, keep, by, types }: TallyRule): string {
  if (measure === 'one') return 'Number of'
  const kept = keep === 'bins' ? 'Number, sum and histogram' : 'Number and sum'
  if (typeof measure === 'object') {
    const begin = `the first ${measure.since} of the same ${threadOf(types)}`
    return `${kept} of the milliseconds since ${begin}, where there is one, at`
  }
  const amount = by === 'currency' ? 'amounts, in minor units,' : 'lengths, in milliseconds,'
  return `${kept} of the ${measure === 'margin' ? 'amounts less cost' : amount} of`
}

function measureClause(measure: Measure, by: string): string {
  if (measure === 'costed' || measure === 'margin') return ' whose cost is known'
  return measure === 'value' && by === '' ? ' that say one' : ''
}

function byWords(by: string, keep: TallyRule['keep']): string {
  if (by === '') return ''
  if (by === 'currency') return ', each currency by itself'
  return by === 'value' && keep === 'number'
    ? ', by value'
    : `, by ${by}; without ${by} they are not counted`
}

const dayLength = 86_400_000

function span(milliseconds: number): string {
  return `${milliseconds / dayLength} days`
}

/** A condition as a clause on the facts of these types. */
function conditionWords(condition: Condition, types: readonly FactType[]): string {
  const own = oneOf(types)
  const thread = threadOf(types)
  switch (condition.is) {
    case 'followed':
      return ` that ${followedWords(condition, types)}`
    case 'led':
      return (
        ` whose ${thread} is named by ${anyOf([condition.via])} of ${anyOf([threadOf([condition.to])])} with ` +
        `${anyOf([condition.to])}, not earlier and at most ${span(condition.within)} later`
      )
    case 'met':
      return (
        ` that ${anyOf([condition.by])} of the same ${thread} is nearer to than to any other ${own}, ` +
        'the earlier of two that are equally near'
      )
    case 'early':
      return (
        ` at most ${span(condition.within)} after the first ${oneOf(condition.among)} of the same ` +
        `${personOf(types)} that has an amount above 0`
      )
    case 'debut':
      return (
        ` with an amount above 0 that no ${oneOf(condition.among)} of the same ${personOf(types)} ` +
        'with one precedes'
      )
    case 'first':
    case 'last':
      return ` that no ${aloneWords(condition, types)}`
    case 'anew':
      return ` that are the first of their ${thread} with that ${condition.dimension}`
    case 'onward':
      return (
        ` that are followed by ${anyOf(condition.types)} of the same ${thread}, or by ${anyOf(types)} with ` +
        `a ${condition.dimension} that the ${thread} had not been in`
      )
  }
}

type Followed = Extract<Condition, { is: 'followed' }>

function followedWords({ by, types, within }: Followed, own: readonly FactType[]): string {
  const whose = by === 'thread' ? threadOf(own) : `${threadOf(own)} and ${personOf(own)}`
  const limit = within === null ? '' : ` within ${span(within)} and`
  return `${anyOf(types)} of the same ${whose} follows${limit} before the next ${oneOf(own)}`
}

type Alone = Extract<Condition, { is: 'first' | 'last' }>

function aloneWords(condition: Alone, types: readonly FactType[]): string {
  if (condition.is === 'last') {
    return `${oneOf(condition.among)} of the same ${threadOf(types)} follows`
  }
  return `${oneOf(condition.among)}${filterWords(condition)} of the same ${threadOf(types)} precedes`
}

function visitWords({ types, enters, dimension }: VisitRule): string {
  const thread = threadOf(types)
  return (
    `Number, sum and histogram of the milliseconds that a ${thread} stays in a ${dimension}: from the ` +
    `${enters} that enters it to the ${oneOf(types)} that leaves it, on the day of leaving, under the ` +
    `${dimension} that is left. The same ${dimension} said again is no move.`
  )
}

function distinctWords(rule: DistinctRule): string {
  const person = personOf(rule.types)
  const facts = `${oneOf(rule.types)}${filterWords(rule)}`
  const twice = rule.back === 2 ? ', and how many of them have at least two' : ''
  return (
    `Number of ${person}s with ${facts} in the window${twice}. Each fact is kept under the day of the ` +
    `${person}’s fact before it in the segment: the first of each ${person} in a window is the one whose ` +
    `day before lies outside. Those of no ${person} are not counted.`
  )
}

function latestWords(rule: LatestRule): string {
  const person = personOf(rule.types)
  return (
    `Number of ${oneOf(rule.types)}${filterWords(rule)}, by value: of each ${person} the last one in the ` +
    `window and segment. Those of no ${person} all count.`
  )
}

const moveWords: Readonly<Record<Move, string>> = {
  new: 'comes to hold something for the first time',
  returned: 'comes to hold something again',
  expanded: 'comes to hold more than before',
  contracted: 'comes to hold less than before, but something',
  left: 'comes to hold nothing',
}

/** What is told of the holders that held something when the window began. */
const fateWords: Readonly<Record<Fate, (holders: string) => string>> = {
  left: (holders) =>
    `Number of ${holders} that held something when the window began and came to hold nothing in it, ` +
    'each once; under since, how often what had begun in the window ended in it.',
  stayed: (holders) =>
    `By how many the ${holders} that held something when the window began are fewer at its end: 0 ` +
    'where all of them hold something then, otherwise negative.',
  kept: (holders) =>
    `By how much less the ${holders} that held something when the window began hold at its end, each ` +
    'of them counted with at most what it held at the start; 0 or negative, in minor units, each ' +
    'currency by itself.',
  held: (holders) =>
    `By how much more, or where it is negative less, the ${holders} that held something when the window ` +
    'began hold at its end, in minor units, each currency by itself.',
  grew: (holders) =>
    `Number of ${holders} that held something when the window began and at some time in it came to hold ` +
    'more than just before, each once, each currency by itself.',
}

function holdersOf(holding: Holding): string {
  return holding.holder === 'thread' ? holding.name : personOf([holding.opens ?? 'deal.won'])
}

function holdingWords({ holding, tell, book, by }: HoldingRule): string {
  const holder = holdersOf(holding)
  if (tell === 'change') return levelWords(holding, book, by)
  if ('fate' in tell) return fateWords[tell.fate](`${holder}s`)
  const how = moveWords[tell.move]
  return book === 'any'
    ? `Number of times that a ${holder} ${how}, whatever the currency.`
    : `Number of times that a ${holder} ${how}, and by how much in minor units, each currency by itself.`
}

function levelWords(holding: Holding, book: HoldingRule['book'], by: string): string {
  const { holder, amount, name } = holding
  const money = book === 'currency' ? ', in minor units, each currency by itself' : ''
  const [cut, at] = by === '' ? ['', 'begins and when it ends'] : [`, by ${by}`, 'ends']
  const when = `when the window ${at}: the changes of all days up to then, added up.`
  if (amount === 'one') return `Number of ${name}s that are held, ${when}`
  if (holder === 'thread') return `What is held in all${money}${cut}, ${when}`
  const amounts = book === 'currency' ? ', and how much they hold' : ''
  return `Number of ${holdersOf(holding)}s that hold something${amounts}${money}${cut}, ${when}`
}

/** What it is to hold something. */
function heldWords({ opens, sets, closes, holder, name }: Holding): string {
  if (opens === null) return `What a ${sets ?? ''} says is held until the next one about the same.`
  const until = `from ${opens} to ${oneOf(closes)}`
  if (holder === 'thread') return `A ${name} is held ${until}.`
  const changed = sets === null ? '' : ` as last set by ${sets}`
  return (
    `A ${personOf([opens])} holds what its ${name}s charge, each ${until}${changed}; who is charged ` +
    'nothing holds nothing.'
  )
}

const intakeWords: Readonly<Record<IntakeRule['column'], string>> = {
  stored: 'and that were stored',
  late: 'and that were stored for a day that had been published before',
  duplicate: 'although they were there already',
  rejected: 'and that were refused for breaking a rule of their type',
}

const revisionWords: Readonly<Record<RevisionRule['column'], string>> = {
  published:
    'Number of values that were published for a day when it was closed, one for each KPI with ' +
    'anything to count on it.',
  revised:
    'Number of values that were published for a day when it was closed, one for each KPI with ' +
    'anything to count on it, and were changed afterwards.',
}
