/** 97.5 % quantiles of Student's t distribution with 1, 2, … 30 degrees of freedom. */
const bounds = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
]

/** How many standard errors hold 95 % where their size is known from so many degrees of freedom only. */
export function studentBound(freedom: number): number {
  if (freedom < 1) throw new RangeError(`Expected a degree of freedom: current value is ${freedom}`)
  return bounds[freedom - 1] ?? 2.042
}
