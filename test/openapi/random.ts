/** A source of numbers that are the same for the same seed (mulberry32). */
export interface Random {
  /** From 0 up to and without 1. */
  readonly next: () => number
  /** From 0 up to and without `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <One>(all: readonly One[]) => One
  readonly chance: (share: number) => boolean
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick(all) {
      const found = all[below(all.length)]
      if (found === undefined) throw new RangeError('There is nothing to pick from')
      return found
    },
  }
}
