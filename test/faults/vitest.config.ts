import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const onD1 = ['test/faults/catalogue.test.ts', 'test/faults/mutants.test.ts']
const patience = { testTimeout: 3_600_000, hookTimeout: 600_000 }

// Tests that take long, apart from the others: every zone there is, and whatever else goes wrong rarely.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          exclude: onD1,
          ...patience,
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
                TEST_MIGRATIONS: await readD1Migrations('drizzle'),
              },
            },
          })),
        ],
        test: { name: 'facts', include: onD1, setupFiles: ['test/setup.ts'], ...patience },
      },
    ],
  },
})
