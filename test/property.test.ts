import { expect, test } from 'vitest'
import { checkWorlds } from './property/check-worlds.ts'

test('random worlds become what random configurations want of them, and nothing else changes', async () => {
  const tally = await checkWorlds({ numRuns: 60, seed: 20_250_000 })
  expect(tally.applied).toBeGreaterThan(tally.refused)
  expect(tally.writes).toBeGreaterThan(100)
}, 120_000)
