import type { Day } from './day.ts'
import { type Content, type ContentContext, type Outcome, refuse } from './fact.ts'
import { moneyRule, parseMoney } from './money.ts'
import type { FieldError } from './problem.ts'
import { strangeProperties } from './properties.ts'

/** Texts by name, of which some were not given. */
type Given = Readonly<Record<string, string | undefined>>

/** What a fact type makes of its data, before it is known whether it keeps every rule. */
export interface Sketch {
  readonly subject: string
  readonly thread?: string
  readonly entity?: string | undefined
  readonly value?: Outcome<number> | number | undefined
  readonly cost?: Outcome<number> | undefined
  readonly day?: Outcome<Day>
  readonly dimensions?: Given
  readonly data?: Given
}

/**
 * Content of what was given, or all that is wrong with it.
 *
 * @param allowed properties that the fact's survey allows besides the workspace's dimensions.
 */
export function compose(
  sketch: Sketch,
  { properties, dimensions }: ContentContext,
  allowed?: readonly string[],
): Outcome<Content> {
  const value = outcomeOf(sketch.value)
  const cost = outcomeOf(sketch.cost)
  const day = outcomeOf(sketch.day)
  const strangers = strangeProperties(properties, dimensions, allowed)
  if (!value.ok || !cost.ok || !day.ok || strangers.length > 0) {
    return { ok: false, errors: [...[value, cost, day].flatMap(errorsOf), ...strangers] }
  }
  return {
    ok: true,
    value: {
      subject: sketch.subject,
      thread: sketch.thread ?? null,
      entity: sketch.entity ?? null,
      value: value.value,
      ...(cost.value !== null && { cost: cost.value }),
      ...(day.value !== null && { day: day.value }),
      dimensions: { ...withoutUnknown(given(sketch.dimensions)), ...properties },
      data: given(sketch.data),
    },
  }
}

/** Saying that nobody knows the channel is saying nothing: it must not make a difference who says so. */
function withoutUnknown({ channel, ...others }: Record<string, string>): Record<string, string> {
  return channel === undefined || channel === 'unattributed' ? others : { ...others, channel }
}

/** An amount of money in minor units, refused by the name of its field. */
export function amount(path: string, input: unknown, currency: string): Outcome<number> {
  const value = parseMoney(input, currency)
  return value === null ? refuse(path, moneyRule(input, currency)) : { ok: true, value }
}

function outcomeOf<T extends number | Day>(said: Outcome<T> | T | undefined): Outcome<T | null> {
  return typeof said === 'object' ? said : { ok: true, value: said ?? null }
}

function errorsOf(outcome: Outcome<unknown>): readonly FieldError[] {
  return outcome.ok ? [] : outcome.errors
}

function given(texts: Given = {}): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, text] of Object.entries(texts)) if (text !== undefined) found[name] = text
  return found
}
