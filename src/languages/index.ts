import type { Language } from '../language.ts'
import { en } from './en.ts'
import { pl } from './pl.ts'
import { ru } from './ru.ts'

/** Every language; the first is the one to fall back to. */
export const languages: readonly [Language, ...Language[]] = [en, ru, pl]
