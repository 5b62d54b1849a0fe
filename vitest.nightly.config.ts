import { defineConfig } from 'vitest/config'

/** Test files of which `npm test` takes samples (test/support/by-night.ts). */
const SAMPLED = ['browser', 'regressions', 'action', 'contract.test.ts', 'requests.test.ts', 'support/openapi.test.ts']

export default defineConfig({
  test: {
    include: [
      'test/**/*.nightly.ts',
      ...SAMPLED.map((place) => `test/${place}${place.endsWith('.ts') ? '' : '/**/*.test.ts'}`),
    ],
    env: { OCTOFORM_EVERY_CELL: '1' },
    reporters: ['default', './test/support/plain-reporter.ts'],
    globalSetup: ['./test/support/memory-folder.ts', './test/support/openapi-setup.ts'],
    testTimeout: 600_000,
  },
})
