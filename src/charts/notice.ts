import { type Markup, markup } from '../markup.ts'
import { dark, light } from '../palette.ts'
import { clip, shorten, textWidth } from '../text.ts'

const width = 360
const edge = 16
const room = width - 2 * edge
const line = 20
const longest = 200
const mostLines = 3

/** A quiet card that stands in for a picture that cannot be shown, and says why. */
export function notice(title: string, text: string): Markup {
  const name = shorten(title, longest)
  const words = shorten(text, longest)
  const lines = wrap(words)
  const height = 48 + line * lines.length
  const body = lines.map(
    (each, index) => markup`<text x="${edge}" y="${52 + line * index}">${each}</text>`,
  )
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}: ${words}" font-family="system-ui,-apple-system,'Segoe UI',sans-serif"><title>${name}</title><style>@media(prefers-color-scheme:dark){.tm-card{fill:${dark.bg};stroke:${dark.line}}.tm-ink{fill:${dark.ink}}.tm-muted{fill:${dark.muted}}}</style><path class="tm-card" fill="${light.bg}" stroke="${light.line}" d="M.5.5h${width - 1}v${height - 1}H.5z"/><text class="tm-ink" x="${edge}" y="30" font-size="15" font-weight="600" fill="${light.ink}">${clip(name, room, 15, 600)}</text><g class="tm-muted" font-size="13" fill="${light.muted}">${body}</g></svg>`
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last === undefined || (textWidth(joined, 13) > room && lines.length < mostLines)) {
      lines.push(word)
    } else {
      lines[lines.length - 1] = joined
    }
  }
  return lines.map((each) => clip(each, room, 13))
}
