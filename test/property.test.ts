import { expect, test } from 'vitest'
import { checkInterrupted } from './property/check-interrupted.ts'
import { checkWorlds } from './property/check-worlds.ts'

test('random worlds become what random configurations want of them, and nothing else changes', async () => {
  const tally = await checkWorlds({ numRuns: 12, seed: 20_250_000 })
  process.stdout.write(`\nWorlds: ${JSON.stringify(tally)}\n`)
  expect(tally.applied).toBeGreaterThan(tally.refused)
  expect(tally.held).toBeGreaterThan(1)
  expect(tally.writes).toBeGreaterThan(100)
}, 120_000)

test('an apply of a saved plan that is interrupted anywhere is finished by applying it again', async () => {
  const tally = await checkInterrupted({ numRuns: 5, points: 2, seed: 20_261_128 })
  process.stdout.write(`\nInterrupted: ${tally.plans} saved plans at ${tally.interruptions} requests, all finished.\n`)
  expect(tally.plans).toBeGreaterThan(1)
  expect(tally.interruptions).toBe(tally.plans * 2)
}, 240_000)
