import naughty from 'big-list-of-naughty-strings'
import { expect, test } from 'vitest'
import { notice } from '../../src/charts/notice.ts'
import { en } from '../../src/languages/en.ts'
import { bytes, checked } from './svg.ts'

test('looks as agreed', async () => {
  const text = checked(
    notice('Not found', 'This embed is unknown or has been withdrawn by its owner.'),
  )

  await expect(text).toMatchFileSnapshot('../golden/notice.svg')
})

test('is a small valid picture for both themes, whatever it says', () => {
  for (const words of [...naughty, 'word '.repeat(500), '漢'.repeat(500)]) {
    const text = checked(notice(words, words))

    expect(text).toContain('prefers-color-scheme:dark')
    expect(bytes(text)).toBeLessThanOrEqual(6144)
  }
})

test('grows with its text up to three lines', () => {
  const height = (text: string) => /height="(\d+)"/.exec(checked(notice('Title', text)))?.[1]

  expect(height(en.chart.unknown)).toBe('68')
  expect(height('word '.repeat(20))).toBe('88')
  expect(height('word '.repeat(200))).toBe('108')
})
