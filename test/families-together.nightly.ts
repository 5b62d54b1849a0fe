import { expect, test } from 'vitest'
import { checkFamilies } from './property/families/check.ts'
import { checkBetween } from './property/families/check-between.ts'
import { checkRunners } from './property/families/check-runners.ts'

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

test('nobody uses a runner in between who may use it neither before nor after: groups of two levels, and what GitHub refuses', async () => {
  const tally = await checkRunners({ numRuns: WORLDS })
  process.stdout.write(`\nRunners in between: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(WORLDS / 2)
}, 7_200_000)
