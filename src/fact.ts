import type * as v from 'valibot'
import type { Day } from './day.ts'
import type { FieldError } from './problem.ts'
import type { Survey } from './survey.ts'

/**
 * The vocabulary. Each type is declared once, in facts/. Within a thread, facts of the same instant are
 * taken in this order: a deal is created before it is won.
 */
export const vocabulary = [
  'survey.sent',
  'survey.response',
  'visit.started',
  'lead.created',
  'lead.qualified',
  'deal.created',
  'deal.stage',
  'deal.won',
  'deal.lost',
  'order.placed',
  'order.refunded',
  'subscription.started',
  'subscription.changed',
  'subscription.due',
  'subscription.renewed',
  'subscription.cancelled',
  'ticket.created',
  'ticket.replied',
  'ticket.solved',
  'ticket.reopened',
  'interaction.logged',
  'task.done',
  'user.active',
  'seats.set',
  'spend.recorded',
  'quota.set',
] as const

export type FactType = (typeof vocabulary)[number]

/**
 * The type that begins the thread of another: what the deal, ticket, order, subscription or lead was
 * said to be when it began holds for its later facts too, where they do not say otherwise.
 */
export const origins: Readonly<Partial<Record<FactType, FactType>>> = {
  'lead.qualified': 'lead.created',
  'deal.stage': 'deal.created',
  'deal.won': 'deal.created',
  'deal.lost': 'deal.created',
  'order.refunded': 'order.placed',
  'subscription.changed': 'subscription.started',
  'subscription.due': 'subscription.started',
  'subscription.renewed': 'subscription.started',
  'subscription.cancelled': 'subscription.started',
  'ticket.replied': 'ticket.created',
  'ticket.solved': 'ticket.created',
  'ticket.reopened': 'ticket.created',
}

/** Types whose facts count under `channel:unattributed` where nobody says which channel it was. */
export const attributed: ReadonlySet<FactType> = new Set<FactType>([
  'visit.started',
  'lead.created',
  'lead.qualified',
  'deal.created',
  'deal.stage',
  'deal.won',
  'deal.lost',
  'order.placed',
  'order.refunded',
  'subscription.started',
  'spend.recorded',
])

/** What a fact can be cut by: its own dimensions and, as `p.<name>`, its properties. */
export type Dimensions = Readonly<Record<string, string>>

/** What a fact type makes of its data. */
export interface Content {
  /** The thing it happened to: the survey, the deal, the ticket. */
  readonly subject: string
  /**
   * What its thread is called, such as `deal:d1`: the facts that tell one story in turn. `null` where
   * facts of one subject have nothing to do with each other.
   */
  readonly thread: string | null
  /** Whose it is: the respondent, the customer, the user, a deal's lead; `null` for an anonymous one. */
  readonly entity: string | null
  /** A whole number: a score, minor currency units, milliseconds. */
  readonly value: number | null
  /** What the thing sold has cost, in minor units of the same currency. */
  readonly cost?: number
  /** The day it counts on, where that is not the day of its time. */
  readonly day?: Day
  readonly dimensions: Dimensions
  /** Everything else that was said, kept but never counted. */
  readonly data: Readonly<Record<string, string>>
}

/** One normalised thing that happened. (source, id) names it for ever within its workspace. */
export interface Fact extends Content {
  readonly source: string
  readonly id: string
  /**
   * The id of the fact of the same source that this one corrects: that one no longer counts. Of several
   * that correct the same fact only the newest counts.
   */
  readonly replaces?: string
  /** How new a correction is, in milliseconds since 1970 UTC; its time where it is left out. */
  readonly revision?: number
  /** What the delivery is called that told it. */
  readonly delivery?: string
  /** Where a delivery was read again: the id of the reading whose place this one takes, besides what it replaces. */
  readonly rereads?: string
  /** Of an answer: the id of the invitation whose link was followed. Others find theirs by their respondent. */
  readonly invitation?: string
  readonly type: FactType
  /** The event's time, in milliseconds since 1970 UTC. */
  readonly time: number
  readonly day: Day
}

/** A fact, or everything that is wrong with it. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** The surveys of the workspace that the facts at hand may speak of. */
export type Surveys = ReadonlyMap<string, Survey>

/** What a declaration knows besides the data. */
export interface ContentContext {
  readonly properties: Dimensions
  /** The workspace's own dimensions, such as `team`: any fact may carry them as properties. */
  readonly dimensions: readonly string[]
  readonly surveys: Surveys
  /** ISO 4217 code of money that does not say its own. */
  readonly currency: string
}

/** One fact type: which fields its data may have, and what they mean. */
export interface FactDeclaration<Fields extends v.ObjectEntries = v.ObjectEntries> {
  readonly type: FactType
  readonly fields: Fields
  readonly content: (
    data: v.InferOutput<v.StrictObjectSchema<Fields, undefined>>,
    context: ContentContext,
  ) => Outcome<Content>
}

/** Checks a declaration's types and forgets their detail, so that fact types can stand in one list. */
export function defineFact<const Fields extends v.ObjectEntries>(
  declaration: FactDeclaration<Fields>,
): FactDeclaration {
  // `content` is only ever called with what `fields` has parsed, so the wider type is safe.
  return declaration as unknown as FactDeclaration
}

/** The text of one or more refusals as an outcome. */
export function refuse(path: string, message: string): { ok: false; errors: FieldError[] } {
  return { ok: false, errors: [{ path, message }] }
}
