import type { Bucket, SurveyDocument, SurveyKind } from './survey.ts'

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
  /** What each of five points means where they are drawn as faces, from the worst to the best. */
  readonly faces: readonly [string, string, string, string, string]
  /** What a star is called, with hole {n}: so many of five. */
  readonly stars: string
  /** What is asked below a score that lies in this bucket of its scale. */
  readonly followUp: Readonly<Record<Bucket, string>>
  readonly form: {
    /** For screen readers, with holes {from} and {to}. */
    readonly scale: string
    /** For screen readers, where the points are no numbers. */
    readonly choose: string
    /** Above choices of which several may fit. */
    readonly drivers: string
    readonly optional: string
    readonly send: string
    /** The same button where a link has chosen the score beforehand. */
    readonly confirm: string
    /** Below that button: nothing has been saved yet. */
    readonly unconfirmed: string
    /** The same button on the page of an answer that may still be changed. */
    readonly save: string
    /** Leads from a preview or a refusal back to the form. */
    readonly back: string
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
  /** The answer of this link or browser is there and may be changed below; hole {time}. */
  readonly answered: Notice
  /** The same, when it may not be changed any more; hole {day}. */
  readonly locked: Notice
  /** Hole {time}. */
  readonly unopened: Notice
  readonly closed: Notice
  /** As many have answered as were wanted. */
  readonly full: Notice
  readonly unknown: Notice
  /** A personal link that is too old. */
  readonly expired: Notice
  /** A personal link that was taken back, or only invited people may answer and this is no invitation. */
  readonly uninvited: Notice
  /** Too many requests from one place. */
  readonly busy: Notice
  /** An answer that something about it makes doubtful: people confirm it once more, robots do not. */
  readonly doubtful: Notice
  /** The page that takes an answer back: `text` asks, `button` does, and `done` says that it is done. */
  readonly withdrawal: Notice & {
    readonly link: string
    readonly button: string
    readonly done: Notice
  }
  /** Shown over a page whose answers are not stored. */
  readonly preview: string
  /** Names of the controls around a survey on somebody's website. */
  readonly frame: { readonly open: string; readonly close: string }
  /** Around the scale in a mail. */
  readonly mail: {
    /** Below the scale: a click opens a page and saves nothing by itself. */
    readonly hint: string
    /** Names the link to the survey for those who see no scale. */
    readonly open: string
  }
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
    /** A value that is to be reached; hole {value}. */
    readonly target: string
    readonly reached: string
    readonly missed: string
    /** The interval has the target in it. */
    readonly close: string
    /** Who gave a high, a middle or a low score for the likelihood to recommend. */
    readonly promoters: string
    readonly passives: string
    readonly detractors: string
    /** The same for any other question. */
    readonly satisfied: string
    readonly neutral: string
    readonly dissatisfied: string
    /** Hole {n}: members of a list that are not shown. */
    readonly more: string
    /** Hole {share}: what is left of the step before in a funnel. */
    readonly share: string
    readonly change: string
    /** Hole {value}: a change in percentage points. */
    readonly pp: string
    /** The interval of a change has zero in it. */
    readonly noChange: string
    /** Hole {span}: how long there has been no new number. */
    readonly stale: string
    /** Hole {n}: fewer than so many. */
    readonly small: string
    /** On which side of a team’s own thresholds a value lies. */
    readonly good: string
    readonly fair: string
    readonly poor: string
  }
}

/** The question in the reader's language: the team's own text, or the language's. */
export function questionText(document: SurveyDocument, language: Language): string {
  return document.question[language.id] ?? language.questions[document.kind].text
}

/** What the ends of the scale mean, in the reader's language. */
export function endTexts(
  { ends, kind }: Pick<SurveyDocument, 'ends' | 'kind'>,
  language: Language,
): Pick<Wording, 'low' | 'high'> {
  const { low, high } = language.questions[kind]
  return { low: ends?.low[language.id] ?? low, high: ends?.high[language.id] ?? high }
}

/** A text with its holes filled; a hole without a value stays visible, so that tests find it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

/** Codes that have changed, as the registry of RFC 5646 tells; old programs still send the first. */
const renamed: ReadonlyMap<string, string> = new Map([['iw', 'he']])

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
    const [primary = ''] = tag.toLowerCase().split('-', 1)
    const found = offered.find(({ id }) => id === (renamed.get(primary) ?? primary))
    if (found !== undefined) return found
  }
  return offered[0]
}
