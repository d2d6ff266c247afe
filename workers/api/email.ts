import { Hono } from 'hono'
import * as v from 'valibot'
import { questionText } from '../../src/language.ts'
import { languages } from '../../src/languages/index.ts'
import type { MailView } from '../../src/mail.ts'
import { mailText } from '../../src/mail-text.ts'
import { mailers } from '../../src/mailers.ts'
import { render } from '../../src/markup.ts'
import { mailPage } from '../../src/pages/mail.ts'
import { invalid } from '../../src/problem.ts'
import type { SurveyDocument } from '../../src/survey.ts'
import { type Guarded, guard } from '../guard.ts'
import { questionOf } from '../intake.ts'
import { readQuery } from '../query.ts'
import { taggedJson, taggedText } from '../reply.ts'
import { findSurvey } from './found.ts'

const parts = ['html', 'text'] as const
const mailerIds = mailers.map(({ id }) => id)

/** The parameters of the mail that asks a survey. */
export const emailQuery = {
  lang: v.optional(v.string()),
  mailer: v.optional(
    v.picklist(mailerIds, `Expected one of ${mailerIds.join(', ')}`),
    mailers[0].id,
  ),
  part: v.optional(v.picklist(parts, `Expected one of ${parts.join(', ')}`)),
}

/** The language asked for, else the survey's first. */
function languageOf(lang: string | undefined, locales: readonly string[]) {
  const asked = lang ?? locales[0]
  const found = languages.find(({ id }) => id === asked && locales.includes(id))
  if (found === undefined) {
    throw invalid('lang', `Expected one of ${locales.join(', ')}: current value is "${asked}"`)
  }
  return found
}

/** Where the links of the mail lead. */
function addressOf(id: string, { policy }: SurveyDocument, page: string): string {
  const tag = mailers.find((mailer) => mailer.id === id)?.tag ?? null
  if (tag === null && policy === 'invited') {
    throw invalid(
      'mailer',
      'Only invited people may answer: expected a mailer that knows their URL',
    )
  }
  return tag ?? page
}

/** `GET /v1/surveys/{id}/email`: a mail that asks the survey's question, to be sent by a mailer. */
export const emailRoutes = new Hono<Guarded>().get('/:id/email', guard('read'), async (c) => {
  const { lang, mailer, part } = readQuery(c.req.raw, emailQuery)
  const id = c.req.param('id')
  const { document } = await findSurvey(c.env.DB, c.get('workspace').id, id)
  const page = `${new URL(c.req.url).origin}/s/${id}`
  const view: MailView = {
    document,
    question: questionOf(document.kind),
    language: languageOf(lang, document.locales),
    address: addressOf(mailer, document, page),
    logo: document.logo === undefined ? null : `${page}/logo`,
  }
  if (part === undefined && c.req.header('accept')?.startsWith('application/json')) {
    const subject = questionText(document, view.language)
    const mail = { subject, html: render(mailPage(view)), text: mailText(view) }
    return taggedJson(c.req.raw, mail, { Vary: 'Accept' })
  }
  return part === 'text'
    ? taggedText(c.req.raw, mailText(view), 'text/plain')
    : taggedText(c.req.raw, render(mailPage(view)), 'text/html')
})
