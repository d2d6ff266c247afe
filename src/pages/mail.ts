import { brightened } from '../contrast.ts'
import { questionText } from '../language.ts'
import { type MailView, mailLink, sidesOf, trapLink } from '../mail.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { dark, light } from '../palette.ts'
import { mailScale } from './mail-scale.ts'
import { font, grid, paper, within } from './mail-table.ts'

/**
 * A complete mail, well-formed as XML too. Mail programs keep tables and the styles of elements; the
 * style sheet is for dark screens alone, and everything is there without it.
 */
export function mailPage(view: MailView): Markup {
  const { document, language } = view
  const question = questionText(document, language)
  const tongue = markup`lang="${language.id}" dir="${language.direction}"`

  return markup`<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" ${tongue}>
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="supported-color-schemes" content="light dark" />
<title>${question}</title>
${darkStyle(view)}
</head>
<body class="tm-bg" style="margin:0;padding:0;${paper};color:${light.ink}">
<table ${grid} ${tongue} width="100%"><tr>
<td class="tm-bg tm-ink" align="center" style="padding:24px 12px;${paper};color:${light.ink};${font}">
${within(600, rows(view, question))}
${trap(view)}
</td>
</tr></table>
</body>
</html>
`
}

function rows(view: MailView, question: string): Markup {
  const { mail } = view.language
  return markup`<table ${grid} width="100%" style="max-width:600px;table-layout:fixed">
${brand(view)}${row(view, 'ink', 'padding:0 0 24px', heading(question))}${row(view, 'ink', 'padding:0', mailScale(view))}${row(view, 'muted', 'padding:24px 0 0;font-size:13px;line-height:20px', mail.hint)}${row(view, 'ink', 'padding:0', opening(view))}</table>`
}

/** A word without end, such as a URL, must not make a phone scroll sideways. */
const breaking = 'overflow-wrap:anywhere;word-break:break-word'

function row(view: MailView, colour: 'ink' | 'muted', style: string, piece: Content): Markup {
  return markup`<tr><td class="tm-bg tm-${colour}" align="${sidesOf(view).start}" style="${style};${paper};color:${light[colour]};${font};${breaking}">
${piece}
</td></tr>
`
}

/** Whose mail it is: the logo, or the name alone; the name is also what stands for a logo not shown. */
function brand(view: MailView): Markup | false {
  const { logo, document } = view
  const name = document.brand ?? ''
  const picture =
    logo !== null &&
    markup`<img src="${logo}" alt="${name}" height="40" border="0" style="display:block;width:auto;height:40px;max-width:100%;color:${light.muted};${font};font-size:15px" />`
  const shown = picture || name
  return (
    shown !== '' && row(view, 'muted', 'padding:0 0 24px;font-size:15px;line-height:24px', shown)
  )
}

function heading(question: string): Markup {
  return markup`<h1 class="tm-ink" style="margin:0;color:${light.ink};${font};font-size:24px;font-weight:600;line-height:32px">${question}</h1>`
}

function opening(view: MailView): Markup {
  const accent = view.document.accent ?? light.accent
  return markup`<a class="tm-link" href="${mailLink(view, null)}" style="display:inline-block;min-width:44px;padding:10px 0;color:${accent};font-size:15px;line-height:24px">${view.language.mail.open}</a>`
}

/** Nothing to see, to reach by keyboard or to read aloud, with or without styles: there is no text. */
function trap(view: MailView): Markup {
  return markup`<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;font-size:0;line-height:0;mso-hide:all"><a href="${trapLink(view)}" tabindex="-1" aria-hidden="true" style="display:none;color:${light.ink};font-size:0;line-height:0;mso-hide:all"></a></div>`
}

/** The contrast that WCAG 2.2 wants of text (1.4.3); a team's own accent is known to have it on white. */
const readable = 4.5

/** Dark colours, for programs that follow the reader's setting and for Outlook on the web. */
function darkStyle({ document }: MailView): Markup {
  const { accent } = document
  const link = accent === undefined ? dark.accent : brightened(accent, dark.bg, readable)
  const rules = [
    { name: 'bg', says: `background-color:${dark.bg}`, outlook: '[data-ogsb]' },
    { name: 'ink', says: `color:${dark.ink}`, outlook: '[data-ogsc]' },
    { name: 'muted', says: `color:${dark.muted}`, outlook: '[data-ogsc]' },
    { name: 'link', says: `color:${link}`, outlook: '[data-ogsc]' },
    { name: 'edge', says: `border-color:${dark.mid}`, outlook: '[data-ogsc]' },
  ]
  return markup`<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
${rules.map(({ name, says }) => `.tm-${name}{${says} !important}\n`)}}
${rules.map(({ name, says, outlook }) => `${outlook} .tm-${name}{${says} !important}\n`)}</style>`
}
