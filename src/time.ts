import { Temporal } from 'temporal-polyfill'

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?)?(Z|z|[+-]\d{2}:\d{2})?$/

/** From 1970 to before 9999, in milliseconds: what days can be cut of. */
const earliest = 0
const latest = Date.UTC(9999, 0)

/** Whether this is an instant of the years 1970–9998: what days can be cut of. */
export function isInstant(time: number): boolean {
  return Number.isInteger(time) && time >= earliest && time < latest
}

/**
 * The instant a text means, in milliseconds since 1970 UTC, or `null` where it means none of the years
 * 1970–9998. Without `zone` it must be RFC 3339 with an offset. With `zone` it may also be naive: a
 * local time there (the earlier one where the clock repeats an hour), or a date, which is the first
 * instant of that day. A leap second counts to the minute it ends.
 */
export function parseTime(text: string, zone?: string): number | null {
  const [, date, clock, seconds, fraction, offset] = pattern.exec(text) ?? []
  // RFC 3339 has no times without seconds.
  if (date === undefined || (zone === undefined && seconds === undefined)) return null
  try {
    const minute = clock === undefined ? null : `${date}T${clock}:${secondsOf(seconds, fraction)}`
    return withinYears(instantOf(date, minute, offset?.toUpperCase(), zone))
  } catch {
    // Temporal throws for dates and times that no calendar or clock has.
    return null
  }
}

function withinYears(time: number | null): number | null {
  return time !== null && isInstant(time) ? time : null
}

function secondsOf(seconds = '00', fraction = '0'): string {
  return seconds === '60' ? '59.999' : `${seconds}.${fraction}`
}

function instantOf(
  date: string,
  minute: string | null,
  offset: string | undefined,
  zone: string | undefined,
): number | null {
  if (offset !== undefined) {
    return minute === null ? null : Temporal.Instant.from(minute + offset).epochMilliseconds
  }
  if (zone === undefined) return null
  const local =
    minute === null ? Temporal.PlainDate.from(date) : Temporal.PlainDateTime.from(minute)
  return local.toZonedDateTime(zone).epochMilliseconds
}
