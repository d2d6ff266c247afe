/** A value and when it came to be, in milliseconds: as it is remembered, so that what is late shows. */
export interface Stamped {
  readonly time: number
  readonly text: string
}

/** A stamped value as one text. */
export function stampedText({ time, text }: Stamped): string {
  return `${time} ${text}`
}

/** The opposite of {@link stampedText}; `null` for every other text, and where nothing is remembered. */
export function parseStamped(kept: string | undefined): Stamped | null {
  const [, time, text] = /^(\d{1,15}) (.*)$/s.exec(kept ?? '') ?? []
  return time === undefined || text === undefined ? null : { time: Number(time), text }
}
