/**
 * A pure function that keeps what it has made. Once it has made `most`, it forgets all of it: a Worker
 * lives long, and what it is asked for is foreign.
 */
export function memo<Key, Value extends {}>(
  make: (key: Key) => Value,
  most: number,
): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    if (made.size >= most) made.clear()
    made.set(key, value)
    return value
  }
}
