import { defineConfig } from 'vitest/config'
import { retry } from './test/support/retry.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/faults/**', '**/node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // No module of the house holds state: two workers serve all files, and each is loaded twice instead of three hundred times.
    isolate: false,
    retry,
    maxWorkers: 2,
  },
})
