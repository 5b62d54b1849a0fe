import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.nightly.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    testTimeout: 600_000,
  },
})
