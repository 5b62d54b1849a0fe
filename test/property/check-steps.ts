import fc from 'fast-check'
import { stringify } from 'yaml'
import { startInProcess } from '../support/in-process.ts'
import type { Runs } from '../support/night-runs.ts'
import { workplace } from '../support/octoform.ts'
import type { Body } from '../worlds/world.ts'
import { type Wishes, wishesBy } from './desired-worlds.ts'
import { powers } from './power.ts'
import { type Random, randomBy } from './random.ts'
import { type RefusedWrite, refusedWrite } from './refused-write.ts'
import { seedBy } from './seed.ts'
import { settled } from './settled.ts'
import type { WorldState } from './state.ts'

const PRODUCTS = ['ghec', 'ghec', 'dotcom', 'ghes-3.19', 'ghes-3.4', 'ghes-2.22']
const ALLOW = ['--auto-approve', '--allow', 'deletions=9999,revocations=9999,runner_moves=9999', '--allow', 'protected']

/** How a run of the property went, so that a run in which nothing was ever written is noticed. */
interface Tally {
  worlds: number
  steps: number
  interrupted: number
}

interface Step {
  readonly request: string
  readonly state: WorldState
}

/**
 * For random worlds and configurations: after each request of an apply, nothing is permitted that was permitted neither
 * before nor after the apply; also where one of the requests fails.
 */
export async function checkSteps(parameters: Runs): Promise<Tally> {
  const tally: Tally = { worlds: 0, steps: 0, interrupted: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { ...parameters, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const product = random.oneOf(PRODUCTS)
  const seed = seedBy(random, product)
  const yaml = await configurationBy(random, product, seed)
  await checkCase({ seed, product, yaml }, (most) => random.upTo(most), tally)
}

/** One world and one configuration. */
interface StepsCase {
  readonly seed: Body
  readonly product: string
  readonly yaml: string
}

/** The same for one world that is known to have been wider in between; `choose` picks the request that fails. */
export async function checkCase(
  { seed, product, yaml }: StepsCase,
  choose: (most: number) => number,
  tally: Tally = { worlds: 0, steps: 0, interrupted: 0 },
): Promise<Tally> {
  const whole = await applied(seed, product, yaml, undefined)
  if (whole.code !== 0 && whole.code !== 2) return tally
  tally.worlds += 1
  tally.steps += whole.steps.length
  const may = new Set([...powers(whole.before), ...powers(whole.after)])
  verify(whole, whole.after, may, yaml)
  if (whole.steps.length < 2) return tally
  const failing = await applied(
    seed,
    product,
    yaml,
    refusedWrite(
      whole.steps.map(({ request }) => request),
      choose(whole.steps.length - 1),
    ),
  )
  tally.interrupted += 1
  verify(failing, whole.after, may, yaml)
  return tally
}

interface Applied {
  readonly code: number
  readonly before: WorldState
  readonly after: WorldState
  readonly steps: readonly Step[]
  readonly printed: string
}

async function applied(seed: Body, product: string, yaml: string, failing: RefusedWrite | undefined): Promise<Applied> {
  const steps: Step[] = []
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange({ method, path, status, requestBody }) {
      if (method === 'GET') return
      const request = `${method} ${path} (${status}) ${JSON.stringify(requestBody ?? '')}`
      steps.push({ request, state: structuredClone(sandbox.state()) as WorldState })
    },
  })
  try {
    const before = structuredClone(sandbox.state()) as WorldState
    const place = await workplace(sandbox, { 'octoform.yaml': yaml, 'f1.key': 'new\n' })
    if (failing !== undefined) {
      const body = JSON.stringify({ ...failing, times: 3, status: 500 })
      await fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'POST', body })
    }
    const { code, stdout, stderr } = await place.run(['apply', ...ALLOW], {
      env: { V1: 'one', V2: 'two', V3: 'three' },
    })
    return { code, before, after: structuredClone(sandbox.state()) as WorldState, steps, printed: stdout + stderr }
  } finally {
    await sandbox.close()
  }
}

function verify({ steps, before, printed }: Applied, after: WorldState, may: ReadonlySet<string>, yaml: string): void {
  for (const [index, { request, state }] of steps.entries()) {
    const more = [...powers(settled(before, state, after))].filter((power) => !may.has(power))
    if (more.length === 0) continue
    const story = [yaml, printed, ...steps.map((step) => step.request), JSON.stringify(before)].join('\n')
    throw new Error(`after request ${index + 1}, ${request}:\n${more.join('\n')}\n${story}`)
  }
}

async function configurationBy(random: Random, product: string, seed: Body): Promise<string> {
  const sandbox = await startInProcess({ seed, product })
  const state = sandbox.state() as WorldState
  await sandbox.close()
  const { organization, sets, repositories }: Wishes = wishesBy(random, product, state.organizations.acme)
  const acme = { ...organization, repository_sets: sets, repositories }
  return stringify({ version: 1, organizations: { acme } }, { aliasDuplicateObjects: false })
}
