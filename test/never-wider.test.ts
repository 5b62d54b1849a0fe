import { expect, test } from 'vitest'
import { checkSteps } from './property/check-steps.ts'

test('nothing is wider in between: after each request of an apply, reach is within before and after', async () => {
  const tally = await checkSteps({ numRuns: 20, seed: 20_260_000 })
  expect(tally.worlds).toBeGreaterThan(10)
  expect(tally.steps).toBeGreaterThan(50)
  expect(tally.interrupted).toBeGreaterThan(8)
}, 120_000)
