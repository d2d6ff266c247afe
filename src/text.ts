/**
 * Advance widths of Liberation Sans Regular 2 (SIL OFL; the metrics of Arial), read from its `hmtx`
 * table. Each run begins at a code point and has one character per code point after it: its character
 * code less 35, in 0.012 em. That is exact to 0.006 em. Runs: ASCII, Latin-1 and Latin Extended-A,
 * Greek, Cyrillic, punctuation, €, №, ™, arrows, minus, ≈, ≠≡≤≥.
 */
const runs: readonly (readonly [first: number, widths: string])[] = [
  [
    0x20,
    '::AQQm[3??CT:?::QQQQQQQQQQ::TTTQx[[__[Vd_:M[Qh_d[d_[V_[r[[V:::JQ?QQMQQ:QQ55M5hQQQQ?M:QM_MMM?9?T',
  ],
  [
    0xa0,
    ':?QQQQ9Q?`BQT?`QDQ???SP:??AQiiiV[[[[[[v_[[[[::::__dddddTd____[[VQQQQQQmMQQQQ::::QQQQQQQQVQQQQMQM' +
      '[Q[Q[Q_M_M_M_M_V_Q[Q[Q[Q[Q[QdQdQdQdQ_Q_Q:::::::5::`HM5[MMQ5Q5Q;Q?Q5_Q_Q_QU_QdQdQdQvr_?_?_?[M[M[M[M' +
      'V:VBV:_Q_Q_Q_Q_Q_Qr_[M[VMVMVM5',
  ],
  [0x386, '[:diCQdQjb6[[Q[[V_d:[[h_Yd_[QWV[e[ia:[SHQ6QSSMQHHQQ6MMSMHQ\\RKVDQYO^d6QQQd'],
  [
    0x400,
    '[[kP_[::M{wjT_X_[Z[P[[pU__TZh_d_[_VXb[a[oqemZ_w_QSOATQ[IRRGT\\QQPQMIMhMSNfhW_NMaPQQQAMM5:5ogQGRMQ',
  ],
  [0x490, 'LE'],
  [0x2010, '??QQvvQQ5555???QQQ@QQQv'],
  [0x20ac, 'Q'],
  [0x2116, '|'],
  [0x2122, 'v'],
  [0x2190, 'vMvMvM'],
  [0x2212, 'T'],
  [0x2248, 'Q'],
  [0x2260, 'QTQQQQ'],
]

/** What has no width of its own: combining marks, joiners, direction marks, controls. */
const weightless = /^[\p{M}\p{Cc}\p{Cf}]$/u
/** East Asian Width W and F (UAX 11), by block, pictographs apart. */
const square =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]$/u
/** Spaces that languages put into numbers and ranges; no font draws them wider than the ordinary one. */
const thin = /^[\u2009\u202f]$/
/** Half of their letters are slim: even wide fonts draw words of them narrower than this. */
const narrow = /^[\p{Script=Hebrew}\p{Script=Arabic}]$/u
const pictograph = /^\p{Extended_Pictographic}$/u

/** How much wider the letters of the bold cut are, on average; its digits and signs are not. */
const boldness = 1.07

function advance(code: number): number {
  for (const [first, widths] of runs) {
    const width = widths.charCodeAt(code - first)
    if (width > 0) return (width - 35) * 0.012
  }
  const character = String.fromCodePoint(code)
  if (weightless.test(character)) return 0
  if (pictograph.test(character)) return 1.25
  if (thin.test(character)) return 0.28
  if (square.test(character)) return 1
  return narrow.test(character) ? 0.55 : 0.65
}

function boldAdvance(code: number): number {
  return advance(code) * (/\p{L}/u.test(String.fromCodePoint(code)) ? boldness : 1)
}

/** The advances of the code points below this are kept: all of the table above. */
const kept = 0x2270
const known = {
  400: new Float64Array(kept).fill(Number.NaN),
  600: new Float64Array(kept).fill(Number.NaN),
} as const

function ems(code: number, weight: 400 | 600): number {
  const found = known[weight][code]
  if (found !== undefined && !Number.isNaN(found)) return found
  const made = weight === 600 ? boldAdvance(code) : advance(code)
  if (code < kept) known[weight][code] = made
  return made
}

/**
 * How wide a text will be, in the unit of `size`. The reader's own sans may be some percent wider or
 * narrower, and scripts outside the table are a guess on the wide side.
 */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    sum += ems(code, weight)
  }
  return sum * size
}

/** Shortens a text with an ellipsis so that it is never wider than `width`. */
export function clip(text: string, width: number, size: number, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= width) return text
  let room = width - textWidth('…', size, weight)
  if (room < 0) return ''
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    room -= textWidth(segment, size, weight)
    if (room < 0) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

const unruly = /[^\S ]|\p{Cc}| {2}/u

/**
 * One line of at most `length` UTF-16 units: a bound for bytes, since a text may hold any number of
 * marks that have no width.
 */
export function shorten(text: string, length: number): string {
  const line = (unruly.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ') : text).trim()
  if (line.length <= length) return line
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(line.slice(0, length))) {
    if (kept.length + segment.length >= length) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}
