import { embedText } from '../src/embed-script.ts'
import { chooseLanguage } from '../src/language.ts'
import { languages } from '../src/languages/index.ts'
import { classes } from './headers.ts'
import { tagged } from './reply.ts'

/**
 * `/s/{survey}/embed.js`: the same script for every survey, whether there is one or not, so that nothing
 * is read for it. The frame that it makes says what became of the survey.
 */
export function embedScript(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams.get('lang')
  const language = chooseLanguage(languages, asked, request.headers.get('accept-language'))
  return tagged(request, embedText(language), {
    ...classes.script,
    'Content-Language': language.id,
    Vary: 'Accept-Language',
  })
}
