import { brightened } from './contrast.ts'
import { type Markup, markup } from './markup.ts'
import { dark } from './palette.ts'
import type { SurveyDocument } from './survey.ts'

/** How a page looks and what it may do, as far as that differs from page to page. */
export interface Dress {
  /** Whose page it is; our own mark where it is `null`. */
  readonly brand: string | null
  /** Where its logo is; the name stands in its place where it is `null`. */
  readonly logo: string | null
  /** `#rrggbb`, readable on white. */
  readonly accent: string | null
  /** What runs on the page, and only that. */
  readonly script: Markup | null
  /** Origins that may show it in a frame. */
  readonly frames: readonly string[]
  /** The site key of Cloudflare Turnstile, which challenges whoever answers; `null` for none. */
  readonly challenge: string | null
  /** What it needs besides the style sheet of every page. */
  readonly sheet: Markup | null
  /** Whether pictures stand in the page itself, as `data:` URLs. */
  readonly pictures: boolean
}

/** Where the challenge comes from, and the field in which it leaves its token. */
export const challengeOrigin = 'https://challenges.cloudflare.com'
export const challengeField = 'cf-turnstile-response'

/** The dress of pages that are nobody's in particular. */
export const plain: Dress = {
  brand: null,
  logo: null,
  accent: null,
  script: null,
  frames: [],
  challenge: null,
  sheet: null,
  pictures: false,
}

/**
 * The dress of a survey's pages.
 *
 * @param logo where the survey's logo is served, if it has one.
 */
export function dressOf(document: SurveyDocument, logo: string, script: Markup | null): Dress {
  return {
    brand: document.brand ?? null,
    logo: document.logo === undefined ? null : logo,
    accent: document.accent ?? null,
    script,
    frames: document.frames ?? [],
    challenge: null,
    sheet: null,
    pictures: false,
  }
}

/** The contrast that WCAG 2.2 wants of text (1.4.3). */
const readable = 4.5

/** The style sheet that puts a brand's colour in the place of ours, on dark pages as bright as it must be. */
export function accentSheet({ accent }: Pick<Dress, 'accent'>): Markup | null {
  if (accent === null) return null
  return markup`:root{--accent:${accent}}@media (prefers-color-scheme:dark){:root{--accent:${brightened(accent, dark.bg, readable)}}}`
}
