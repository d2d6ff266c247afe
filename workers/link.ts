import type { SurveyDocument } from '../src/survey.ts'

/** What mailers and networks add to every link. They mean nothing here, and nobody chose them. */
const trackers =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|mc_[ce]id|_hs\w+|_kx|_se|mkt_tok|ck_subscriber_id|vero_\w+|oly_\w+|fbclid|gclid|msclkid|yclid|ref)$/

/** What the link to a survey asks for. */
export interface SurveyLink {
  /** To be preselected, still unchecked. */
  readonly score: string | null
  readonly lang: string | null
  /** By name, without the `p.`. */
  readonly properties: Readonly<Record<string, string>>
  /** The first parameter that this survey does not take. */
  readonly stranger: string | null
  /** The query without trackers, where it had some. */
  readonly clean: string | null
}

/** Besides properties: `embed` is said by the script that frames a page, and changes nothing on it. */
const parameters = ['score', 'lang', 'preview', 'embed', 'done']

/**
 * Reads the query of a link to a survey.
 *
 * @param allowed properties that it may carry.
 */
export function linkOf(url: URL, allowed: SurveyDocument['properties']): SurveyLink {
  const known = new Set([...parameters, ...allowed.map((name) => `p.${name}`)])
  const names = [...url.searchParams.keys()]
  const tracked = names.filter((name) => !known.has(name) && trackers.test(name))
  const kept = new URLSearchParams(url.searchParams)
  for (const name of tracked) kept.delete(name)
  const properties = [...kept].filter(([name]) => name.startsWith('p.'))
  return {
    score: kept.get('score'),
    lang: kept.get('lang'),
    properties: Object.fromEntries(
      properties.map(([name, value]) => [name.slice('p.'.length), value]),
    ),
    stranger:
      [...kept.keys()].find((name, at, all) => !known.has(name) || all.indexOf(name) !== at) ??
      null,
    clean: tracked.length > 0 ? kept.toString() : null,
  }
}
