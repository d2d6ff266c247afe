/** How much of each pixel of a part of a picture is covered, row by row. */
export interface Coverage {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Of pixels in a row of `levels`: more than the width, and whole blocks. */
  readonly stride: number
  /** From 0 to {@link whole}, and to be looked at in mixed blocks only. */
  readonly levels: Uint8Array
  /** What is in each {@link block} of pixels of a row, so that most need not be looked at one by one. */
  readonly blocks: Uint8Array
}

export const block = 16
export const blockIs = { empty: 0, mixed: 1, full: 2 } as const

/** Finer steps than these cannot be seen, and would not fit into a palette. */
export const whole = 16

/** The part of a picture that something is drawn in. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The whole pixels around points, as x, y, x, y …, as far as they are in the picture. */
export function areaOf(lines: readonly (readonly number[])[], margin: number, inside: Area): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const points of lines) {
    for (let at = 0; at < points.length; at += 2) {
      const x = points[at] ?? 0
      const y = points[at + 1] ?? 0
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
    }
  }
  return {
    left: Math.max(inside.left, Math.floor(left - margin)),
    top: Math.max(inside.top, Math.floor(top - margin)),
    right: Math.min(inside.right, Math.ceil(right + margin)),
    bottom: Math.min(inside.bottom, Math.ceil(bottom + margin)),
  }
}

/** Nothing yet of an area; `null` where that is empty. */
export function emptyCoverage({ left, top, right, bottom }: Area): Coverage | null {
  const [width, height] = [right - left, bottom - top]
  if (!(width > 0 && height > 0)) return null
  const stride = Math.ceil((width + 2) / block) * block
  const levels = new Uint8Array(stride * height)
  const blocks = new Uint8Array(levels.length / block)
  return { left, top, width, height, stride, levels, blocks }
}
