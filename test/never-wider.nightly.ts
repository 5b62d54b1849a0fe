import { expect, test } from 'vitest'
import { checkSteps } from './property/check-steps.ts'

/** So many for a night; `WORLDS=20` shows in a minute that it runs. */
const WORLDS = Number(process.env.WORLDS ?? 2000)

test('nothing is wider in between: after each request of an apply, reach is within before and after', async () => {
  const tally = await checkSteps({ numRuns: WORLDS })
  expect(tally.worlds).toBeGreaterThan(WORLDS / 2)
  expect(tally.interrupted).toBeGreaterThan(WORLDS / 4)
}, 7_200_000)
