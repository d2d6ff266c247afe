import { beforeAll, test } from 'vitest'
import { kpis } from '../../src/kpis/index.ts'
import { agrees, holding } from './catalogue.ts'
import { families } from './histories.ts'
import { bear } from './team.ts'

beforeAll(() => bear(kpis))

test.each(Object.entries(families).filter(([name]) => holding.includes(name)))(
  'every row and value of every KPI is what is counted by hand: %s',
  (_, types) => agrees(kpis, types),
  120_000,
)
