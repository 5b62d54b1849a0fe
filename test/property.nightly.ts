import { expect, test } from 'vitest'
import { checkInterrupted } from './property/check-interrupted.ts'
import { checkWorlds } from './property/check-worlds.ts'

/** So many for a night; `WORLDS=20` shows in a minute that it runs. */
const WORLDS = Number(process.env.WORLDS ?? 2000)

test('random worlds become what random configurations want of them, and nothing else changes', async () => {
  const tally = await checkWorlds({ numRuns: WORLDS })
  expect(tally.applied).toBeGreaterThan(tally.refused)
}, 3_600_000)

test('an apply of a saved plan that is interrupted anywhere is finished by applying it again', async () => {
  const tally = await checkInterrupted({ numRuns: Math.ceil(WORLDS / 7), points: 5 })
  expect(tally.plans).toBeGreaterThan(WORLDS / 20)
}, 3_600_000)
