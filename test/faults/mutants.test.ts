import { expect, test } from 'vitest'
import { sources } from '../../src/sources/index.ts'
import { losesNothing } from '../workers/mutants.ts'

/** Mutants of each vendor. */
const share = 300

test('there are 5,000 mutants at least', () => {
  expect(sources.length * share).toBeGreaterThanOrEqual(5_000)
})

test.each(sources)('$vendor: whatever is wrong with a body, nothing is lost', (source) =>
  losesNothing(source, share),
)
