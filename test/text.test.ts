import naughty from 'big-list-of-naughty-strings'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip, shorten, textWidth } from '../src/text.ts'

const any = fc.oneof(fc.constantFrom(...naughty), fc.string({ unit: 'binary' }))

test('measures Latin, Polish and Cyrillic as Liberation Sans does, to a hundredth', () => {
  const measured = {
    'Net Promoter Score': 8.836,
    '+69 ±8 · n=132': 6.721,
    'Wskaźnik zadowolenia klientów': 14.004,
    'Средняя оценка: мало ответов': 14.425,
  }
  for (const [text, ems] of Object.entries(measured)) {
    expect(textWidth(text, 1) / ems).toBeCloseTo(1, 2)
  }
})

test('gives digits one width, bold or not, so that numbers stay in columns', () => {
  const widths = [...'0123456789'].flatMap((digit) => [
    textWidth(digit, 13),
    textWidth(digit, 13, 600),
  ])

  expect(new Set(widths).size).toBe(1)
})

test('gives combining marks, joiners and controls no width', () => {
  expect(textWidth('e\u0301\u200d\u0007', 10)).toBe(textWidth('e', 10))
})

test('gives ideographs and emoji a square or more', () => {
  for (const wide of [
    '漢',
    'か',
    'カ',
    'ー',
    '・',
    '한',
    '。',
    '「',
    '：',
    '～',
    '￥',
    '㎡',
    '㈱',
    '\u3000',
  ]) {
    expect([wide, textWidth(wide, 10)]).toEqual([wide, 10])
  }
  expect(textWidth('🙂', 10)).toBeGreaterThanOrEqual(10)
})

test('gives the spaces that languages put into numbers and ranges a blank’s width', () => {
  for (const space of ['\u00a0', '\u202f', '\u2009']) {
    expect(textWidth(space, 10)).toBeCloseTo(textWidth(' ', 10), 1)
  }
})

test('takes Hebrew and Arabic for wider than their fonts draw them', () => {
  expect(textWidth('נכון', 10)).toBeGreaterThanOrEqual(20)
  expect(textWidth('سبتمبر', 10)).toBeGreaterThanOrEqual(30)
})

test('clips so that the text never overflows', () => {
  fc.assert(
    fc.property(any, fc.double({ min: 0, max: 300, noNaN: true }), (text, width) => {
      expect(textWidth(clip(text, width, 13), 13)).toBeLessThanOrEqual(width + 1e-9)
    }),
    { seed: 7 },
  )
})

test('leaves a text that fits as it is, and cuts between characters as a reader sees them', () => {
  expect(clip('Score', 100, 13)).toBe('Score')
  expect(clip('ab👩‍👩‍👧‍👦cd', 35, 13)).toBe('ab…')
})

test('shortens to one line of a bounded length', () => {
  expect(shorten(' two\n\t lines ', 20)).toBe('two lines')
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 80 }), (text, length) => {
      expect(shorten(text, length).length).toBeLessThanOrEqual(length)
    }),
    { seed: 7 },
  )
})
