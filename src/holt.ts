/** How fast level and trend follow, and how much of the trend is left after each step. */
export interface Smoothing {
  readonly alpha: number
  readonly beta: number
  readonly phi: number
}

/** Where a series stands, and what it gains each step. */
export interface State {
  readonly level: number
  readonly trend: number
}

/**
 * Holt's linear method with a damped trend (E. Gardner and E. McKenzie, Management Science 31, 1985; as in
 * R. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 8.2):
 * l = αy + (1 − α)(l' + φb'), b = β(l − l') + (1 − β)φb'.
 *
 * @param start the state before the first value.
 * @returns the state after each value.
 */
export function holt(
  values: readonly number[],
  { alpha, beta, phi }: Smoothing,
  start: State,
): State[] {
  let state = start
  return values.map((value) => {
    const trend = phi * state.trend
    const level = alpha * value + (1 - alpha) * (state.level + trend)
    state = { level, trend: beta * (level - state.level) + (1 - beta) * trend }
    return state
  })
}

/** What a state lets expect so many steps ahead: l + (φ + φ² + … + φʰ)b. */
export function ahead({ level, trend }: State, steps: number, { phi }: Smoothing): number {
  let sum = 0
  for (let step = 1; step <= steps; step++) sum += phi ** step
  return level + sum * trend
}
