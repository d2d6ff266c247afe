/** The middle of some values, or the mean of the two in the middle; `null` where there are none. */
export function middleOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** What makes a median absolute deviation the standard deviation of a normal distribution. */
const ofMedian = 1.4826

/** The same for a mean absolute deviation: √(π/2). */
const ofMean = Math.sqrt(Math.PI / 2)

/**
 * The standard deviation that deviations speak of, by their median: half of them may be mistakes
 * (B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, ASQC 1993). Where more than half
 * are 0 their mean is taken instead; `null` where there are none.
 */
export function deviationOf(residuals: readonly number[]): number | null {
  const sizes = residuals.map(Math.abs)
  const middle = middleOf(sizes)
  if (middle === null || middle > 0) return middle === null ? null : ofMedian * middle
  return (ofMean * sizes.reduce((sum, size) => sum + size, 0)) / sizes.length
}
