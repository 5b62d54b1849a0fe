import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Test files that take samples of their tables by day (test/support/by-night.ts). */
const SAMPLED = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('/by-night.ts'))

export default defineConfig({
  test: {
    include: ['test/**/*.nightly.ts', ...SAMPLED],
    env: { OCTOFORM_EVERY_CELL: '1' },
    reporters: ['default', './test/support/plain-reporter.ts'],
    globalSetup: ['./scripts/validators.mjs', './test/support/memory-folder.ts', './test/support/openapi-setup.ts'],
    testTimeout: 600_000,
    // A test of 20,000 files takes them away for longer than 10 s on a machine with other load.
    hookTimeout: 120_000,
  },
})
