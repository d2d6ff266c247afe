import type { Chart } from '../chart.ts'
import { badge } from './badge.ts'
import { bars } from './bars.ts'
import { change } from './change.ts'
import { funnel } from './funnel.ts'
import { gauge } from './gauge.ts'
import { line } from './line.ts'
import { segments } from './segments.ts'
import { sparkline } from './sparkline.ts'
import { stacked } from './stacked.ts'

export const charts: readonly Chart[] = [
  badge,
  line,
  bars,
  stacked,
  sparkline,
  funnel,
  segments,
  change,
  gauge,
]
