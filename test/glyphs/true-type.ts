/** A point of a contour, in the font's own units; between two that are off it lies one that is on. */
export interface FontPoint {
  readonly x: number
  readonly y: number
  readonly on: boolean
}

/** Another glyph inside of this one, moved; a scaled one is not in the faces we read. */
interface Component {
  readonly glyph: number
  readonly dx: number
  readonly dy: number
}

export interface FontGlyph {
  readonly contours: readonly (readonly FontPoint[])[]
  readonly components: readonly Component[]
}

/** What there is to know of a face. */
export interface Font {
  readonly unitsPerEm: number
  /** The glyph of a code point; `undefined` where the face has none. */
  readonly glyphOf: (code: number) => number | undefined
  readonly glyph: (index: number) => FontGlyph
}

/**
 * Reads outlines from a TrueType file (OpenType 1.9: `head`, `cmap` format 4, `loca`, `glyf`).
 *
 * @throws RangeError where the file is something else.
 */
export function readFont(file: Buffer): Font {
  const tables = new Map<string, number>()
  for (let at = 12; at < 12 + 16 * file.readUInt16BE(4); at += 16) {
    tables.set(file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8))
  }
  const tableAt = (tag: string) => {
    const offset = tables.get(tag)
    if (offset === undefined) throw new RangeError(`The font has no table ${tag}`)
    return offset
  }
  const head = tableAt('head')
  const [loca, glyf] = [tableAt('loca'), tableAt('glyf')]
  const long = file.readInt16BE(head + 50) === 1
  const placeOf = (index: number) =>
    long ? file.readUInt32BE(loca + 4 * index) : 2 * file.readUInt16BE(loca + 2 * index)
  const characters = readCharacters(file, tableAt('cmap'))
  return {
    unitsPerEm: file.readUInt16BE(head + 18),
    glyphOf: (code) => characters.get(code),
    glyph: (index) =>
      placeOf(index) === placeOf(index + 1)
        ? { contours: [], components: [] }
        : readGlyph(file, glyf + placeOf(index)),
  }
}

/** The glyph of every code point of the basic plane. */
function readCharacters(file: Buffer, cmap: number): Map<number, number> {
  const found = new Map<number, number>()
  const places = Array.from(
    { length: file.readUInt16BE(cmap + 2) },
    (_, index) => cmap + 4 + 8 * index,
  )
  const unicode = places.find((at) => file.readUInt32BE(at) === 0x30001)
  if (unicode === undefined) throw new RangeError('The font has no table of Unicode characters')
  const table = cmap + file.readUInt32BE(unicode + 4)
  const size = file.readUInt16BE(table + 6)
  for (let at = 0; at < size; at += 2) {
    const end = file.readUInt16BE(table + 14 + at)
    const start = file.readUInt16BE(table + 16 + size + at)
    const delta = file.readUInt16BE(table + 16 + 2 * size + at)
    const rangeAt = table + 16 + 3 * size + at
    const range = file.readUInt16BE(rangeAt)
    for (let code = start; code <= end && code < 0xffff; code++) {
      const raw = range === 0 ? code : file.readUInt16BE(rangeAt + range + 2 * (code - start))
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph > 0) found.set(code, glyph)
    }
  }
  return found
}

function readGlyph(file: Buffer, at: number): FontGlyph {
  const count = file.readInt16BE(at)
  return count < 0
    ? { contours: [], components: readComponents(file, at + 10) }
    : { contours: readContours(file, at + 10, count), components: [] }
}

function readComponents(file: Buffer, start: number): Component[] {
  const found: Component[] = []
  let at = start
  let flags = 0x20
  while (flags & 0x20) {
    flags = file.readUInt16BE(at)
    if (flags & 0xc8) throw new RangeError('The font has a scaled component')
    if (!(flags & 2)) throw new RangeError('The font has a component placed by points')
    const glyph = file.readUInt16BE(at + 2)
    const wide = (flags & 1) === 1
    const dx = wide ? file.readInt16BE(at + 4) : file.readInt8(at + 4)
    const dy = wide ? file.readInt16BE(at + 6) : file.readInt8(at + 5)
    found.push({ glyph, dx, dy })
    at += wide ? 8 : 6
  }
  return found
}

function readContours(file: Buffer, start: number, count: number): FontPoint[][] {
  const ends = Array.from({ length: count }, (_, index) => file.readUInt16BE(start + 2 * index))
  const total = (ends.at(-1) ?? -1) + 1
  let at = start + 2 * count
  at += 2 + file.readUInt16BE(at)
  const flags: number[] = []
  while (flags.length < total) {
    const flag = file.readUInt8(at++)
    const repeats = flag & 8 ? file.readUInt8(at++) : 0
    for (let again = 0; again <= repeats; again++) flags.push(flag)
  }
  const readAxis = (short: number, same: number) => {
    let value = 0
    return flags.map((flag) => {
      if (flag & short) {
        const step = file.readUInt8(at++)
        value += flag & same ? step : -step
      } else if (!(flag & same)) {
        value += file.readInt16BE(at)
        at += 2
      }
      return value
    })
  }
  const across = readAxis(2, 16)
  const up = readAxis(4, 32)
  const points = flags.map((flag, index) => ({
    x: across[index] ?? 0,
    y: up[index] ?? 0,
    on: (flag & 1) === 1,
  }))
  return ends.map((end, index) => points.slice((ends[index - 1] ?? -1) + 1, end + 1))
}
