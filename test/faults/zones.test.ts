import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { type Day, addDays, bounds, dayFinder, isZone } from '../../src/day.ts'

const first = Date.UTC(2010, 0)
const last = Date.UTC(2028, 0)
const hour = 3_600_000

/**
 * Names of the IANA database that `Intl.supportedValuesOf` leaves out: links, and zones that it lists
 * under an older name.
 */
const aliases = `
  Africa/Asmara Africa/Timbuktu America/Argentina/Buenos_Aires America/Argentina/Catamarca
  America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy
  America/Argentina/Mendoza America/Atikokan America/Atka America/Ensenada America/Fort_Wayne
  America/Indiana/Indianapolis America/Kentucky/Louisville America/Knox_IN America/Montreal
  America/Nipigon America/Nuuk America/Pangnirtung America/Porto_Acre America/Rainy_River
  America/Rosario America/Santa_Isabel America/Shiprock America/Thunder_Bay America/Virgin
  America/Yellowknife Antarctica/South_Pole Asia/Ashkhabad Asia/Choibalsan Asia/Chongqing
  Asia/Chungking Asia/Dacca Asia/Harbin Asia/Ho_Chi_Minh Asia/Istanbul Asia/Kashgar Asia/Kathmandu
  Asia/Kolkata Asia/Macao Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Asia/Yangon
  Atlantic/Faroe Atlantic/Jan_Mayen Australia/ACT Australia/Canberra Australia/Currie
  Australia/LHI Australia/NSW Australia/North Australia/Queensland Australia/South
  Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna Brazil/Acre
  Brazil/DeNoronha Brazil/East Brazil/West CET CST6CDT Canada/Atlantic Canada/Central
  Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan
  Canada/Yukon Chile/Continental Chile/EasterIsland Cuba EET EST EST5EDT Egypt Eire Etc/GMT
  Etc/GMT+0 Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5
  Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9 Etc/GMT-0 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12
  Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8
  Etc/GMT-9 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal Etc/Zulu Europe/Belfast
  Europe/Kyiv Europe/Nicosia Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye GB GB-Eire GMT
  GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET
  MST MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General NZ NZ-CHAT Navajo PRC PST8PDT
  Pacific/Chuuk Pacific/Johnston Pacific/Kanton Pacific/Pohnpei Pacific/Samoa Pacific/Yap Poland
  Portugal ROC ROK Singapore Turkey UCT US/Alaska US/Aleutian US/Arizona US/Central
  US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific
  US/Samoa UTC Universal W-SU WET Zulu
`
  .trim()
  .split(/\s+/)

const listed = Intl.supportedValuesOf('timeZone')

/** The instants of 2010–2027 at which clocks were or will be changed. */
function transitionsOf(zone: string): number[] {
  const found: number[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= last) return found
    found.push(next.epochMilliseconds)
    at = next
  }
}

/** Local dates and clocks by `Intl`, which shares no code with what is tested. */
function clockOf(zone: string): (time: number) => { date: string; clock: string } {
  const format = new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return (time) => {
    const [date = '', clock = ''] = format.format(time).split(' ')
    return { date, clock }
  }
}

function around(time: number): number[] {
  return [-24 * hour, -hour, -1, 0, 1, hour, 24 * hour].map((later) => time + later)
}

/** The days about one instant, in order. */
function neighbours(day: Day): Day[] {
  return [-2, -1, 0, 1, 2].map((later) => addDays(day, later))
}

