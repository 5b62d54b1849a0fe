import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./scripts/validators.mjs', './test/support/memory-folder.ts', './test/support/openapi-setup.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    // Twenty times what the slowest takes: beside other work a test that is right must not fail.
    testTimeout: 60_000,
    // No module of the house has state of its own, so that test files may share what they load.
    isolate: false,
    // On two cores: some tests wait for a clock or a process while others compute.
    maxWorkers: 4,
  },
})
