import { defineConfig } from 'vitest/config'
import { retry } from './test/support/retry.ts'

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Some look at sixteen pages with axe.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry,
    maxWorkers: 1,
    expect: { poll: { timeout: 10_000 } },
  },
})
