import type { Names } from '../name.ts'
import { en } from './en.ts'
import { pl } from './pl.ts'
import { ru } from './ru.ts'

/** English first: it stands in for languages that have no names of their own. */
export const names: readonly [Names, ...Names[]] = [en, ru, pl]

/** The names of a language; English ones where it has none. */
export function namesOf(language: string): Names {
  return names.find((candidate) => candidate.language === language) ?? names[0]
}
