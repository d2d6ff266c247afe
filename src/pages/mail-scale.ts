import { type MailPoint, type MailView, pointsOf, sidesOf } from '../mail.ts'
import { type Markup, markup } from '../markup.ts'
import { light } from '../palette.ts'
import { lookOf } from '../survey.ts'
import { font, grid, outlook, paper, within } from './mail-table.ts'

/** The side of a link, the border around it, and the gap to the next one, in pixels. */
const side = 44
const border = 1
const gap = 3

/**
 * Six links fit into a phone of 320 pixels with its margins, eleven into a mail of 600: blocks of at
 * most six stand side by side where there is room. No media query decides, as many programs read none.
 */
const blockLimit = 6

/** How wide so many links and the gaps behind them are. */
const widthOf = (length: number) => length * (side + 2 * border + gap)

/** The scale as links, and what its ends mean. */
export function mailScale(view: MailView): Markup {
  const look = lookOf(view.document)
  const points = pointsOf(view)
  return look === 'faces' || look === 'thumbs' ? list(view, points) : blocks(view, points)
}

function blocks(view: MailView, points: readonly MailPoint[]): Markup {
  const length = points.length > blockLimit ? Math.ceil(points.length / 2) : points.length
  const first = block(view, points.slice(0, length))
  const rest = points.slice(length)
  const second = rest.length > 0 && markup`${outlook(markup`</td><td>`)}${block(view, rest)}`

  return markup`${within(widthOf(points.length), markup`${first}${second}`)}
${ends(view, points)}`
}

function block(view: MailView, points: readonly MailPoint[]): Markup {
  return markup`<div style="display:inline-block;vertical-align:top"><table ${grid}><tr>
${points.map((point) => markup`${link(view, point, 'center', `width:${side}px;padding:11px 0`)}${space('width')}\n`)}</tr><tr>${space('height')}</tr></table></div>`
}

/** Both ends in words, under the first and the last link where all stand in one row. */
function ends(view: MailView, points: readonly MailPoint[]): Markup {
  const { start, end } = sidesOf(view)
  const width = widthOf(points.length) - gap
  const told = points.filter((point) => point.end !== null)
  const cells = told.map((point, index) => {
    const [outer, inner] = index === 0 ? [start, end] : [end, start]
    const style = `width:50%;padding-${inner}:8px;${paper};color:${light.muted};${font};font-size:13px;line-height:20px`
    return markup`<td class="tm-bg tm-muted" align="${outer}" valign="top" style="${style}">${point.label} – ${point.end}</td>\n`
  })

  return within(
    width,
    markup`<table ${grid} width="100%" style="max-width:${width}px"><tr>
${cells}</tr></table>`,
  )
}

/** Points in words stand one below the other. */
function list(view: MailView, points: readonly MailPoint[]): Markup {
  const { start } = sidesOf(view)
  const rows = points.map(
    (point) => markup`<tr>${link(view, point, start, 'padding:11px 16px')}</tr>
<tr>${space('height')}</tr>\n`,
  )
  return within(320, markup`<table ${grid} width="100%" style="max-width:320px">\n${rows}</table>`)
}

/** A button that needs no picture: the border is the cell's, which Outlook draws, and the link fills it. */
function link(view: MailView, point: MailPoint, align: string, shape: string): Markup {
  const accent = view.document.accent ?? light.accent
  const cell = `border:${border}px solid ${light.mid};border-radius:8px;${paper};color:${accent};${font};mso-padding-alt:11px 0`
  const text = `display:block;${shape};color:${accent};font-size:18px;font-weight:600;line-height:22px;text-decoration:none`
  const name = point.name !== null && markup` aria-label="${point.name}"`
  return markup`<td class="tm-bg tm-link tm-edge" align="${align}" width="${side}" height="${side}" style="${cell}"><a class="tm-link" href="${point.href}"${name} style="${text}">${point.label}</a></td>`
}

/** A cell between two links; as text it is a blank. */
function space(along: 'width' | 'height'): Markup {
  const size = along === 'width' ? markup`width="${gap}"` : markup`height="${gap}"`
  const style = `${paper};color:${light.ink};font-size:${gap}px;line-height:${gap}px`
  return markup`<td class="tm-bg tm-ink" ${size} style="${style}">&#160;</td>`
}
