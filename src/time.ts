import { Temporal } from 'temporal-polyfill'

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|z|[+-]\d{2}:\d{2})?$/

/** 1970-01-01 and the last instant of 9999 in every zone, in milliseconds. */
const earliest = 0
const latest = 253_402_214_400_000

/**
 * The instant a text means, in milliseconds since 1970 UTC, or `null` where it means none of the years
 * 1970–9999. Without `zone` it must be RFC 3339 with an offset. With `zone` it may also be naive: a
 * local time there (the earlier one where the clock repeats an hour), or a date, which is the first
 * instant of that day. A leap second counts to the minute it ends.
 */
export function parseTime(text: string, zone?: string): number | null {
  const [, date, clock, seconds, fraction, offset] = pattern.exec(text) ?? []
  if (date === undefined) return null
  try {
    const minute = clock === undefined ? null : `${date}T${clock}:${secondsOf(seconds, fraction)}`
    const time = instantOf(date, minute, offset?.toUpperCase(), zone)
    return time !== null && time >= earliest && time < latest ? time : null
  } catch {
    // Temporal throws for dates and times that no calendar or clock has.
    return null
  }
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
