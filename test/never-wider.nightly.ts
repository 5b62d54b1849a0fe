import { expect, test } from 'vitest'
import { POLICIES } from './property/check-policies.ts'
import { checkPolicyPairs } from './property/check-policy-pairs.ts'
import { checkSteps } from './property/check-steps.ts'
import { nightRuns } from './support/night-runs.ts'

test('nothing is wider in between: after each request of an apply, reach is within before and after', async () => {
  const runs = nightRuns(2000)
  const tally = await checkSteps(runs)
  process.stdout.write(`\nNever wider: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(runs.numRuns / 2)
  expect(tally.interrupted).toBeGreaterThan(runs.numRuns / 4)
}, 14_400_000)

test('nor from any policy of an organization to any other, with repositories that differ from it and change too', async () => {
  const tally = await checkPolicyPairs({ share: 1, repositories: 41 })
  process.stdout.write(`\nPolicies in between: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBe(POLICIES.length ** 2)
}, 14_400_000)
