import type { Language } from '../language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ru } from './ru.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'
import { zh } from './zh.ts'

/** Every language; the first is the one to fall back to. */
export const languages: readonly [Language, ...Language[]] = [
  en,
  ru,
  pl,
  uk,
  de,
  fr,
  es,
  pt,
  it,
  nl,
  tr,
  ar,
  he,
  zh,
  ja,
]
