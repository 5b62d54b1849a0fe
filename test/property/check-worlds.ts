import fc from 'fast-check'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import type { Plan } from '../../src/core/plan.ts'
import { startInProcess } from '../support/in-process.ts'
import type { Runs } from '../support/night-runs.ts'
import { workplace } from '../support/octoform.ts'
import { exchangeCheck } from '../support/openapi.ts'
import type { Body } from '../worlds/world.ts'
import { type Wishes, wishesBy } from './desired-worlds.ts'
import { problemsOf } from './oracle.ts'
import type { Ledger } from './oracle-secrets.ts'
import { type Random, randomBy } from './random.ts'
import { seedBy } from './seed.ts'
import type { WorldState } from './state.ts'

const PRODUCTS = ['ghec', 'ghec', 'dotcom', 'ghes-3.19', 'ghes-3.4', 'ghes-2.22']
const ALLOW = ['--auto-approve', '--allow', 'deletions=9999,revocations=9999,runner_moves=9999', '--allow', 'protected']

/** How a run of the property went, so that a run in which nothing was ever applied is noticed. */
interface Tally {
  /** With exit code 0: all of it came about. */
  applied: number
  /** With exit code 2: something is held back. */
  held: number
  refused: number
  writes: number
}

/**
 * For random worlds and random configurations, two for each world, one after the other: after an apply, GitHub's world
 * is as desired, but for settings that are held back with their lines, and otherwise as before; the plan is empty then,
 * and a second apply sends nothing. Where there is an error, nothing was written.
 */
export async function checkWorlds(parameters: Runs): Promise<Tally> {
  const tally: Tally = { applied: 0, held: 0, refused: 0, writes: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { ...parameters, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const product = random.oneOf(PRODUCTS)
  const seed = seedBy(random, product)
  const check = exchangeCheck()
  const writes: string[] = []
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange(exchange) {
      check.onExchange(exchange)
      if (exchange.method !== 'GET') writes.push(`${exchange.method} ${exchange.path} (${exchange.status})`)
    },
  })
  try {
    const place = await workplace(sandbox, {})
    const ledger: Ledger = new Map()
    for (const round of [1, 2]) {
      const before = sandbox.state() as WorldState
      const wishes = wishesBy(random, product, before.organizations.acme)
      const values = await setValues(place, random, round)
      const env = Object.fromEntries(Object.entries(values).map(([source, value]) => [source.slice(4), value]))
      const yaml = stringify(configurationOf(wishes), { aliasDuplicateObjects: false })
      await place.write('octoform.yaml', yaml)
      const { held_back: held } = await planned(place, env)
      writes.length = 0
      const applied = await place.run(['apply', ...ALLOW], { env })
      const after = sandbox.state() as WorldState
      const story = [yaml, applied.stdout + applied.stderr, ...writes, JSON.stringify(before)].join('\n')
      if (applied.code !== (held.length > 0 ? 2 : 0)) {
        if (writes.length > 0) throw new Error(`exit ${applied.code}, and yet it wrote\n${story}`)
        expect(after).toEqual(before)
        tally.refused += 1
        continue
      }
      tally[held.length > 0 ? 'held' : 'applied'] += 1
      tally.writes += writes.length
      const then: Ledger = new Map(ledger)
      const problems = problemsOf({ before, after, wishes, held, values, ledger })
      if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${JSON.stringify(held)}\n${story}`)
      const again = await place.run(['plan', '--detailed-exitcode'], { env })
      const { held_back: still } = held.length > 0 ? await planned(place, env) : { held_back: [] }
      const freed = held.filter(
        ({ address, field }) => !still.some((one) => one.address === address && one.field === field),
      )
      // A policy that GitHub kept and nobody saw may turn out, once it is in force, to be what was held back.
      const strange = freed.filter(({ address }) => !address.endsWith('/permissions'))
      const left = freed.length > 0 ? problemsOf({ before, after, wishes, held: still, values, ledger: then }) : []
      if (strange.length > 0 || left.length > 0 || !(still.length > 0 ? ONLY_HELD : NO_CHANGES).test(again.stdout))
        throw new Error(`changes are left:\n${left.join('\n')}\n${again.stdout}${again.stderr}\n${story}`)
      expect(again.code, story).toBe(still.length > 0 ? 2 : 0)
      writes.length = 0
      expect((await place.run(['apply', ...ALLOW], { env })).code).toBe(again.code)
      expect(writes, story).toEqual([])
    }
    check.verify()
  } finally {
    await sandbox.close()
  }
}

const NO_CHANGES = /(^|\n)No changes\.\n$/
const ONLY_HELD = /\nPlan: 0 to add, 0 to change, 0 to delete\. \d+ held back\.\n$/

/** The settings that are held back before an apply; none where the configuration is wrong. */
async function planned(place: Place, env: Readonly<Record<string, string>>): Promise<Pick<Plan, 'held_back'>> {
  const { stdout } = await place.run(['plan', '--format', 'json'], { env })
  return stdout === '' ? { held_back: [] } : (JSON.parse(stdout) as Plan)
}

type Place = Awaited<ReturnType<typeof workplace>>

/** The values of this round, by source: some as before, some changed at their source. */
async function setValues(place: Place, random: Random, round: number): Promise<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const source of ['env:V1', 'env:V2', 'env:V3', 'file:f1.key']) {
    values[source] = `${source} ${random.chance(50) ? 1 : round}`
  }
  await place.write('f1.key', `${values['file:f1.key']}\n`)
  return values
}

export function configurationOf({ organization, sets, repositories }: Wishes): Body {
  return {
    version: 1,
    guards: { protect: ['**'] },
    organizations: { acme: { ...organization, repository_sets: sets, repositories } },
  }
}
