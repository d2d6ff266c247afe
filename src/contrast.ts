// WCAG 2.2, "relative luminance" and "contrast ratio".

type Rgb = readonly [red: number, green: number, blue: number]

function rgbOf(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

function luminance(colour: string): number {
  const [red, green, blue] = rgbOf(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** The contrast of two colours, both `#rrggbb`: 1 to 21, whichever comes first. */
export function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}

/**
 * The colour itself where it has the contrast, otherwise the nearest one on its way to white that has:
 * a brand's dark blue on a dark page.
 */
export function brightened(colour: string, background: string, wanted: number): string {
  for (let step = 0; step <= 20; step++) {
    const mixed = rgbOf(colour).map((value) => Math.round(value + ((255 - value) * step) / 20))
    const found = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    if (contrast(found, background) >= wanted) return found
  }
  return '#ffffff'
}
