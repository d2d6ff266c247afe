import type { Profile } from '../profile.ts'
import { delighted } from './delighted.ts'
import { surveymonkey } from './surveymonkey.ts'
import { typeform } from './typeform.ts'

/** Every vendor whose exports are read as they are. */
export const profiles: readonly Profile[] = [delighted, surveymonkey, typeform]
