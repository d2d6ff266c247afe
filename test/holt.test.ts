import { expect, test } from 'vitest'
import { ahead, holt } from '../src/holt.ts'

/** Air passengers in Australia, 1990–2004, in millions: `ausair` of R's fpp2. */
const passengers = [
  17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797,
  32.577569, 33.477398, 39.021581, 41.386432, 41.596552,
]

/** Sheep in Asia, 1970–2000, in millions: `livestock` of R's fpp. */
const sheep = [
  263.917747, 268.307222, 260.662556, 266.639419, 277.515778, 283.834045, 290.309028, 292.474198,
  300.830694, 309.286657, 318.331081, 329.37239, 338.883998, 339.244126, 328.600632, 314.255385,
  314.459695, 321.413779, 329.789292, 346.385165, 352.297882, 348.370515, 417.562922, 417.12357,
  417.749459, 412.233904, 411.946817, 394.697075, 401.49927, 408.270468, 414.2428,
]

test('holt() without damping forecasts as the textbook does', () => {
  const smoothing = { alpha: 0.8, beta: 0.2, phi: 1 }
  const [first = 0, second = 0] = passengers

  const states = holt(passengers, smoothing, { level: first, trend: second - first })
  const last = states.at(-1) ?? { level: 0, trend: 0 }

  // Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 1st edition, section 7.2.
  expect([1, 2, 3, 4, 5].map((steps) => ahead(last, steps, smoothing).toFixed(2))).toEqual([
    '43.76',
    '45.59',
    '47.43',
    '49.27',
    '51.10',
  ])
})

test('holt() with damping errs as much as the textbook says', () => {
  const smoothing = { alpha: 0.98, beta: 0, phi: 0.98 }
  const start = { level: 257.36, trend: 6.64 }

  const states = [start, ...holt(sheep, smoothing, start)]
  const squares = sheep.map((value, at) => {
    return (value - ahead(states[at] ?? start, 1, smoothing)) ** 2
  })

  // The same, table 7.4, and statsmodels' test_holt_damp: parameters are rounded there.
  const sum = squares.reduce((all, square) => all + square, 0)
  expect(sum).toBeGreaterThan(6036.56 - 3)
  expect(sum).toBeLessThan(6036.56 + 3)
})

test('a damped trend comes to rest', () => {
  const smoothing = { alpha: 0.5, beta: 0.1, phi: 0.9 }

  const far = ahead({ level: 100, trend: 10 }, 500, smoothing)

  expect(far).toBeCloseTo(100 + (10 * 0.9) / (1 - 0.9), 6)
})
