import { defineConfig } from 'vitest/config'
import { retry } from './test/support/retry.ts'

// Processes are killed here, over and over: it takes minutes.
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    retry,
    maxWorkers: 2,
  },
})
