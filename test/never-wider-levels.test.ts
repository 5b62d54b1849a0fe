import { expect, test } from 'vitest'
import { checkLevels } from './property/levels/check.ts'

test('nothing is wider in between at three levels: after each write of an apply, what runs is within before and wanted', async () => {
  const tally = await checkLevels({ numRuns: 12, seed: 20_260_000 })
  expect(tally.worlds).toBeGreaterThan(8)
  expect(tally.steps).toBeGreaterThan(30)
  expect(tally.interrupted).toBeGreaterThan(3)
}, 120_000)
