import type { Picture } from '../../src/chart.ts'
import { addDays, type Day, parseDay } from '../../src/day.ts'
import type { Estimate } from '../../src/kpi.ts'
import { ar } from '../../src/languages/ar.ts'
import { en } from '../../src/languages/en.ts'
import { pl } from '../../src/languages/pl.ts'
import { ru } from '../../src/languages/ru.ts'
import type { Point } from '../../src/series.ts'

/** A day that a test knows to be one. */
export function day(text: string): Day {
  const found = parseDay(text)
  if (found === null) throw new RangeError(`Not a day: ${text}`)
  return found
}

export const today = day('2026-11-21')

/** An NPS-like estimate whose interval narrows with the number of answers. */
export function estimate(value: number, n: number): Estimate {
  const half = 160 / Math.sqrt(n)
  return { value, n, low: Math.max(-100, value - half), high: Math.min(100, value + half) }
}

/** As many points as wanted up to today, the same in every run, `step` days each. */
export function walk(count: number, step = 1, change: Partial<Point>[] = []): Point[] {
  const start = addDays(today, 1 - count * step)
  return Array.from({ length: count }, (_, index) => {
    const value =
      56 + 12 * Math.sin(index / 9) + 9 * Math.sin(index * 1.7) + 4 * Math.cos(index * 5)
    const from = addDays(start, index * step)
    const n = 60 + Math.round(24 * Math.sin(index * 2.3))
    const point = { ...estimate(value, n), from, to: addDays(from, step - 1) }
    return { ...point, complete: true, revised: false, ...change[index] }
  })
}

const gap: Partial<Point> = { value: null, n: 0, low: null, high: null, reason: 'no_data' }

/** Changes for the points at some places. */
function at(places: readonly number[], change: Partial<Point>): Partial<Point>[] {
  return places.reduce<Partial<Point>[]>((all, place) => {
    all[place] = change
    return all
  }, [])
}

export function picture(change: Partial<Picture> = {}): Picture {
  const points = change.points ?? walk(30)
  return {
    label: 'Net Promoter Score',
    unit: 'points',
    direction: 'up',
    range: [-100, 100],
    language: en,
    theme: 'light',
    minimum: 5,
    total: { value: 69.2, n: 132, low: 61.1, high: 77.3 },
    from: points[0]?.from ?? addDays(today, -29),
    to: points.at(-1)?.to ?? today,
    asOf: today,
    ...change,
    points,
  }
}

const { range: _, ...fitted } = picture()

function money(index: number, value: number): Partial<Point> {
  return { value, n: 40 + index, low: null, high: null }
}

/** What the kinds of chart need besides a series, all at once. */
export function whole(given: Picture): Picture {
  const { points, language } = given
  const shown = (value: number, n: number) => estimate(value, n)
  const name = language.direction === 'rtl' ? 'قناة' : language.id === 'ru' ? 'Канал' : 'Channel'
  return {
    target: 50,
    mixes: points.map(({ value, n }, index) => {
      if (value === null) return null
      const low = Math.round(n * (0.12 + 0.05 * Math.sin(index)))
      const middle = Math.round(n * 0.25)
      return { low, middle, high: n - low - middle }
    }),
    segments: [82, 74, 61, 55, 38, 12, -8].map((value, index) => ({
      name: `${name} ${index + 1}`,
      estimate: shown(value, 400 - 50 * index),
    })),
    stages: [4210, 1904, 655, 212].map((count, index) => ({ name: `${name} ${index + 1}`, count })),
    before: {
      from: addDays(given.from, -30),
      to: addDays(given.from, -1),
      total: { value: 58.4, n: 120, low: 49.8, high: 67 },
    },
    ...given,
  }
}

const incomplete = walk(30, 1, at([29], { complete: false }))
const gaps = walk(30, 1, at([4, 5, 6, 12, 14, 27], gap))

/** Every case worth a look, by the name of its golden file. */
export const pictures: Readonly<Record<string, Picture>> = {
  normal: picture(),
  quarter: picture({ points: walk(90) }),
  weeks: picture({ points: walk(26, 7) }),
  years: picture({ points: walk(40, 30) }),
  'one-point': picture({ points: walk(1) }),
  gaps: picture({ points: gaps }),
  empty: picture({
    points: [],
    total: { value: null, n: 0, low: null, high: null, reason: 'no_data' },
    asOf: null,
  }),
  'too-few': picture({
    points: walk(
      30,
      1,
      Array.from({ length: 30 }, () => ({ n: 1 })),
    ),
    total: { value: 75, n: 4, low: 10, high: 100 },
  }),
  incomplete: picture({ points: incomplete }),
  revised: picture({ points: walk(30, 1, at([8, 9, 21], { revised: true })) }),
  'few-answers': picture({ points: walk(30, 1, at([6, 17, 18], { ...estimate(12, 9) })) }),
  negative: picture({
    total: { value: -38.4, n: 1204, low: -43.2, high: -33.6 },
    points: walk(30).map((point) => ({ ...point, ...estimate(-(point.value ?? 0), 200) })),
  }),
  undecided: picture({ total: { value: 3.1, n: 60, low: -16.2, high: 22.4 } }),
  dark: picture({ theme: 'dark', points: gaps }),
  auto: picture({ theme: 'auto', points: incomplete }),
  target: picture({ target: 72 }),
  transparent: picture({
    theme: 'transparent',
    points: walk(30, 1, at([8, 21], { revised: true })),
    target: 40,
  }),
  accent: picture({ accent: '#8a3ffc', theme: 'auto' }),
  stale: picture({
    asOf: addDays(today, -4),
    badge: { style: 'flat-square', show: ['n', 'as-of'] },
  }),
  judged: picture({
    thresholds: [30, 60],
    total: { value: 52.6, n: 24, low: 33, high: 72.2 },
    points: walk(30).map((point, index) => ({ ...point, ...estimate(index, 40) })),
    badge: { style: 'for-the-badge', show: ['trend', 'interval'] },
  }),
  arabic: picture({ label: 'صافي نقاط الترويج', language: ar, theme: 'auto', points: gaps }),
  'long-label': picture({
    label:
      'Net Promoter Score — channel: newsletter of the spring campaign in all of Central Europe',
  }),
  russian: picture({
    label: 'Доля довольных клиентов',
    unit: 'percent',
    range: [0, 100],
    language: ru,
    total: { value: 61.54, n: 2310, low: 52, high: 68 },
  }),
  polish: picture({
    label: 'Wskaźnik zadowolenia klientów',
    unit: 'score',
    range: [1, 5],
    language: pl,
    total: { value: 4.26, n: 318, low: 4.14, high: 4.38 },
    points: walk(90).map((point) => ({
      ...point,
      value: 2 + (point.value ?? 0) / 30,
      low: 1.9 + (point.value ?? 0) / 30,
      high: 2.1 + (point.value ?? 0) / 30,
    })),
  }),
  revenue: {
    ...fitted,
    label: 'Revenue won',
    unit: 'currency',
    total: { value: 1_234_567.8, n: 412, low: null, high: null },
    points: walk(
      12,
      30,
      Array.from({ length: 12 }, (__, index) => money(index, 80_000 + 9000 * (index % 5))),
    ),
  },
  response: {
    ...fitted,
    label: 'First reply',
    unit: 'seconds',
    direction: 'down',
    total: { value: 11_000, n: 88, low: 9000, high: 13_000 },
    points: walk(30).map((point) => ({
      ...point,
      value: 150 * (point.value ?? 0),
      low: null,
      high: null,
    })),
  },
}
