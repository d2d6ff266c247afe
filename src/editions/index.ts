import type { Edition } from '../edition.ts'
import { en } from './en.ts'
import { pl } from './pl.ts'
import { ru } from './ru.ts'

/** English first, for whoever asks for a report that does not exist. */
export const editions: readonly [Edition, ...Edition[]] = [en, ru, pl]
