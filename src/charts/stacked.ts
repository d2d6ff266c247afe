import { details } from '../caption.ts'
import type { Chart, Mix, Picture } from '../chart.ts'
import type { EndLabel } from '../end-labels.ts'
import { formatTicks, formatValue } from '../format.ts'
import { frame, nothing } from '../frame.ts'
import { isolate } from '../isolate.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { stairs, stretches } from '../path.ts'
import { axes, type Plot, plotOf, toSparkline } from '../plot.ts'
import { fixedAxis } from '../scale.ts'
import { paletteOf } from '../theme.ts'

/** From the bottom: those who are lost stand lowest, so that the others are seen to weigh on them. */
const layers = ['low', 'middle', 'high'] as const

type Layer = (typeof layers)[number]

const colourOf = { low: 'down', middle: 'mid', high: 'up' } as const

/** How the answers of each period were distributed, in percent of all; a target is no such share. */
export const stacked: Chart = {
  kind: 'stacked',
  needs: 'mixes',
  draw({ target: _target, ...picture }) {
    const { language } = picture
    const mixes = mixesOf(picture)
    const newest = mixes.findLast((mix) => mix !== null) ?? null
    const axis = fixedAxis(0, 100)
    const ticks = newest ? formatTicks(axis.ticks, 'percent', language) : []
    const names = newest ? layers.map((layer) => nameOf(layer, newest, picture)) : []
    const ends = names.map((text) => ({ text, weight: 400 }) as const)
    const plot = plotOf(picture, axis, ticks, ends, 0.5)
    return frame(picture, {
      description: details(picture, newest && names.toReversed().join('; ')),
      axes: markup`${axes(picture, plot, newest ? labels(newest, names, picture, plot) : [])}${newest === null && nothing(picture)}`,
      plot: columns(mixes, picture, plot),
      transform: toSparkline(plot),
    })
  },
}

/** Those with enough answers to be shown, one for each point. */
function mixesOf({ points, mixes = [], minimum }: Picture): (Mix | null)[] {
  return points.map((_, index) => {
    const mix = mixes[index] ?? null
    return mix !== null && countOf(mix) >= Math.max(1, minimum) ? mix : null
  })
}

function countOf({ low, middle, high }: Mix): number {
  return low + middle + high
}

/** A layer's ends in percent of all answers. */
function spanOf(layer: Layer, mix: Mix): readonly [from: number, to: number] {
  const below = layers.slice(0, layers.indexOf(layer)).reduce((sum, each) => sum + mix[each], 0)
  const whole = countOf(mix) / 100
  return [below / whole, (below + mix[layer]) / whole]
}

/** Only the question of recommendation has names of its own for those who answer it. */
const words = {
  points: { low: 'detractors', middle: 'passives', high: 'promoters' },
  other: { low: 'dissatisfied', middle: 'neutral', high: 'satisfied' },
} as const

function nameOf(layer: Layer, mix: Mix, { unit, language }: Picture): string {
  const [from, to] = spanOf(layer, mix)
  const name = words[unit === 'points' ? 'points' : 'other'][layer]
  const share = formatValue(Math.round(to - from), 'percent', language)
  return isolate(`${language.chart[name]} ${share}`, language)
}

function labels(mix: Mix, names: readonly string[], picture: Picture, { y }: Plot): EndLabel[] {
  const { up, down, muted } = paletteOf(picture)
  const styles = {
    low: markup` class="tm-down" fill="${down}"`,
    middle: markup` class="tm-muted" fill="${muted}"`,
    high: markup` class="tm-up" fill="${up}"`,
  }
  return layers.map((layer, index) => {
    const [from, to] = spanOf(layer, mix)
    return { text: names[index] ?? '', y: y((from + to) / 2), style: styles[layer], weight: 400 }
  })
}

/** Each layer stands before the one above it, parted by a line for those who cannot tell colours apart. */
function columns(mixes: readonly (Mix | null)[], picture: Picture, plot: Plot): Markup {
  const colours = paletteOf(picture)
  const half = (plot.right - plot.left) / (2 * Math.max(1, mixes.length))
  const runs = stretches(mixes.map((mix, index) => mix && { mix, middle: plot.x(index) }))
  const outline = (layer: Layer) => (run: (typeof runs)[number]) => {
    const tops = run.map(({ mix }) => plot.y(spanOf(layer, mix)[1]))
    const starts = run.map(({ middle }) => middle - half)
    return stairs(tops, [...starts, (run.at(-1)?.middle ?? 0) + half], plot.y(0))
  }
  const parting = picture.theme !== 'transparent' && markup` stroke="${colours.bg}"`
  const path = (layer: Layer): Content => {
    const data = runs.map(outline(layer)).join('')
    const name = colourOf[layer]
    return (
      data &&
      markup`<path class="tm-${name}${parting && markup` tm-hole`}" fill="${colours[name]}"${parting} d="${data}"/>`
    )
  }
  return markup`${layers.toReversed().map(path)}`
}
