import naughty from 'big-list-of-naughty-strings'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Picture, badgeParts, badgeStyles, themes } from '../../src/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { addDays } from '../../src/day.ts'
import type { Estimate } from '../../src/kpi.ts'
import { ar } from '../../src/languages/ar.ts'
import { en } from '../../src/languages/en.ts'
import { pl } from '../../src/languages/pl.ts'
import { ru } from '../../src/languages/ru.ts'
import type { Point } from '../../src/series.ts'
import { estimate, picture, pictures, today, walk, whole } from './pictures.ts'
import { bytes, checked } from './svg.ts'

const number = fc.oneof(fc.double(), fc.double({ min: -100, max: 100 }), fc.integer())
const maybe = fc.option(number)

const estimates: fc.Arbitrary<Estimate> = fc.record({
  value: maybe,
  n: fc.nat({ max: 2000 }),
  low: maybe,
  high: maybe,
})

const points: fc.Arbitrary<Point[]> = fc
  .tuple(
    fc.array(fc.tuple(estimates, fc.boolean(), fc.boolean()), { maxLength: 120 }),
    fc.constantFrom(1, 7, 30, 365),
  )
  .map(([drawn, step]) =>
    drawn.map(([value, complete, revised], index) => {
      const from = addDays(today, (index - 200) * step)
      return { ...value, from, to: addDays(from, step - 1), complete, revised }
    }),
  )

const label = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...naughty),
  fc.constantFrom('"'.repeat(500), '漢'.repeat(500), `e${'\u0301'.repeat(500)}`, '👩‍👩‍👧‍👦'.repeat(90)),
)

const mix = fc.record({ low: fc.nat(99), middle: fc.nat(99), high: fc.nat(99) })
const name = fc.string({ unit: 'binary', maxLength: 60 })

const anything: fc.Arbitrary<Picture> = fc
  .record(
    {
      label,
      unit: fc.constantFrom('percent', 'points', 'score', 'count', 'seconds', 'currency', 'ratio'),
      currency: fc.constantFrom('EUR', 'JPY', 'TND'),
      direction: fc.constantFrom('up', 'down', 'target'),
      language: fc.constantFrom(en, pl, ru, ar),
      theme: fc.constantFrom(...themes),
      minimum: fc.nat({ max: 10 }),
      total: estimates,
      asOf: fc.option(fc.constant(today)),
      points,
      range: fc.constantFrom([-100, 100] as const, [0, 100] as const, [1, 7] as const),
      accent: fc.constant('#8a3ffc'),
      target: number,
      thresholds: fc.constantFrom([0] as const, [-5, 70] as const),
      badge: fc.record({
        style: fc.constantFrom(...badgeStyles),
        show: fc.subarray([...badgeParts]),
      }),
      mixes: fc.array(fc.option(mix), { maxLength: 120 }),
      segments: fc.array(fc.record({ name, estimate: estimates }), { maxLength: 14 }),
      stages: fc.array(fc.record({ name, count: fc.nat() }), { maxLength: 14 }),
      before: fc.record({
        from: fc.constant(addDays(today, -60)),
        to: fc.constant(addDays(today, -31)),
        total: estimates,
      }),
    },
    {
      requiredKeys: [
        'label',
        'unit',
        'direction',
        'language',
        'theme',
        'minimum',
        'total',
        'asOf',
        'points',
      ],
    },
  )
  .map((given) => {
    const { range: _, ...plain } = picture()
    return { ...plain, ...given }
  })

/** All of what there is for the first two kinds, and for the others what differs between them. */
const differing = [
  'normal',
  'quarter',
  'empty',
  'too-few',
  'gaps',
  'negative',
  'dark',
  'transparent',
]
const spoken = ['auto', 'russian', 'arabic', 'revenue', 'years', 'incomplete']

function agreed(kind: string): Readonly<Record<string, Picture>> {
  if (kind === 'badge' || kind === 'line') return pictures
  const chosen = Object.entries(pictures).filter(([name]) =>
    [...differing, ...spoken].includes(name),
  )
  return Object.fromEntries(chosen.map(([name, each]) => [name, whole(each)]))
}

describe.each(charts)('$kind', ({ kind, draw }) => {
  test.each(Object.entries(agreed(kind)))('looks as agreed: %s', async (name, each) => {
    const text = checked(draw(each))

    await expect(text).toMatchFileSnapshot(`../golden/${kind}-${name}.svg`)
  })

  test('is a valid picture of real numbers, whatever it is given', () => {
    fc.assert(
      fc.property(anything, (given) => {
        checked(draw(given))
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  test.each([en, pl, ru, ar])('stays small with any name in $id', (language) => {
    const limit = kind === 'badge' ? 2048 : 6144
    fc.assert(
      fc.property(label, fc.constantFrom('light', 'auto'), (name, theme) => {
        const points = walk(90).map((point, index) => ({ ...point, revised: index % 9 === 0 }))
        const given = whole(picture({ label: name, language, points, theme }))

        expect(bytes(checked(draw(given)))).toBeLessThanOrEqual(limit)
      }),
      { seed: 7, numRuns: 25 },
    )
  })

  test('does not tell how many answers there were where they are too few', () => {
    const hidden = { ...estimate(37, 4), n: 4 }
    const given = picture({ total: hidden, points: [], minimum: 5 })

    expect(checked(draw(given))).toBe(
      checked(draw({ ...given, total: { ...estimate(-12, 3), n: 3 } })),
    )
    expect(checked(draw(given))).toContain('fewer than 5 answers')
  })

  test('says that there is no data where nothing happened', () => {
    const nothing = { value: null, n: 0, low: null, high: null }

    expect(checked(draw(picture({ total: nothing, points: [] })))).toContain('no data')
  })

  test('can be heard: it has a role, a name, a window and a day', () => {
    const text = checked(draw(picture())).replace(/\s/g, ' ')

    expect(text).toContain('role="img"')
    expect(text).toContain('<title>Net Promoter Score')
    expect(text).toContain(
      '+69; 95% interval +61 to +77; n = 132; Oct 23 – Nov 21, 2026; as of Nov 21, 2026',
    )
  })

  test('draws a lone surrogate, a control character and markup as harmless text', () => {
    const text = checked(draw(picture({ label: '\ud800 <script>\u0000alert(1)</script>]]>' })))

    expect(text).not.toContain('<script')
  })
})
