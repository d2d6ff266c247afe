import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const shell = ['test/workers/**/*.test.ts', 'test/store/**/*.test.ts']
const apart = ['test/browser/**', 'test/faults/**', 'test/bench/**']

export default defineConfig({
  test: {
    // Vitest leaves one core free, which on two of them doubles the wait.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'core',
          // Pure functions share nothing, so their files need no worker each.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...shell, ...apart],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ADMIN_KEY: 'test-admin-key',
                SEAL_KEY: 'test-seal-key-of-32-characters-or-more',
                // Tests of one key ask more often than a team does; test/workers/rate-limit.test.ts has its own limit.
                REQUESTS_PER_MINUTE: '0',
                TEST_MIGRATIONS: await readD1Migrations('drizzle'),
              },
            },
          })),
        ],
        test: {
          name: 'shell',
          // A worker takes longer to start than most files to run: they share one, and test/setup.ts empties its tables.
          isolate: false,
          // Two hundred requests at once take their time on a busy machine.
          testTimeout: 30_000,
          include: shell,
          setupFiles: ['test/setup.ts'],
        },
      },
    ],
  },
})
