import type { Question } from '../survey.ts'
import { ces } from './ces.ts'
import { csat } from './csat.ts'
import { nps } from './nps.ts'
import { nps5 } from './nps5.ts'
import { thumbs } from './thumbs.ts'

/** Every kind of question. */
export const questions: readonly Question[] = [nps, nps5, csat, ces, thumbs]
