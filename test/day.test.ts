import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Day,
  addDays,
  bounds,
  dayFinder,
  daysBetween,
  isZone,
  parseDay,
  weekday,
} from '../src/day.ts'

const hour = 3_600_000
const minute = 60_000

/** Local dates and clocks by `Intl`, which shares no code with what is tested. */
function clockOf(zone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return (time) => format.format(time)
}

const anyDay = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('reads a date back as it was written', () => {
  fc.assert(
    fc.property(anyDay, (text) => {
      expect(parseDay(text)).toBe(text)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test.each(['1970-01-01', '2024-02-29', '2000-02-29', '2026-12-31', '9998-12-31'])(
  'takes %s for a day',
  (text) => {
    expect(parseDay(text)).toBe(text)
  },
)

test.each([
  '',
  '2026-02-29',
  '2100-02-29',
  '2026-04-31',
  '2026-00-10',
  '2026-13-01',
  '2026-01-00',
  '2026-01-32',
  '1969-12-31',
  '0000-01-01',
  '9999-01-01',
  '9999-12-31',
  '10000-01-01',
  '+010000-01-01',
  '-000001-01-01',
  '2026-3-1',
  '26-03-01',
  '20260301',
  '2026-W09-7',
  '2026-060',
  '2026/03/01',
  '01.03.2026',
  ' 2026-03-01',
  '2026-03-01 ',
  '2026-03-01\n',
  '2026-03-01T00:00:00Z',
  '٢٠٢٦-٠٣-٠١',
  '２０２６-03-01',
  '2026−03−01',
  'today',
  'NaN',
])('takes %j for no day', (text) => {
  expect(parseDay(text)).toBeNull()
})

test('counts and adds days over months, leap days and centuries', () => {
  expect(addDays('2026-12-31' as Day, 1)).toBe('2027-01-01')
  expect(addDays('2024-02-28' as Day, 1)).toBe('2024-02-29')
  expect(addDays('2026-02-28' as Day, 1)).toBe('2026-03-01')
  expect(addDays('2026-03-01' as Day, -1)).toBe('2026-02-28')
  expect(addDays('2026-03-01' as Day, 0)).toBe('2026-03-01')
  expect(daysBetween('2000-01-01' as Day, '2100-01-01' as Day)).toBe(36_525)
  expect(daysBetween('2026-03-02' as Day, '2026-03-01' as Day)).toBe(-1)
})

test('comes back to a day by as many days as it left it, and sorts days as strings', () => {
  const number = fc.integer({ min: -3000, max: 3000 })
  fc.assert(
    fc.property(fc.integer({ min: 3000, max: 80_000 }), number, (start, days) => {
      const day = addDays('1970-01-01' as Day, start)
      const other = addDays(day, days)

      expect(daysBetween(day, other)).toBe(days)
      expect(addDays(other, -days)).toBe(day)
      expect(Math.sign(days)).toBe(other > day ? 1 : other < day ? -1 : 0)
    }),
    { seed: 2, numRuns: 500 },
  )
})

test('numbers the days of the week from Monday to Sunday', () => {
  const week = Array.from({ length: 8 }, (_, index) => addDays('2026-03-02' as Day, index))

  expect(week.map(weekday)).toEqual([1, 2, 3, 4, 5, 6, 7, 1])
  expect(weekday('1970-01-01' as Day)).toBe(4)
})

test.each(['UTC', 'Europe/Berlin', 'US/Eastern', 'Etc/GMT+5', 'EST5EDT', 'America/Port-au-Prince'])(
  'knows the zone %s',
  (zone) => {
    expect(isZone(zone)).toBe(true)
  },
)

test.each([
  '',
  ' ',
  'Z',
  '+01:00',
  '-05:00',
  'UTC+1',
  'Europe/Nowhere',
  ' Europe/Berlin',
  'Europe/Berlin ',
  'Europe/Berlin[u-ca=hebrew]',
  '2026-03-01T00:00:00Z[Europe/Berlin]',
  '../../etc/passwd',
])('knows no zone %j', (zone) => {
  expect(isZone(zone)).toBe(false)
})

test.each([
  ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00:00Z', '00:00:00'],
  ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00:00Z', '00:00:00'],
  ['Europe/Berlin', '2026-10-26', 24, '2026-10-25T23:00:00Z', '00:00:00'],
  ['America/Santiago', '2026-04-04', 25, '2026-04-04T03:00:00Z', '00:00:00'],
  ['America/Santiago', '2026-09-06', 23, '2026-09-06T04:00:00Z', '01:00:00'],
  ['Africa/Cairo', '2026-04-23', 24, '2026-04-22T22:00:00Z', '00:00:00'],
  ['Africa/Cairo', '2026-04-24', 23, '2026-04-23T22:00:00Z', '01:00:00'],
  ['Africa/Cairo', '2026-10-29', 25, '2026-10-28T21:00:00Z', '00:00:00'],
  ['Asia/Beirut', '2026-03-29', 23, '2026-03-28T22:00:00Z', '01:00:00'],
  ['Asia/Beirut', '2026-10-24', 25, '2026-10-23T21:00:00Z', '00:00:00'],
  ['America/Havana', '2026-03-08', 23, '2026-03-08T05:00:00Z', '01:00:00'],
  ['America/Havana', '2026-11-01', 25, '2026-11-01T04:00:00Z', '00:00:00'],
  ['Australia/Lord_Howe', '2026-04-05', 24.5, '2026-04-04T13:00:00Z', '00:00:00'],
  ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30:00Z', '00:00:00'],
  ['Antarctica/Troll', '2026-03-29', 22, '2026-03-29T00:00:00Z', '00:00:00'],
  ['Antarctica/Troll', '2026-10-25', 26, '2026-10-24T22:00:00Z', '00:00:00'],
  ['Pacific/Apia', '2011-12-29', 24, '2011-12-29T10:00:00Z', '00:00:00'],
  ['Pacific/Apia', '2011-12-31', 24, '2011-12-30T10:00:00Z', '00:00:00'],
  ['Africa/Casablanca', '2026-02-15', 25, '2026-02-14T23:00:00Z', '00:00:00'],
  ['Africa/Casablanca', '2026-03-22', 23, '2026-03-22T00:00:00Z', '00:00:00'],
  ['America/St_Johns', '2010-03-14', 23, '2010-03-14T03:30:00Z', '00:00:00'],
  ['America/St_Johns', '2010-11-06', 24, '2010-11-06T02:30:00Z', '00:00:00'],
  ['America/St_Johns', '2010-11-07', 25, '2010-11-07T02:30:00Z', '00:00:00'],
  ['America/Caracas', '2016-05-01', 23.5, '2016-05-01T04:30:00Z', '00:00:00'],
  ['Asia/Pyongyang', '2018-05-04', 23.5, '2018-05-03T15:30:00Z', '00:00:00'],
  ['Asia/Kathmandu', '1986-01-01', 23.75, '1985-12-31T18:30:00Z', '00:15:00'],
] as const)(
  'in %s gives %s %d hours from %s, as Intl shows it',
  (zone, date, hours, first, clock) => {
    const { start, end } = bounds(date as Day, zone)
    const clockAt = clockOf(zone)

    expect({ hours: (end - start) / hour, start }).toEqual({ hours, start: Date.parse(first) })
    expect(clockAt(start)).toBe(`${date} ${clock}`)
    expect(clockAt(start - 1) < date).toBe(true)
    expect(clockAt(end).slice(0, 10) > date).toBe(true)
  },
)

test.each([
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ['Pacific/Fakaofo', '2011-12-30', '2011-12-30T11:00:00Z'],
  ['Pacific/Kwajalein', '1993-08-21', '1993-08-21T12:00:00Z'],
] as const)('in %s gives the skipped day %s no instant at all', (zone, date, instant) => {
  const time = Date.parse(instant)
  const day = date as Day
  const dayAt = dayFinder(zone)

  expect(bounds(day, zone)).toEqual({ start: time, end: time })
  expect([dayAt(time - 1), dayAt(time)]).toEqual([addDays(day, -1), addDays(day, 1)])
})

test('does not return to a day that has ended when a clock is set back across midnight', () => {
  const zone = 'America/St_Johns'
  const midnight = Date.parse('2010-11-07T02:30:00Z')
  const clockAt = clockOf(zone)

  expect(clockAt(midnight)).toBe('2010-11-07 00:00:00')
  expect(clockAt(midnight + minute)).toBe('2010-11-06 23:01:00')
  expect(clockAt(midnight + hour)).toBe('2010-11-07 00:00:00')
  expect(
    [-1, 0, minute, 30 * minute, hour].map((later) => dayFinder(zone)(midnight + later)),
  ).toEqual(['2010-11-06', '2010-11-07', '2010-11-07', '2010-11-07', '2010-11-07'])
})

test('ends a day with its last millisecond and not before', () => {
  const zone = 'Africa/Cairo'
  const { start, end } = bounds('2026-04-24' as Day, zone)

  expect([start - 1, start, end - 1, end].map((time) => dayFinder(zone)(time))).toEqual([
    '2026-04-23',
    '2026-04-24',
    '2026-04-24',
    '2026-04-25',
  ])
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Asia/Kathmandu',
]

test('puts every instant into one day, whatever day was asked for before', () => {
  const finders = new Map(zones.map((zone) => [zone, dayFinder(zone)]))
  const time = fc.integer({ min: Date.UTC(2009, 11), max: Date.UTC(2028, 0) })
  fc.assert(
    fc.property(fc.constantFrom(...zones), time, (zone, time) => {
      const day = finders.get(zone)?.(time) ?? ('' as Day)
      const { start, end } = bounds(day, zone)

      expect(dayFinder(zone)(time)).toBe(day)
      expect(start <= time && time < end).toBe(true)
      expect(bounds(addDays(day, 1), zone).start).toBe(end)
      expect(bounds(addDays(day, -1), zone).end).toBe(start)
    }),
    { seed: 3, numRuns: 500 },
  )
})
