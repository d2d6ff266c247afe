/** What a key may do; `admin` includes the others. */
export const scopes = ['read', 'write', 'admin'] as const

export type Scope = (typeof scopes)[number]

/** Whether somebody with these scopes may do what needs `scope`. */
export function allows(granted: readonly string[], scope: Scope): boolean {
  return granted.includes(scope) || granted.includes('admin')
}

/** The two halves of a key: a public id that finds it and a secret that is stored as a hash only. */
export interface KeyText {
  readonly id: string
  readonly secret: string
}

/** Reads `tm_<12>_<43>`, or `null` where the text is no key. */
export function parseKey(text: string): KeyText | null {
  const [, id, secret] = /^tm_([A-Za-z0-9]{12})_([A-Za-z0-9_-]{43})$/.exec(text) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : null
}

export function keyText({ id, secret }: KeyText): string {
  return `tm_${id}_${secret}`
}
