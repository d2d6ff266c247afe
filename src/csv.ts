/** One RFC 4180 line. Numbers have a decimal point and no grouping; `null` is an empty cell. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

/** What makes a spreadsheet run a cell as a formula, or cut it off (OWASP, "CSV Injection"; ASVS 5.0, 1.2.10). */
const dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']

/** A text that a spreadsheet would run as a formula is led by an apostrophe; numbers never are. */
function cellText(cell: string | number | boolean | null): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const runs = [cell, cell.trimStart()].some((text) => dangerous.includes(text.charAt(0)))
  const text = runs ? `'${cell}` : cell
  // Where a comma is the decimal point, spreadsheets cut at semicolons, and at tabs when lines are pasted.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
