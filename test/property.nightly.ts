import { expect, test } from 'vitest'
import { checkWorlds } from './property/check-worlds.ts'

test('random worlds become what random configurations want of them, and nothing else changes', async () => {
  const tally = await checkWorlds({ numRuns: 2000 })
  expect(tally.applied).toBeGreaterThan(tally.refused)
}, 3_600_000)
