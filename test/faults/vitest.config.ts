import { defineConfig } from 'vitest/config'

// Tests that take long, apart from the others: every zone there is, and whatever else goes wrong rarely.
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
