import { expect, test } from 'vitest'
import { dots, trace } from '../src/path.ts'

test('writes relative steps in tenths, without needless characters', () => {
  expect(
    trace([
      [
        [10, 20],
        [10.55, 19.5],
        [12, 25],
      ],
    ]),
  ).toBe('M10 20l.6-.5 1.4 5.5')
})

test('does not add up rounding errors', () => {
  const run = Array.from({ length: 101 }, (_, index) => [index * 0.333, 0] as const)
  const steps = trace([run])
    .split('l')[1]
    ?.split(' ')
    .filter((_, index) => index % 2 === 0)

  expect(steps?.reduce((sum, step) => sum + Number(step), 0)).toBeCloseTo(33.3, 1)
})

test('draws dots as steps without length', () => {
  expect(
    dots([
      [1, 2],
      [3, 1],
    ]),
  ).toBe('m1 2h0m2-1h0')
})
