import { expect, test } from 'vitest'
import { checkFamilies } from './property/families/check.ts'
import { checkBetween } from './property/families/check-between.ts'

/** So many for a night; `WORLDS=20` shows in a few minutes that it runs. */
const WORLDS = Number(process.env.WORLDS ?? 600)

test('random worlds of all families and levels become what random configurations want, and nothing else changes', async () => {
  const tally = await checkFamilies({ numRuns: WORLDS })
  process.stdout.write(`\nFamilies together: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(WORLDS / 2)
}, 7_200_000)

test('nothing is wider in between, and what was interrupted is finished by another apply: all families and levels', async () => {
  const tally = await checkBetween({ numRuns: Math.ceil(WORLDS / 3), points: 3 })
  process.stdout.write(`\nFamilies in between: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(WORLDS / 8)
}, 7_200_000)
