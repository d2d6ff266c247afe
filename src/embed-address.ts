import { badgeStyles, themes } from './chart.ts'

/** The parameters there are, in the order in which they are written. */
const order = ['theme', 'locale', 'style'] as const

export type Parameter = (typeof order)[number]

/** By ending of an address, the parameters that make a difference. */
export const parametersOf = {
  svg: order,
  png: order,
  'shields.json': ['locale'],
  json: ['locale'],
  csv: [],
  html: ['theme', 'locale'],
} as const satisfies Readonly<Record<string, readonly Parameter[]>>

export type Ending = keyof typeof parametersOf

/** A longer one stands before the one it ends with. */
export const endings = Object.keys(parametersOf) as Ending[]

/** What may be chosen by the address of an embed: how it looks, never what it shows. */
export type Choice = Readonly<Partial<Record<Parameter, string>>>

/** What an embed shows where its address chooses nothing. */
export interface Defaults {
  readonly theme: string
  readonly locale: string
  /** `null` where the embed is no badge and has no style. */
  readonly style: string | null
}

/**
 * Reads the query of an embed's address and says how it should be written, so that caches hold one copy
 * of each picture: known parameters in one order, each once, with values that exist.
 *
 * @param search with its `?`, or `''`.
 * @param taken the parameters that make a difference to what is asked for.
 * @param locales the languages there are.
 */
export function readAddress(
  search: string,
  taken: readonly Parameter[],
  locales: readonly string[],
): { readonly choice: Choice; readonly canonical: string } {
  const found = new URLSearchParams(search)
  const values = { theme: themes, locale: locales, style: badgeStyles } as const
  const chosen = order.flatMap((name): [string, string][] => {
    const known: readonly string[] = values[name]
    const value = found.get(name)
    return value !== null && known.includes(value) && taken.includes(name) ? [[name, value]] : []
  })
  return { choice: Object.fromEntries(chosen), canonical: written(chosen) }
}

/** The query without what the embed shows anyway. */
export function withoutDefaults(choice: Choice, defaults: Defaults): string {
  return written(
    order.flatMap((name): [string, string][] => {
      const value = choice[name]
      const own = defaults[name]
      return value === undefined || own === null || value === own ? [] : [[name, value]]
    }),
  )
}

function written(pairs: readonly [string, string][]): string {
  return pairs.length === 0 ? '' : `?${new URLSearchParams([...pairs]).toString()}`
}
