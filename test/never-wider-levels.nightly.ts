import { expect, test } from 'vitest'
import { checkLevels } from './property/levels/check.ts'
import { nightRuns } from './support/night-runs.ts'

test('nothing is wider in between at three levels: after each write of an apply, what runs is within before and wanted', async () => {
  const runs = nightRuns(2000)
  const tally = await checkLevels(runs)
  process.stdout.write(`\nNever wider at three levels: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(runs.numRuns / 2)
  expect(tally.interrupted).toBeGreaterThan(runs.numRuns / 4)
}, 14_400_000)
