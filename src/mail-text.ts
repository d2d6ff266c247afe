import { questionText } from './language.ts'
import { type MailView, mailLink, pointsOf } from './mail.ts'

/** The same mail for those who read no HTML: a line a score, with its link. */
export function mailText(view: MailView): string {
  const { document, language } = view
  const points = pointsOf(view).map(
    ({ label, end, href }) => `${label}${end === null ? '' : ` (${end})`}  ${href}\n`,
  )
  return `${questionText(document, language)}

${points.join('')}
${language.mail.hint}

${language.mail.open}: ${mailLink(view, null)}
`
}
