import parsePrometheus from 'parse-prometheus-text-format'
import { expect, test } from 'vitest'
import { exposition } from '../src/exposition.ts'

test('writes a metric with its help, its type and its labels', () => {
  const metric = { name: 'tidemark_nps', help: 'NPS', labels: { unit: 'points' }, value: -12.5 }

  expect(exposition([metric])).toBe(
    '# HELP tidemark_nps NPS\n# TYPE tidemark_nps gauge\ntidemark_nps{unit="points"} -12.5\n',
  )
  expect(exposition([{ ...metric, labels: {} }])).toContain('\ntidemark_nps -12.5\n')
  expect(exposition([])).toBe('')
})

test.each([
  'two\nlines',
  'a \\ backslash',
  'quoted "so"',
  '\\n is not a break',
  'ends in \\',
  '} 1',
  '# HELP',
])('what is told as %j is read back by an independent parser', (text) => {
  const metric = { name: 'tidemark_nps', help: text, labels: { window: text }, value: 1e21 }

  expect(parsePrometheus(exposition([metric, { ...metric, name: 'tidemark_csat' }]))).toEqual(
    ['tidemark_nps', 'tidemark_csat'].map((name) => ({
      name,
      help: text,
      type: 'GAUGE',
      metrics: [{ value: '1e+21', labels: { window: text } }],
    })),
  )
})
