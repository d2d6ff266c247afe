import type { Chart } from '../chart.ts'
import { badge } from './badge.ts'
import { line } from './line.ts'

export const charts: readonly Chart[] = [badge, line]
