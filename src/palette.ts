/** The colours of a theme. Contrast against `bg` is at least 4.5 for all but `line` and `mid`. */
export interface Palette {
  readonly bg: string
  readonly ink: string
  readonly muted: string
  /** Gridlines and borders, never the only sign of anything. */
  readonly line: string
  readonly accent: string
  readonly up: string
  /** For shapes; as a background it carries dark text. */
  readonly mid: string
  readonly down: string
}

/** On white paper. */
export const light: Palette = {
  bg: '#ffffff',
  ink: '#14202e',
  muted: '#55636f',
  line: '#d9e0e6',
  accent: '#1d5fd1',
  up: '#0b7a5c',
  mid: '#8794a0',
  down: '#b8430f',
}

/** On a dark screen. */
export const dark: Palette = {
  bg: '#0f1720',
  ink: '#e8eef3',
  muted: '#9fb0bd',
  line: '#2b3947',
  accent: '#7db2ff',
  up: '#4cc79d',
  mid: '#7f8e9b',
  down: '#ff9a62',
}

/** Behind the label of a badge, on any page; white text on it has a contrast of 9.5. */
export const slate = '#3a4753'
