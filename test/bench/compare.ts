/** Ours against a baseline: speeds of both, and their ratio, round by round. */
export interface Comparison {
  readonly what: string
  readonly baseline: string
  /** Ours divided by the baseline's; above 1, ours is the faster. */
  readonly ratio: Spread
  /** Medians of this machine in this run, in turns per second: for context only. */
  readonly context: { readonly ours: number; readonly baseline: number }
}

/** The middle and the ends of what the rounds gave. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly rounds: number
}

/** Runs something for a while and resolves with its turns per second. */
export type Speed = () => Promise<number>

interface Pair {
  readonly what: string
  readonly baseline: string
  readonly rounds: number
  readonly speeds: readonly [ours: Speed, baseline: Speed]
}

/**
 * Measures both in every round, one right after the other and taking turns at being first, so that
 * whatever the machine does besides meets both. A round before the first warms up and is forgotten.
 */
export async function compare({ what, baseline, rounds, speeds }: Pair): Promise<Comparison> {
  const [ours, other] = speeds
  await ours()
  await other()
  const seen: { ours: number; baseline: number }[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) seen.push({ ours: await ours(), baseline: await other() })
    else seen.push({ baseline: await other(), ours: await ours() })
  }
  return {
    what,
    baseline,
    ratio: spread(seen.map((round) => round.ours / round.baseline)),
    context: {
      ours: spread(seen.map((round) => round.ours)).median,
      baseline: spread(seen.map((round) => round.baseline)).median,
    },
  }
}

/** For an odd number of values. */
function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  return {
    median: sorted[(sorted.length - 1) / 2] ?? Number.NaN,
    low: sorted[0] ?? Number.NaN,
    high: sorted.at(-1) ?? Number.NaN,
    rounds: sorted.length,
  }
}
