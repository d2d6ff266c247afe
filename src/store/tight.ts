const tightened = new Map<string, string>()

/** SQL without its line breaks and indents: D1 is sent the whole text with every request. */
export function tight(sql: string): string {
  const found = tightened.get(sql) ?? sql.replaceAll(/\s+/g, ' ').trim()
  tightened.set(sql, found)
  return found
}
