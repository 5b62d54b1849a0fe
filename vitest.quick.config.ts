import { defineConfig } from 'vitest/config'

/** The pure parts, without a sandbox or a browser: a first answer while working, in under 30 seconds on two cores. */
export default defineConfig({
  test: {
    include: ['test/{core,config,event}/**/*.test.ts', 'test/render/{text,fields,fit,fold,json,marker}.test.ts'],
    globalSetup: ['./scripts/validators.mjs'],
    testTimeout: 30_000,
    isolate: false,
    maxWorkers: 2,
  },
})