/** What is wrong with the day that holds an instant. */
function faultsAt(
  time: number,
  {
    zone,
    dayOf,
    dateOf,
  }: { zone: string; dayOf: (time: number) => Day; dateOf: (time: number) => string },
): string[] {
  const day = dayOf(time)
  const near = neighbours(day)
  const cuts = near.map((day) => bounds(day, zone))
  const holders = near.filter((_, at) => {
    const { start = Number.NaN, end = Number.NaN } = cuts[at] ?? {}
    return start <= time && time < end
  })
  const date = dateOf(time)
  return [
    holders.length === 1 && holders[0] === day
      ? ''
      : `lies in ${holders.join(' and ') || 'no day'}`,
    cuts.every(({ end }, at) => (cuts[at + 1]?.start ?? end) === end) ? '' : 'days do not meet',
    cuts.every(({ start, end }) => start <= end) ? '' : 'a day ends before it begins',
    // Where a clock is set back across midnight, the date of the ended day is shown once more.
    date === day || date === addDays(day, -1) ? '' : `is shown as ${date}`,
  ]
    .filter((fault) => fault !== '')
    .map((fault) => `${new Date(time).toISOString()} of ${day} ${fault}`)
}

/** What is wrong with the beginning of a day: it must be the first instant that is shown as the day. */
function faultsOfStart(day: Day, zone: string, dateOf: (time: number) => string): string[] {
  const { start, end } = bounds(day, zone)
  const skipped = start === end
  const begins = skipped ? dateOf(start) > day : dateOf(start) === day
  return begins && dateOf(start - 1) < day
    ? []
    : [`${day} begins at ${new Date(start).toISOString()}`]
}

function faultsOf(zone: string): string[] {
  const clockAt = clockOf(zone)
  const dateOf = (time: number) => clockAt(time).date
  const dayOf = dayFinder(zone)
  const transitions = transitionsOf(zone)
  const days = new Set(transitions.flatMap((time) => neighbours(dayFinder(zone)(time))))
  return [
    ...transitions.flatMap(around).flatMap((time) => faultsAt(time, { zone, dayOf, dateOf })),
    ...transitions
      .flatMap(around)
      .filter((time) => dayFinder(zone)(time) !== dayOf(time))
      .map(
        (time) => `${new Date(time).toISOString()} has a day that depends on what was asked before`,
      ),
    ...[...days].flatMap((day) => faultsOfStart(day, zone, dateOf)),
  ]
}

/** The days near transitions that midnight does not begin, skipped days among them. */
function withoutMidnight(zone: string): Day[] {
  const clockAt = clockOf(zone)
  const dayOf = dayFinder(zone)
  const days = new Set(transitionsOf(zone).flatMap((time) => neighbours(dayOf(time))))
  return [...days].filter((day) => {
    const { date, clock } = clockAt(bounds(day, zone).start)
    return date !== day || clock !== '00:00:00'
  })
}

test('knows every zone that the runtime lists, and all but a few of the names for them', () => {
  expect(listed.length).toBeGreaterThan(400)
  expect(listed.filter((zone) => !isZone(zone))).toEqual([])
  expect(aliases.filter(isZone).length).toBeGreaterThan(0.9 * aliases.length)
})

describe.each([
  { names: 'zones', zones: listed },
  { names: 'aliases', zones: aliases.filter(isZone) },
])('$names', ({ zones }) => {
  test('put every instant around every transition into exactly one day', () => {
    const faults = zones.flatMap((zone) => faultsOf(zone).map((fault) => `${zone}: ${fault}`))

    expect(faults).toEqual([])
  })
})

test('meets thousands of transitions', () => {
  const transitions = listed.flatMap(transitionsOf)
  console.log(`${transitions.length} transitions in ${listed.length} zones`)

  expect(transitions.length).toBeGreaterThan(4000)
})

test('meets days without a midnight, among them the skipped ones', () => {
  const found = listed.map((zone) => ({ zone, days: withoutMidnight(zone) }))
  const affected = found.filter(({ days }) => days.length > 0)
  const count = affected.reduce((sum, { days }) => sum + days.length, 0)
  console.log(`${count} local days without a midnight in ${affected.length} zones`)

  expect(count).toBeGreaterThan(150)
  expect(affected.length).toBeGreaterThan(15)
  expect(affected.find(({ zone }) => zone === 'Pacific/Apia')?.days).toContain('2011-12-30')
})
