import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf } from '../src/compare.ts'
import type { Day } from '../src/day.ts'
import { type Finding, interpret, movement, verdictOf } from '../src/interpretation.ts'
import { interpretations } from '../src/interpretations/index.ts'
import type { Estimate } from '../src/kpi.ts'
import { kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import { kpiName } from '../src/name.ts'
import { namesOf } from '../src/names/index.ts'
import { kpiOf } from './kpi.ts'

const october = { from: '2026-10-01' as Day, to: '2026-10-31' as Day }

type Told = Estimate & { readonly mature?: boolean }

const nothing: Told = { value: null, n: 0, low: null, high: null, reason: 'no_data' }

/** A value with an interval of so much on both sides. */
const about = (value: number, half: number, n: number): Told => {
  return { value, n, low: value - half, high: value + half }
}

/** A value without an interval. */
const plainly = (value: number, n = value): Told => ({ value, n, low: null, high: null })

function wordsOf(id: string) {
  const words = interpretations.find(({ language }) => language === id)
  const language = languages.find((candidate) => candidate.id === id)
  if (words === undefined || language === undefined) throw new Error(`No language ${id}`)
  return { words, language }
}

type More = Partial<Pick<Finding, 'target' | 'benchmark' | 'anomaly' | 'minimum'>>

function findingOf(of: string, id: string, previous: Told, current: Told, more: More = {}) {
  const kpi = kpiOf(id)
  const finding: Finding = {
    kpi,
    name: kpiName(kpi, namesOf(of)),
    language: wordsOf(of).language,
    currency: 'EUR',
    days: october,
    minimum: 0,
    current,
    previous,
    change: changeOf(kpi, previous, current),
    target: null,
    benchmark: null,
    anomaly: null,
    ...more,
  }
  return finding
}

/** As a reader sees it: the spaces that languages put into numbers are spaces. */
const seen = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ')

const told = (of: string, ...found: [string, Told, Told, More?]) =>
  seen(interpret(findingOf(of, ...found), wordsOf(of).words))

const target = { value: 50, to: '2026-12-31' as Day, status: 'on_track' } as const

const benchmark = {
  id: 'b',
  kpi: 'nps',
  low: 20,
  middle: 36,
  high: 50,
  industry: 'SaaS',
  source: 'Retently',
  year: 2025,
  url: null,
  created: 0,
}

type Row = [what: string, found: [string, Told, Told, More?], en: string, ru: string, pl: string]

const rows: Row[] = [
  [
    'a value whose earlier one is hidden',
    ['nps', { ...nothing, reason: 'too_few' }, about(42, 8, 312), { minimum: 5 }],
    'Net Promoter Score stands at +42 (±8, n = 312); the value before is not shown: fewer than 5 answers.',
    'Индекс NPS: +42 (±8, n = 312); прежнее значение не показано: меньше 5 ответов.',
    'Wskaźnik NPS: +42 (±8, n = 312); wcześniejsza wartość nie jest pokazana: mniej niż 5 odpowiedzi.',
  ],
  [
    'a change that may be chance',
    ['nps', about(38, 8, 290), about(42, 8, 312)],
    'Net Promoter Score rose 4 points to +42 (±8, n = 312): within the noise.',
    'Индекс NPS: +42 (±8, n = 312), на 4 пункта больше прежнего — в пределах погрешности.',
    'Wskaźnik NPS: +42 (±8, n = 312), o 4 punkty więcej niż wcześniej, w granicach błędu.',
  ],
  [
    'a rise that is better and more than chance',
    ['nps', about(31, 4, 900), about(42, 4, 900)],
    'Net Promoter Score rose 11 points to +42 (±4, n = 900), which is better and more than chance.',
    'Индекс NPS: +42 (±4, n = 900), на 11 пунктов больше прежнего — это лучше и вряд ли случайно.',
    'Wskaźnik NPS: +42 (±4, n = 900), o 11 punktów więcej niż wcześniej, czyli lepiej i raczej nieprzypadkowo.',
  ],
  [
    'a fall below zero, by twenty-one',
    ['nps', about(9, 4, 900), about(-12, 4, 900)],
    'Net Promoter Score fell 21 points to −12 (±4, n = 900), which is worse and more than chance.',
    'Индекс NPS: −12 (±4, n = 900), на 21 пункт меньше прежнего — это хуже и вряд ли случайно.',
    'Wskaźnik NPS: −12 (±4, n = 900), o 21 punktów mniej niż wcześniej, czyli gorzej i raczej nieprzypadkowo.',
  ],
  [
    'one point',
    ['nps', about(41, 8, 290), about(42, 8, 312)],
    'Net Promoter Score rose 1 point to +42 (±8, n = 312): within the noise.',
    'Индекс NPS: +42 (±8, n = 312), на 1 пункт больше прежнего — в пределах погрешности.',
    'Wskaźnik NPS: +42 (±8, n = 312), o 1 punkt więcej niż wcześniej, w granicach błędu.',
  ],
  [
    'twenty-two points',
    ['nps', about(20, 8, 290), about(42, 8, 312)],
    'Net Promoter Score rose 22 points to +42 (±8, n = 312), which is better and more than chance.',
    'Индекс NPS: +42 (±8, n = 312), на 22 пункта больше прежнего — это лучше и вряд ли случайно.',
    'Wskaźnik NPS: +42 (±8, n = 312), o 22 punkty więcej niż wcześniej, czyli lepiej i raczej nieprzypadkowo.',
  ],
  [
    'less than a shown digit',
    ['nps', about(42.1, 8, 290), about(42.3, 8, 312)],
    'Net Promoter Score held at +42 (±8, n = 312).',
    'Индекс NPS: +42 (±8, n = 312), без изменений.',
    'Wskaźnik NPS: +42 (±8, n = 312), bez zmian.',
  ],
  [
    'a rise that is worse, in fractions of a percentage point',
    ['churn_rate', about(2, 0.8, 1_000), about(4.1, 1.2, 1_200)],
    'Churn rate rose 2.1 percentage points to 4.1% (±1.2, n = 1,200), which is worse and more than chance.',
    'Отток клиентов: 4,1 % (±1,2, n = 1 200), на 2,1 процентного пункта больше прежнего — это хуже и вряд ли случайно.',
    'Odejścia klientów: 4,1% (±1,2, n = 1200), o 2,1 punktu procentowego więcej niż wcześniej, czyli gorzej i raczej nieprzypadkowo.',
  ],
  [
    'one percentage point, as far as is shown',
    ['win_rate', about(62.2, 1.2, 6_000), about(63.24, 1.2, 6_711)],
    'Win rate rose 1 percentage point to 63.2% (±1.2, n = 6,711): within the noise.',
    'Доля выигранных сделок: 63,2 % (±1,2, n = 6 711), на 1 процентный пункт больше прежнего — в пределах погрешности.',
    'Odsetek wygranych transakcji: 63,2% (±1,2, n = 6711), o 1 punkt procentowy więcej niż wcześniej, w granicach błędu.',
  ],
  [
    'five percentage points',
    ['win_rate', about(58, 1, 6_000), about(63, 1, 6_711)],
    'Win rate rose 5 percentage points to 63% (±1, n = 6,711), which is better and more than chance.',
    'Доля выигранных сделок: 63 % (±1, n = 6 711), на 5 процентных пунктов больше прежнего — это лучше и вряд ли случайно.',
    'Odsetek wygranych transakcji: 63% (±1, n = 6711), o 5 punktów procentowych więcej niż wcześniej, czyli lepiej i raczej nieprzypadkowo.',
  ],
  [
    'two percentage points',
    ['win_rate', about(61, 5, 300), about(63, 5, 300)],
    'Win rate rose 2 percentage points to 63% (±5, n = 300): within the noise.',
    'Доля выигранных сделок: 63 % (±5, n = 300), на 2 процентных пункта больше прежнего — в пределах погрешности.',
    'Odsetek wygranych transakcji: 63% (±5, n = 300), o 2 punkty procentowe więcej niż wcześniej, w granicach błędu.',
  ],
  [
    'a number of events, which may be chance',
    ['deals_won', plainly(328), plainly(340)],
    'Deals won rose 12 (3.7%) to 340: within the noise.',
    'Выигранные сделки: 340, на 12 (3,7 %) больше прежнего — в пределах погрешности.',
    'Wygrane transakcje: 340, o 12 (3,7%) więcej niż wcześniej, w granicach błędu.',
  ],
  [
    'a number that falls to nothing',
    ['deals_won', plainly(4), plainly(0)],
    'Deals won fell 4 (100%) to 0: within the noise.',
    'Выигранные сделки: 0, на 4 (100 %) меньше прежнего — в пределах погрешности.',
    'Wygrane transakcje: 0, o 4 (100%) mniej niż wcześniej, w granicach błędu.',
  ],
  [
    'money',
    ['revenue', plainly(11_000, 39), plainly(12_345.6, 41)],
    'Revenue rose €1,346 (12.2%) to €12,346 (n = 41), which is better.',
    'Выручка: 12 346 € (n = 41), на 1 346 € (12,2 %) больше прежнего — это лучше.',
    'Przychód: 12 346 € (n = 41), o 1346 € (12,2%) więcej niż wcześniej, czyli lepiej.',
  ],
  [
    'a time that is better because it fell, of a KPI with a comma in its name',
    ['first_response_time', about(25_200, 1_800, 130), about(18_000, 1_800, 120)],
    'First response time, median, fell 2 hr (28.6%) to 5 hr (±0.5, n = 120), which is better and more than chance.',
    'Время до первого ответа, медиана: 5 ч (±0,5, n = 120), на 2 ч (28,6 %) меньше прежнего — это лучше и вряд ли случайно.',
    'Czas do pierwszej odpowiedzi, mediana: 5 godz. (±0,5, n = 120), o 2 godz. (28,6%) mniej niż wcześniej, czyli lepiej i raczej nieprzypadkowo.',
  ],
  [
    'what is neither better nor worse',
    ['open_deals', plainly(20), plainly(21)],
    'Open deals rose 1 (5%) to 21.',
    'Открытые сделки: 21, на 1 (5 %) больше прежнего.',
    'Otwarte transakcje: 21, o 1 (5%) więcej niż wcześniej.',
  ],
  [
    'what is more than chance and still neither better nor worse',
    ['interaction_duration', about(240, 10, 400), about(300, 12, 400)],
    'Interaction length, median, rose 60 sec (25%) to 5 min (±0.2, n = 400), which is more than chance.',
    'Длительность контакта, медиана: 5 мин (±0,2, n = 400), на 60 с (25 %) больше прежнего — вряд ли случайно.',
    'Długość kontaktu, mediana: 5 min (±0,2, n = 400), o 60 sek. (25%) więcej niż wcześniej, raczej nieprzypadkowo.',
  ],
  [
    'the first value there is, from few',
    ['csat', nothing, { value: 80, n: 12, low: 55, high: 93 }],
    'Customer satisfaction stands at 80% (95% interval 55% to 93%, n = 12); there is nothing earlier to compare it with. Only 12 observations: read it with care.',
    'Удовлетворённость клиентов: 80 % (95 % интервал: от 55 % до 93 %, n = 12); сравнить пока не с чем. Всего 12 наблюдений: судите осторожно.',
    'Zadowolenie klientów: 80% (przedział 95%: od 55% do 93%, n = 12); nie ma jeszcze z czym porównać. Tylko 12 obserwacji: ostrożnie z wnioskami.',
  ],
  [
    'twenty-one observations',
    ['csat_mean', about(4.5, 0.2, 44), about(4.5, 0.2, 21)],
    'Mean satisfaction held at 4.5 (±0.2, n = 21). Only 21 observations: read it with care.',
    'Средняя удовлетворённость: 4,5 (±0,2, n = 21), без изменений. Всего 21 наблюдение: судите осторожно.',
    'Średnie zadowolenie: 4,5 (±0,2, n = 21), bez zmian. Tylko 21 obserwacji: ostrożnie z wnioskami.',
  ],
  [
    'two observations',
    ['csat_mean', about(4.5, 0.2, 44), about(4.5, 0.2, 2)],
    'Mean satisfaction held at 4.5 (±0.2, n = 2). Only 2 observations: read it with care.',
    'Средняя удовлетворённость: 4,5 (±0,2, n = 2), без изменений. Всего 2 наблюдения: судите осторожно.',
    'Średnie zadowolenie: 4,5 (±0,2, n = 2), bez zmian. Tylko 2 obserwacje: ostrożnie z wnioskami.',
  ],
  [
    'silence after something',
    ['csat', about(80, 7, 120), nothing],
    'Customer satisfaction: no data (Oct 1 – 31, 2026). Before: 80% (±7, n = 120).',
    'Удовлетворённость клиентов: нет данных (1–31 окт. 2026 г.). Раньше: 80 % (±7, n = 120).',
    'Zadowolenie klientów: brak danych (1–31 paź 2026). Wcześniej: 80% (±7, n = 120).',
  ],
  [
    'too few answers to be told',
    ['csat', nothing, { ...nothing, reason: 'too_few' }, { minimum: 5 }],
    'Customer satisfaction: fewer than 5 answers (Oct 1 – 31, 2026).',
    'Удовлетворённость клиентов: меньше 5 ответов (1–31 окт. 2026 г.).',
    'Zadowolenie klientów: mniej niż 5 odpowiedzi (1–31 paź 2026).',
  ],
  [
    'a value that can still change',
    ['lead_qualified_rate', about(30, 9, 100), { ...about(30, 9, 100), mature: false }],
    'Qualified leads held at 30% (±9, n = 100). It can still change: it is final after 90 days.',
    'Доля квалифицированных лидов: 30 % (±9, n = 100), без изменений. Может ещё измениться: окончательно через 90 дней.',
    'Odsetek kwalifikowanych leadów: 30% (±9, n = 100), bez zmian. Może się jeszcze zmienić: ostatecznie po 90 dniach.',
  ],
  [
    'a target on its way',
    ['nps', about(42, 8, 290), about(42, 8, 312), { target }],
    'Net Promoter Score held at +42 (±8, n = 312). The target of +50 by Dec 31, 2026 is on track.',
    'Индекс NPS: +42 (±8, n = 312), без изменений. Цель +50 к 31 дек. 2026 г.: всё по плану.',
    'Wskaźnik NPS: +42 (±8, n = 312), bez zmian. Cel +50 do 31 gru 2026: zgodnie z planem.',
  ],
  [
    'a target that was missed, inside of the benchmark',
    [
      'nps',
      about(42, 8, 290),
      about(42, 8, 312),
      { target: { ...target, status: 'missed' }, benchmark },
    ],
    'Net Promoter Score held at +42 (±8, n = 312). The target of +50 by Dec 31, 2026 was missed. Benchmark, SaaS: +36, typically +20 to +50 (Retently, 2025); this is within it.',
    'Индекс NPS: +42 (±8, n = 312), без изменений. Цель +50 к 31 дек. 2026 г.: не достигнута. Ориентир, SaaS: +36, обычно от +20 до +50 (Retently, 2025); значение в этих пределах.',
    'Wskaźnik NPS: +42 (±8, n = 312), bez zmian. Cel +50 do 31 gru 2026: nieosiągnięty. Punkt odniesienia, SaaS: +36, zwykle od +20 do +50 (Retently, 2025); wartość w tym przedziale.',
  ],
  [
    'a benchmark that is one number, of nobody in particular',
    [
      'nps',
      about(42, 8, 290),
      about(42, 8, 312),
      { benchmark: { ...benchmark, low: 36, middle: null, high: 36, industry: null } },
    ],
    'Net Promoter Score held at +42 (±8, n = 312). Benchmark: +36 (Retently, 2025); this is above it.',
    'Индекс NPS: +42 (±8, n = 312), без изменений. Ориентир: +36 (Retently, 2025); значение выше.',
    'Wskaźnik NPS: +42 (±8, n = 312), bez zmian. Punkt odniesienia: +36 (Retently, 2025); wartość powyżej.',
  ],
  [
    'a newest day out of the usual',
    ['csat_mean', about(4.5, 0.2, 44), about(4.31, 0.2, 40), { anomaly: 'low' }],
    'Mean satisfaction fell 0.19 (4.2%) to 4.31 (±0.2, n = 40): within the noise. The newest day is unusually low for its weekday.',
    'Средняя удовлетворённость: 4,31 (±0,2, n = 40), на 0,19 (4,2 %) меньше прежнего — в пределах погрешности. В последний день необычно мало для этого дня недели.',
    'Średnie zadowolenie: 4,31 (±0,2, n = 40), o 0,19 (4,2%) mniej niż wcześniej, w granicach błędu. W ostatnim dniu niezwykle mało jak na ten dzień tygodnia.',
  ],
]

test.each(
  rows.flatMap(([what, found, en, ru, pl]) => [
    { what, found, of: 'en', sentence: en },
    { what, found, of: 'ru', sentence: ru },
    { what, found, of: 'pl', sentence: pl },
  ]),
)('$what is told in $of', ({ found, of, sentence }) => {
  expect(told(of, ...found)).toBe(sentence)
})

const estimate = fc.oneof(
  fc.constant(nothing),
  fc
    .record({
      value: fc.oneof(
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        fc.integer({ min: -3, max: 3 }),
      ),
      n: fc.nat({ max: 1_000_000 }),
      half: fc.option(fc.double({ noNaN: true, min: 0, max: 1e6 })),
    })
    .map(({ value, n, half }): Told => (half === null ? plainly(value, n) : about(value, half, n))),
)

const places = fc.record({
  of: fc.constantFrom('en', 'ru', 'pl'),
  kpi: fc.constantFrom(...kpis.map(({ id }) => id)),
  previous: estimate,
  current: estimate,
  target: fc.option(
    fc.record({
      value: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      to: fc.constant('2026-12-31' as Day),
      status: fc.constantFrom(
        ...(['not_started', 'on_track', 'behind', 'reached', 'missed', 'unknown'] as const),
      ),
    }),
  ),
  benchmark: fc.option(fc.constant(benchmark)),
  anomaly: fc.option(fc.constantFrom('high' as const, 'low' as const)),
})

test('whatever is found, the sentence has neither holes nor anything that is not a number', () => {
  fc.assert(
    fc.property(places, ({ of, kpi, previous, current, ...more }) => {
      const text = told(of, kpi, previous, current, more)

      expect(text).not.toMatch(/[{}]|NaN|undefined|null|Infinity|∞|не число|\.\.|  /)
      expect(text).toMatch(/\.$/)
      expect(text).toBe(told(of, kpi, previous, current, more))
    }),
    { numRuns: 500 },
  )
})

const directions: Readonly<Record<string, readonly [rose: RegExp, fell: RegExp]>> = {
  en: [/ rose /, / fell /],
  ru: [/ больше прежнего/, / меньше прежнего/],
  pl: [/ więcej niż wcześniej/, / mniej niż wcześniej/],
}

const judgements: Readonly<Record<string, readonly [better: RegExp, worse: RegExp]>> = {
  en: [/which is better/, /which is worse/],
  ru: [/это лучше/, /это хуже/],
  pl: [/czyli lepiej/, /czyli gorzej/],
}

test('the word for the direction agrees with the sign, and the one for the judgement with the KPI', () => {
  fc.assert(
    fc.property(places, ({ of, kpi, previous, current }) => {
      const finding = findingOf(of, kpi, previous, current)
      const text = movement(finding, wordsOf(of).words)
      const [rose, fell] = directions[of] ?? []
      const [better, worse] = judgements[of] ?? []
      const { absolute, better: isBetter } = finding.change
      const has = (words: RegExp | undefined) => words?.test(text) === true

      if (has(rose)) expect(absolute).toBeGreaterThan(0)
      if (has(fell)) expect(absolute).toBeLessThan(0)
      if (has(better)) expect(isBetter).toBe(true)
      if (has(worse)) expect(isBetter).toBe(false)
      expect(has(better) || has(worse)).toBe(
        (has(rose) || has(fell)) && /better|worse/.test(verdictOf(finding.change)),
      )
    }),
    { numRuns: 500 },
  )
})

test('every KPI and family has a name of its own in every language', () => {
  for (const { words } of ['ru', 'pl'].map(wordsOf)) {
    const names = namesOf(words.language)
    const told = kpis.map((kpi) => kpiName(kpi, names))

    expect(Object.keys(names.kpis).toSorted()).toEqual(kpis.map(({ id }) => id).toSorted())
    expect(new Set(told).size).toBe(64)
    expect(told.filter((name) => /[{}:;]|^\s|\s$/.test(name))).toEqual([])
  }
  expect(kpiName(kpiOf('nps'), namesOf('en'))).toBe('Net Promoter Score')
  expect(namesOf('de')).toBe(namesOf('en'))
})
