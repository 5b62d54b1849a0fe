import fc from 'fast-check'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { startInProcess } from '../support/in-process.ts'
import { type Ran, workplace } from '../support/octoform.ts'
import { configurationOf } from './check-worlds.ts'
import { wishesBy } from './desired-worlds.ts'
import { effective } from './oracle-permissions.ts'
import { type Random, randomBy } from './random.ts'
import { seedBy } from './seed.ts'
import type { WorldState } from './state.ts'

const PRODUCTS = ['ghec', 'ghec', 'dotcom', 'ghes-3.19', 'ghes-3.4', 'ghes-2.22']
const APPLY = ['apply', 'plan.json', '--auto-approve', '--parallelism', '1', '--allow', 'protected']
const BUDGETS = ['--allow', 'deletions=9999,revocations=9999,runner_moves=9999']
const VALUES = { V1: 'value-1', V2: 'value-2', V3: 'value-3' }

/** How many plans were applied, and how many of these at how many interruptions. */
interface Tally {
  plans: number
  interruptions: number
}

/**
 * For random worlds and configurations: an apply of a saved plan that loses the connection, before or after any request
 * that it sends, is finished by applying the same plan again, with the same final state of GitHub.
 * @param points how many interruptions are tried of each plan; all of them where it has fewer
 */
export async function checkInterrupted(parameters: {
  readonly numRuns: number
  readonly points: number
  readonly seed?: number
}): Promise<Tally> {
  const { points, ...rest } = parameters
  const tally: Tally = { plans: 0, interruptions: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), points, tally))
  await fc.assert(property, { ...rest, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, points: number, tally: Tally): Promise<void> {
  const product = random.oneOf(PRODUCTS)
  const seed = seedBy(random, product)
  const asked: { readonly method: string; readonly path: string }[] = []
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange: ({ method, path }) => void asked.push({ method, path }),
  })
  const control = async (path: string, body: object): Promise<void> => {
    const { origin } = new URL(sandbox.url)
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(`${origin}/_sandbox/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(status).toBe(204)
  }
  try {
    const wishes = wishesBy(random, product, (sandbox.state() as WorldState).organizations.acme)
    const yaml = stringify(configurationOf(wishes), { aliasDuplicateObjects: false })
    const begin = async (plan?: string) => {
      const files = {
        'octoform.yaml': yaml,
        'f1.key': 'value-of-file\n',
        ...(plan === undefined ? {} : { 'plan.json': plan }),
      }
      return workplace(sandbox, files, VALUES)
    }
    const place = await begin()
    if ((await place.run(['plan', '--out', 'plan.json'])).code !== 0) return
    const plan = await place.read('plan.json')
    asked.length = 0
    const undisturbed = await place.run([...APPLY, ...BUDGETS])
    if (undisturbed.code === 1 || undisturbed.code === 3) return
    const requests = [...asked]
    const first = requests.findIndex(({ method }) => method !== 'GET')
    if (first < 0) return
    const right = structuredClone(sandbox.state())
    tally.plans += 1
    for (let point = 0; point < points; point += 1) {
      const index = first + random.upTo(requests.length - 1 - first)
      const after = random.chance(50) && requests[index]?.method !== 'GET'
      await control('reset', {})
      const again = await begin(plan)
      // A write is sent three times, a read once more.
      const times = requests[index]?.method === 'GET' ? 1 : 3
      await control('faults', { nth: index + 1, times, drop: true, ...(after ? { after } : {}) })
      const interrupted = await again.run([...APPLY, ...BUDGETS])
      const second = await again.run([...APPLY, ...BUDGETS])
      const isAnew = isHiddenMeanwhile(second)
      if (isAnew) await again.run(['plan', '--out', 'plan.json'])
      const finished = isAnew ? await again.run([...APPLY, ...BUDGETS]) : second
      const story = (): string =>
        [`${after ? 'after' : 'before'} ${requests[index]?.method} ${requests[index]?.path}`, yaml, interrupted.stdout]
          .concat(interrupted.stderr, finished.stdout, finished.stderr, JSON.stringify(seed))
          .join('\n')
      expect(finished.code, story()).toBe(undisturbed.code)
      // What stays closed that the YAML does not give is said (test/regressions/groups-in-between.test.ts).
      const said = SAID.test(interrupted.stdout) ? ['allows_public_repositories'] : []
      // What a repository had from its organization is its own then, and as the YAML says.
      if (isAnew) {
        expect((await again.run(['plan'])).stdout, story()).toMatch(SETTLED)
        said.push('allowed_actions', 'selected_actions', 'sha_pinning_required')
      }
      expect(settled(sandbox.state(), said), story()).toEqual(settled(right, said))
      tally.interruptions += 1
    }
  } finally {
    await sandbox.close()
  }
}

/**
 * Whether nothing but settings of repositories keeps the rest of the plan: those that the list of their organization leaves out
 * until it is written. What the YAML wants of them was there when the plan was made, so that the plan shows none of it (or less than
 * is to be written now), and a run that is held to it must not write that: another plan is to be reviewed.
 */
function isHiddenMeanwhile({ code, stdout, stderr }: Ran): boolean {
  const [, text = ''] = `${stdout}${stderr}`.split('does not hold any more. Nothing was written.\n')
  const found = [...text.matchAll(/^ {2}(\S+) {2}(.+)$/gm)].map(([, address = '', why = '']) => ({ address, why }))
  return code === 4 && found.length > 0 && found.every(({ address, why }) => HIDDEN.test(`${address} ${why}`))
}

const HIDDEN =
  /^repos\/acme\/[\w-]+\/permissions (would update it, and the plan has no such change|was changed since the plan was made: enabled(, \w+)*)$/
const SETTLED = /(^|\n)(No changes\.|Plan: 0 to add, 0 to change, 0 to delete\. \d+ held back\.)\n$/
const SAID = /allows_public_repositories of .+ is false now; it was true/

/**
 * A world without what depends on when and in which order it came to be. A repository's policy is the one in force, as GitHub
 * shows it: a request that writes another field carries that, and one that is not needed any more does not.
 */
function settled(state: object, besides: readonly string[]): unknown {
  const world = structuredClone(state) as WorldState
  const { acme } = world.organizations
  for (const [name, repository] of Object.entries(acme.repositories)) {
    Object.assign(repository.permissions, effective(acme, name))
  }
  return JSON.parse(
    JSON.stringify(world, (key, value) => {
      if (key === 'updated_at' || key === 'created_at' || besides.includes(key)) return undefined
      return Array.isArray(value) ? [...value].sort() : value
    }),
  )
}
