import { expect, test } from 'vitest'
import { checkSteps } from './property/check-steps.ts'

test('nothing is wider in between: after each request of an apply, reach is within before and after', async () => {
  const tally = await checkSteps({ numRuns: 2000 })
  expect(tally.worlds).toBeGreaterThan(1000)
  expect(tally.interrupted).toBeGreaterThan(500)
}, 7_200_000)
