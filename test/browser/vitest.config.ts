import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    globalSetup: 'test/browser/setup.ts',
    // One Worker and one browser serve all files, which come one after the other; where tests of a file do not count
    // what others answer, a few run at once, since most of them wait.
    fileParallelism: false,
    isolate: false,
    maxConcurrency: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
