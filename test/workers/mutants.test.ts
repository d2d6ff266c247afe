import { test } from 'vitest'
import { sources } from '../../src/sources/index.ts'
import { losesNothing } from './mutants.ts'

test.each(sources)(
  '$vendor: whatever is wrong with a body, nothing is lost',
  { timeout: 30_000 },
  (source) => losesNothing(source, 60),
)
