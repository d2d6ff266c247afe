import { expect, test } from 'vitest'
import { openBook } from '../src/book.ts'

test('what a body keeps goes before what is remembered, and only that is kept', () => {
  const book = openBook(
    new Map([
      ['a', '1 open'],
      ['b', '2 open'],
      ['c', ''],
    ]),
  )

  book.keep('a', { time: 3, text: 'closed' })

  expect(['a', 'b', 'c', 'd'].map(book.find)).toEqual([
    { time: 3, text: 'closed' },
    { time: 2, text: 'open' },
    null,
    null,
  ])
  expect(book.kept).toEqual(new Map([['a', '3 closed']]))
})
