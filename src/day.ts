import { Temporal } from 'temporal-polyfill'

declare const brand: unique symbol

/** A local day, `YYYY-MM-DD`, of the workspace's zone. Days compare and sort as strings. */
export type Day = string & { readonly [brand]: 'Day' }

/** The instants of a local day, half-open: `[start, end)`, in milliseconds since 1970 UTC. */
export interface Bounds {
  readonly start: number
  readonly end: number
}

const dayLength = 86_400_000

/** The day of a calendar date's number since 1970-01-01; no zone is involved. */
function dayOf(number: number): Day {
  return new Date(number * dayLength).toISOString().slice(0, 10) as Day
}

function numberOf(day: Day): number {
  return Date.parse(day) / dayLength
}

/** A year later would have five digits, and days would no longer sort as strings. */
const firstTooLate = '9999-01-01'

/** A day from outside, or `null` where it is no date of the years 1970–9998. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text >= firstTooLate) return null
  const number = Date.parse(text) / dayLength
  return number >= 0 && dayOf(number) === text ? dayOf(number) : null
}

export function addDays(day: Day, days: number): Day {
  return dayOf(numberOf(day) + days)
}

/** How many days `later` comes after `earlier`; negative where it comes before. */
export function daysBetween(earlier: Day, later: Day): number {
  return numberOf(later) - numberOf(earlier)
}

/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  return ((numberOf(day) + 3) % 7) + 1
}

/** Whether the runtime's time zone database knows this IANA name; fixed offsets are no zones. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** The first instant whose local date is `day`, or a later one where the zone skipped it. */
function startOf(day: Day, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
}

/**
 * The bounds of a local day: from its first instant to the first instant of the next. They hold for
 * days of 21 to 27 hours, days that begin at 01:00, and skipped days, which are empty. Bounds and not
 * local dates decide, because a clock set back across midnight repeats a date that has already ended.
 */
export function bounds(day: Day, zone: string): Bounds {
  return { start: startOf(day, zone), end: startOf(addDays(day, 1), zone) }
}

/**
 * Finds the local day of an instant. Neighbouring instants share a day, so the last one found is tried
 * first: a thousand facts of one day cost one look into the time zone database.
 */
export function dayFinder(zone: string): (time: number) => Day {
  let known: (Bounds & { day: Day }) | undefined
  return (time) => {
    if (known === undefined || time < known.start || time >= known.end) {
      const instant = Temporal.Instant.fromEpochMilliseconds(time)
      let day = instant.toZonedDateTimeISO(zone).toPlainDate().toString() as Day
      while (time >= startOf(addDays(day, 1), zone)) day = addDays(day, 1)
      known = { day, ...bounds(day, zone) }
    }
    return known.day
  }
}
