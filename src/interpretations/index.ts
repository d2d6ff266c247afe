import type { Interpretation } from '../interpretation.ts'
import { en } from './en.ts'
import { pl } from './pl.ts'
import { ru } from './ru.ts'

export const interpretations: readonly Interpretation[] = [en, ru, pl]
