/** Lines without an id that one import may have. */
export const occurrenceLimit = 3_000_000

/**
 * Tells apart lines of one import that are alike: two people may give the same answer in the same
 * minute. The first keeps its digest, the second gets `digest-2`, and so on, so that the same lines in
 * any order have the same names. Kept as 8 bytes a line in a table that only grows to 32 MiB, because an
 * import may have millions of lines and a Worker has 128 MB.
 */
export function occurrences(): (digest: string) => string | null {
  let table = new Float64Array(1 << 10)
  let size = 0

  function slotOf(slots: Float64Array, key: number): number {
    let slot = key % slots.length
    while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 1) % slots.length
    return slot
  }

  function grow(): void {
    const larger = new Float64Array(table.length * 2)
    for (const key of table) if (key !== 0) larger[slotOf(larger, key)] = key
    table = larger
  }

  function has(key: number): boolean {
    return table[slotOf(table, key)] === key
  }

  function add(key: number): void {
    table[slotOf(table, key)] = key
    size++
    if (size > table.length * 0.75 && table.length < 1 << 22) grow()
  }

  /** The first occurrence of a line that is new: by doubling and halving, as all before it are known. */
  function nextOf(line: number): number {
    let known = 0
    let fresh = 1
    while (has(keyOf(line, fresh))) {
      known = fresh
      fresh *= 2
    }
    while (fresh - known > 1) {
      const middle = Math.floor((known + fresh) / 2)
      if (has(keyOf(line, middle))) known = middle
      else fresh = middle
    }
    return fresh
  }

  return (digest) => {
    if (size >= occurrenceLimit) return null
    // 52 bits of the digest: among three million lines two of 4.5e15 keys meet about once in a thousand
    // imports, and then a line only gets the name of a second occurrence.
    const line = Number.parseInt(digest.slice(0, 13), 16)
    const occurrence = nextOf(line)
    add(keyOf(line, occurrence))
    return occurrence === 1 ? digest : `${digest}-${occurrence}`
  }
}

/** What the table knows an occurrence by: never 0, which is a free slot. */
function keyOf(line: number, occurrence: number): number {
  return (line + (occurrence - 1) * 0x9e3779b1) % 0xfffffffffffff || 1
}
