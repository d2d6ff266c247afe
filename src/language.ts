import type { SurveyDocument, SurveyKind } from './survey.ts'

/** The built-in wording of one question kind. */
export interface Wording {
  readonly text: string
  /** What the lowest and the highest score mean, under the ends of the scale. */
  readonly low: string
  readonly high: string
}

/** A title and the sentence below it: a page that only tells something. */
export interface Notice {
  readonly title: string
  readonly text: string
}

/**
 * One language, complete: the compiler refuses a file that leaves a text out. Holes are written
 * `{name}` and filled by {@link fill}.
 */
export interface Language {
  /** BCP 47, as in `lang` parameters and `Accept-Language`. */
  readonly id: string
  /** The language's own name for itself. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  readonly questions: Readonly<Record<SurveyKind, Wording>>
  readonly form: {
    /** For screen readers, with holes {from} and {to}. */
    readonly scale: string
    readonly comment: string
    readonly optional: string
    readonly send: string
    /** Leads from a link that does not fit to the survey itself. */
    readonly open: string
    /** Heads the list of what is wrong with an answer. */
    readonly problem: string
    readonly noScore: string
    /** Hole {limit}. */
    readonly commentTooLong: string
    readonly commentUnreadable: string
    /** What happens with the answer, in a sentence. */
    readonly privacy: string
  }
  readonly thanks: Notice
  readonly answered: Notice
  readonly closed: Notice
  readonly unknown: Notice
  /** A link whose parameters do not fit the survey; hole {name}. */
  readonly badLink: Notice
  /** Storage trouble: the answer was not stored, and sending again is safe. */
  readonly retry: Notice
  /** Words on badges and charts. */
  readonly chart: {
    /** Hole {day}. */
    readonly asOf: string
    /** Sample size; hole {n}. */
    readonly n: string
    readonly noData: string
    /** Hole {n}: the fewest answers that are shown. */
    readonly tooFew: string
    readonly unknown: string
    readonly unavailable: string
    /** Holes {from} and {to}: a 95 % interval. */
    readonly interval: string
    /** Hole {day}: a day or period still running. */
    readonly incomplete: string
  }
}

/** The question in the reader's language: the team's own text, or the language's. */
export function questionText(document: SurveyDocument, language: Language): string {
  return document.question[language.id] ?? language.questions[document.kind].text
}

/** A text with its holes filled; a hole without a value stays visible, so that tests find it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

/**
 * The language to answer in: the one asked for by name, else the best of an Accept-Language header
 * (RFC 9110 section 12.5.4), else the first that is offered. A regional tag is served by its language.
 */
export function chooseLanguage(
  offered: readonly [Language, ...Language[]],
  asked: string | null,
  header: string | null,
): Language {
  const ranges = (header ?? '').split(',').map((entry) => {
    const [tag = '', ...parameters] = entry.trim().split(';')
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
    return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) }
  })
  const wanted = ranges
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)
  for (const tag of asked === null ? wanted : [asked, ...wanted]) {
    const found = offered.find(({ id }) => id === tag.toLowerCase().split('-', 1)[0])
    if (found !== undefined) return found
  }
  return offered[0]
}
