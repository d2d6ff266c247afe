import { type Stamped, parseStamped, stampedText } from './stamped.ts'

/** What is known while a body is read: what earlier deliveries have kept, and what this one adds. */
export interface Book {
  /** What is kept under a name: by this body, else by an earlier delivery. */
  readonly find: (name: string) => Stamped | null
  readonly keep: (name: string, value: Stamped) => void
  /** What this body has kept, to be remembered. */
  readonly kept: ReadonlyMap<string, string>
}

/** A book over what is remembered. */
export function openBook(memory: ReadonlyMap<string, string>): Book {
  const kept = new Map<string, string>()
  return {
    kept,
    find: (name) => parseStamped(kept.get(name) ?? memory.get(name)),
    keep: (name, value) => {
      kept.set(name, stampedText(value))
    },
  }
}
