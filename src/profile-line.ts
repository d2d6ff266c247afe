import { type Outcome, refuse } from './fact.ts'
import type { Line } from './mapping.ts'
import { mailOf, mailPerson } from './person.ts'
import type { DateOrder, Plan } from './profile.ts'

/** A line by field, as an import maps it; of several columns the first that is not blank holds the field. */
export async function fieldsOf(line: Line, { fields, kind, order }: Plan): Promise<Outcome<Line>> {
  const found: Record<string, string> = {}
  for (const [field, columns] of fields) {
    const value = columns.map((column) => line[column]).find((cell) => cell !== '')
    if (typeof value === 'string') found[field] = value
  }
  const { kind: said, time, respondent, ...rest } = found
  if (said !== undefined && said.toLowerCase() !== kind) {
    return refuse('kind', `The line answers a survey of kind "${said}", and this one is ${kind}`)
  }
  return {
    ok: true,
    value: {
      ...rest,
      ...(time !== undefined && { time: timeText(time, order) }),
      ...(respondent !== undefined && { respondent: await respondentName(respondent) }),
    },
  }
}

/** E-mail addresses are not kept: whoever has one is called by its digest. */
async function respondentName(text: string): Promise<string> {
  const mail = mailOf(text)
  return mail === null ? text : mailPerson(mail)
}

const slashed =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AaPp])[Mm])?)?$/

const two = (digits: string | number) => String(digits).padStart(2, '0')

/** A time as vendors write it, as {@link parseTime} reads it. */
function timeText(text: string, order: DateOrder): string {
  const trimmed = text.trim()
  const [, one, other, year, hour, minute, second = '00', half] = slashed.exec(trimmed) ?? []
  if (one === undefined || other === undefined || year === undefined) {
    return trimmed.replace(/ (?:UTC|\+0000)$/, 'Z').replace(/^\d+$/, instantOf)
  }
  const [month, day] = order === 'mdy' ? [one, other] : [other, one]
  const date = `${year}-${two(month)}-${two(day)}`
  if (hour === undefined || minute === undefined) return date
  return `${date} ${two(hourOf(Number(hour), half))}:${minute}:${second}`
}

/** Twelve is midnight and noon; an hour beyond 12 has no half, and is left to be refused. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return 99
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** Whole seconds since 1970 UTC, as an export of an API has them. */
function instantOf(digits: string): string {
  const seconds = Number(digits)
  return digits.length <= 11 ? new Date(seconds * 1000).toISOString() : digits
}
