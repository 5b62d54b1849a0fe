import { expect, test } from 'vitest'
import { checkFamilies } from './property/families/check.ts'
import { checkBetween } from './property/families/check-between.ts'
import { checkRunners } from './property/families/check-runners.ts'
import { neverMade } from './property/families/coverage.ts'

test('each family is in the random worlds and configurations, at each of its levels, in sets and in a second organization', () => {
  expect(neverMade({ numRuns: 120, seed: 7 })).toEqual({ seeds: [], wishes: [], sets: [], others: [] })
})

test('random worlds of all families and levels become what random configurations want, and nothing else changes', async () => {
  const tally = await checkFamilies({ numRuns: 3, seed: 2 })
  process.stdout.write(`\nFamilies together: ${JSON.stringify(tally)}\n`)
  expect(tally.worlds).toBeGreaterThan(1)
  expect(tally.writes).toBeGreaterThan(30)
}, 120_000)

test('nothing is wider in between, and what was interrupted is finished by another apply: all families and levels', async () => {
  const tally = await checkBetween({ numRuns: 2, points: 1, seed: 4 })
  process.stdout.write(`\nFamilies in between: ${JSON.stringify(tally)}\n`)
  expect(tally.steps).toBeGreaterThan(10)
  expect(tally.interruptions).toBeGreaterThan(0)
}, 120_000)

test('nobody uses a runner in between who may use it neither before nor after: groups of two levels, and what GitHub refuses', async () => {
  const tally = await checkRunners({ numRuns: 12, seed: 5 })
  process.stdout.write(`\nRunners in between: ${JSON.stringify(tally)}\n`)
  expect(tally.steps).toBeGreaterThan(50)
  expect(tally.refused).toBeGreaterThan(5)
}, 120_000)
