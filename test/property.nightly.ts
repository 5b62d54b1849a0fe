import { expect, test } from 'vitest'
import { checkInterrupted } from './property/check-interrupted.ts'
import { checkWorlds } from './property/check-worlds.ts'

test('random worlds become what random configurations want of them, and nothing else changes', async () => {
  const tally = await checkWorlds({ numRuns: 2000 })
  expect(tally.applied).toBeGreaterThan(tally.refused)
}, 3_600_000)

test('an apply of a saved plan that is interrupted anywhere is finished by applying it again', async () => {
  const tally = await checkInterrupted({ numRuns: 300, points: 5 })
  expect(tally.plans).toBeGreaterThan(100)
}, 3_600_000)
