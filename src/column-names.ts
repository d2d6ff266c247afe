/** Names of columns that are told by two lines: the question goes on where the first is blank. */
export function columnNames(lines: readonly (readonly string[])[]): string[] {
  const [first = [], second = []] = lines
  let question = ''
  const names = first.map((cell, at) => {
    if (cell.trim() !== '') question = cell.trim()
    const part = (second[at] ?? '').trim()
    return part === '' || part === 'Response' ? question : `${question}: ${part}`
  })
  return distinct(names)
}

/** Two questions may be called alike; the second is told by its place. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, at) => {
    const own = seen.has(name) ? `${name} (column ${at + 1})` : name
    seen.add(own)
    return own
  })
}
