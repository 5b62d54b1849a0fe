import { expect, test } from 'vitest'
import { checkPolicyPairs } from './property/check-policy-pairs.ts'
import { checkSteps } from './property/check-steps.ts'

test('nothing is wider in between: after each request of an apply, reach is within before and after', async () => {
  const tally = await checkSteps({ numRuns: 20, seed: 20_260_000 })
  expect(tally.worlds).toBeGreaterThan(10)
  expect(tally.steps).toBeGreaterThan(50)
  expect(tally.interrupted).toBeGreaterThan(8)
}, 120_000)

test('nor from some policies of an organization to others, with repositories that differ from it and change too', async () => {
  const tally = await checkPolicyPairs({ share: 115, repositories: 109 })
  expect(tally.worlds).toBe(5)
  expect(tally.steps).toBeGreaterThan(10)
}, 120_000)
