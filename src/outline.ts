import { runs, shapes } from './glyphs.ts'

/**
 * One closed line: where it begins, then a control point and an end for each of its quadratic curves,
 * all as x, y in parts of the size of the text, y upwards from the baseline.
 */
export type Curves = readonly number[]

const grid = 1024
const table = shapes.split(' ')
const decoded = new Map<number, readonly Curves[]>()

/** The lines around a character; `null` where there is no drawing of it. */
export function outlineOf(code: number): readonly Curves[] | null {
  const place = placeOf(code)
  return place === null || table[place] === '' ? null : shapeAt(place)
}

function placeOf(code: number): number | null {
  let place = 0
  for (const [first, last] of runs) {
    if (code >= first && code <= last) return place + code - first
    place += last - first + 1
  }
  return null
}

function shapeAt(place: number): readonly Curves[] {
  const known = decoded.get(place)
  if (known !== undefined) return known
  const shape = decode(table[place] ?? '')
  decoded.set(place, shape)
  return shape
}

/** `"` begins a line, `!` another shape that is part of this one, and where it is put. */
function decode(text: string): Curves[] {
  return (text.match(/["!][^"!]+/g) ?? []).flatMap((item) => {
    const numbers = numbersOf(item)
    if (item.startsWith('"')) return [curvesOf(numbers)]
    const [place = 0, dx = 0, dy = 0] = numbers
    return shapeAt(place).map((curves) => moved(curves, signed(dx) / grid, signed(dy) / grid))
  })
}

/** Symbols below 60 end a number in base 60; those above are the digits before, in base 30. */
function numbersOf(item: string): number[] {
  const numbers: number[] = []
  let high = 0
  for (let at = 1; at < item.length; at++) {
    const code = item.charCodeAt(at) - 35
    const symbol = code - (code > 4 ? 1 : 0) - (code > 57 ? 1 : 0) // no ' and no \
    if (symbol < 60) {
      numbers.push(high * 60 + symbol)
      high = 0
    } else {
      high = high * 30 + symbol - 60
    }
  }
  return numbers
}

/** Pairs of steps; the lowest bit of the first says that the point is off the line. */
function curvesOf(numbers: readonly number[]): number[] {
  const curves: number[] = []
  let [x, y] = [0, 0]
  let control: readonly [number, number] | null = null
  const end = (toX: number, toY: number) => {
    const [fromX = toX, fromY = toY] = curves.slice(-2)
    const [byX, byY] = control ?? [(fromX + toX) / 2, (fromY + toY) / 2]
    curves.push(...(curves.length > 0 ? [byX, byY] : []), toX, toY)
    control = null
  }
  for (let at = 0; at < numbers.length; at += 2) {
    const first = numbers[at] ?? 0
    x += signed(first >> 1) / grid
    y += signed(numbers[at + 1] ?? 0) / grid
    if ((first & 1) === 0) {
      end(x, y)
      continue
    }
    // Between two points off the line lies one on it.
    if (control !== null) end((control[0] + x) / 2, (control[1] + y) / 2)
    control = [x, y]
  }
  end(curves[0] ?? 0, curves[1] ?? 0)
  return curves
}

function moved(curves: Curves, dx: number, dy: number): number[] {
  return curves.map((value, index) => value + (index % 2 === 0 ? dx : dy))
}

function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}
