import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddress, withoutDefaults } from '../src/embed-address.ts'

const locales = ['en', 'pl', 'ar']
const every = ['theme', 'locale', 'style'] as const
const defaults = { theme: 'auto', locale: 'en', style: 'flat' }

test.each([
  ['', ''],
  ['?theme=dark', '?theme=dark'],
  ['?theme=dark&locale=pl&style=flat-square', '?theme=dark&locale=pl&style=flat-square'],
  ['?locale=pl&theme=dark', '?theme=dark&locale=pl'],
  ['?theme=dark&theme=dark', '?theme=dark'],
  ['?theme=dark&theme=light', '?theme=dark'],
  ['?theme=pink', ''],
  ['?theme=', ''],
  ['?theme=DARK', ''],
  ['?locale=xx', ''],
  ['?utm_source=mail&theme=dark', '?theme=dark'],
  ['?theme=d%61rk', '?theme=dark'],
  ['?', ''],
  ['?kpi=mrr&segment=plan:pro&minimum=1', ''],
])('%s is written %s', (search, canonical) => {
  expect(readAddress(search, every, locales).canonical).toBe(canonical)
})

test('whatever is asked, one redirect leads to an address that stays', () => {
  const word = fc.constantFrom(
    'theme',
    'locale',
    'style',
    'dark',
    'pl',
    'flat',
    'x',
    '%',
    '&',
    '=',
    '?',
    '+',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const { canonical } = readAddress(`?${words.join('')}`, every, locales)

      expect(readAddress(canonical, every, locales).canonical).toBe(canonical)
    }),
  )
})

test('a parameter that makes no difference to a file is left out', () => {
  expect(readAddress('?theme=dark&locale=pl', ['locale'], locales).canonical).toBe('?locale=pl')
})

describe('what the embed shows anyway', () => {
  test('is left out', () => {
    expect(withoutDefaults({ theme: 'auto', locale: 'pl' }, defaults)).toBe('?locale=pl')
  })

  test('is chosen all the same where the embed is another', () => {
    expect(withoutDefaults({ theme: 'auto' }, { ...defaults, theme: 'dark' })).toBe('?theme=auto')
  })

  test('is no style where it is no badge', () => {
    expect(withoutDefaults({ style: 'flat-square' }, { ...defaults, style: null })).toBe('')
  })
})
