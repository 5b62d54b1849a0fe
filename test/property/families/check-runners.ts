import fc from 'fast-check'
import { stringify } from 'yaml'
import { startInProcess } from '../../support/in-process.ts'
import type { Runs } from '../../support/night-runs.ts'
import { workplace } from '../../support/octoform.ts'
import type { Body } from '../../worlds/world.ts'
import { fields, type Random, randomBy } from '../random.ts'
import { type RefusedWrite, refusedWrite } from '../refused-write.ts'
import { strangersInBetween } from './runner-users.ts'

const REPOSITORIES = ['api', 'site', 'web']
const GROUPS = ['a', 'b', 'c']
const HOSTED = { image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core' }
const ALLOW = ['--auto-approve', '--allow', 'deletions=9999,revocations=9999,runner_moves=9999']
const OWNERS = ['--owner', 'enterprises/inc', '--owner', 'acme', '--owner', 'beta']

/** How a run of the property went, so that a run in which nothing was ever written is noticed. */
interface Tally {
  worlds: number
  steps: number
  refused: number
}

/**
 * For random runner groups, runners and hosted runners of an enterprise and its organizations: after each write of an apply no
 * repository may use a runner that may neither before nor after it; also where GitHub refuses one of the writes.
 */
export async function checkRunners(parameters: Runs): Promise<Tally> {
  const tally: Tally = { worlds: 0, steps: 0, refused: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { ...parameters, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const product = random.oneOf(['ghec', 'ghec', 'ghes-3.19'])
  const seed = worldBy(random, product)
  const yaml = stringify(
    { version: 1, enterprises: { inc: wishBy(random, product) } },
    { aliasDuplicateObjects: false },
  )
  await checkCase({ seed, product, yaml }, (most) => random.upTo(most), tally)
}

/** One world and one configuration. */
interface RunnersCase {
  readonly seed: Body
  readonly product: string
  readonly yaml: string
}

/** The same for one world that is known to have been wider in between; `choose` picks the write that GitHub refuses. */
export async function checkCase(
  { seed, product, yaml }: RunnersCase,
  choose: (most: number) => number,
  tally: Tally = { worlds: 0, steps: 0, refused: 0 },
): Promise<Tally> {
  const whole = await applied(seed, product, yaml, undefined)
  if (whole.code !== 0 && whole.code !== 2) return tally
  tally.worlds += 1
  tally.steps += whole.steps.length
  verify(whole, whole.after, yaml)
  if (whole.steps.length < 2) return tally
  const refused = await applied(
    seed,
    product,
    yaml,
    refusedWrite(
      whole.steps.map(({ line }) => line),
      choose(whole.steps.length - 1),
    ),
  )
  tally.refused += 1
  verify(refused, whole.after, yaml)
  return tally
}

interface Applied {
  readonly code: number
  readonly before: Body
  readonly after: Body
  readonly steps: readonly { readonly line: string; readonly state: Body }[]
  readonly printed: string
}

async function applied(seed: Body, product: string, yaml: string, refused: RefusedWrite | undefined): Promise<Applied> {
  const steps: { line: string; state: Body }[] = []
  const state = (): Body => structuredClone(sandbox.state()) as Body
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange({ method, path, status, requestBody = '' }) {
      if (method === 'GET') return
      steps.push({ line: `${method} ${path} (${status}) ${JSON.stringify(requestBody)}`, state: state() })
    },
  })
  try {
    const before = state()
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
    if (refused !== undefined) {
      const body = JSON.stringify({ ...refused, times: 1, status: 422, body: { message: 'no' } })
      await fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'POST', body })
    }
    const { code, stdout, stderr } = await place.run(['apply', ...ALLOW, ...OWNERS])
    return { code, before, after: state(), steps, printed: stdout + stderr }
  } finally {
    await sandbox.close()
  }
}

function verify({ before, steps, printed }: Applied, after: Body, yaml: string): void {
  for (const { line, state } of steps) {
    const strangers = strangersInBetween(before, state, after)
    if (strangers.length === 0) continue
    const story = [yaml, printed, ...steps.map((step) => step.line), JSON.stringify(before)].join('\n')
    throw new Error(`after ${line}:\n${strangers.join('\n')}\n${story}`)
  }
}

function worldBy(random: Random, product: string): Body {
  const repositories = { api: {}, web: { visibility: 'public' }, site: { visibility: 'internal' } }
  const own = levelBy(random, product, ['d', 'e'], 'o', 'repositories', REPOSITORIES)
  const above = levelBy(random, product, GROUPS, 'r', 'organizations', ['acme', 'beta'])
  const chosenOf = (name: string): Body => choicesBy(random, above.runner_groups as Body, name)
  const acme = { repositories, ...own, runner_groups: { ...(own.runner_groups as Body), ...chosenOf('acme') } }
  const organizations = { acme, beta: { repositories, runner_groups: chosenOf('beta') } }
  return { organizations, enterprises: { inc: { organizations: { acme: {}, beta: {} }, ...above } } }
}

/** Of the groups that the enterprise shares with an organization, the repositories that this one lets in: all, or those of a list. */
function choicesBy(random: Random, groups: Body, name: string): Body {
  const choices = Object.entries(groups as Record<string, Body>).flatMap(
    ([group, { visibility, organizations = [] }]) => {
      const isShared = visibility === 'all' || (organizations as readonly string[]).includes(name)
      const listed = { inherited: true, visibility: 'selected', repositories: random.some(REPOSITORIES) }
      return isShared && random.chance(60) ? [[group, listed] as const] : []
    },
  )
  return Object.fromEntries(choices)
}

/** The groups of a level, each runner in one of them. */
function levelBy(
  random: Random,
  product: string,
  names: readonly string[],
  prefix: string,
  list: string,
  all: readonly string[],
): Body {
  const groups = random.some(names)
  const runners = [1, 2, 3].map((number) => `${prefix}${number}`)
  const homes = new Map(runners.map((runner) => [runner, random.oneOf([...groups, 'Default'])]))
  const held = groups.map((name) => {
    const inIt = runners.filter((runner) => homes.get(runner) === name)
    return [name, { ...accessBy(random, list, all), runners: inIt }]
  })
  const hosted = product === 'ghec' ? [`${prefix}-h1`, `${prefix}-h2`] : []
  return {
    runners: Object.fromEntries(runners.map((runner) => [runner, {}])),
    runner_groups: Object.fromEntries(held),
    ...(hosted.length > 0 && groups.length > 0
      ? {
          hosted_runners: Object.fromEntries(
            hosted.map((name) => [name, { ...HOSTED, runner_group: random.oneOf(groups) }]),
          ),
        }
      : {}),
  }
}

function accessBy(random: Random, list: string, all: readonly string[]): Body {
  const listed = random.chance(70)
  const visibility = listed ? { visibility: 'selected', [list]: random.some(all) } : { visibility: 'all' }
  return { ...visibility, allows_public_repositories: random.chance(50) }
}

function wishBy(random: Random, product: string): Body {
  const above = wishesBy(random, product, GROUPS, 'r', 'organizations', ['acme', 'beta'])
  const own = wishesBy(random, product, ['d', 'e'], 'o', 'repositories', REPOSITORIES)
  const wanted = Object.entries(above.runner_groups as Body).flatMap(([name, group]) =>
    group === 'absent' ? [] : [name],
  )
  const choices = random.some(wanted).map((name) => [name, { inherited: true, repositories: chosen(random) }])
  const acme = { ...own, runner_groups: { ...(own.runner_groups as Body), ...Object.fromEntries(choices) } }
  const others = random.some(wanted).map((name) => [name, { inherited: true, repositories: chosen(random) }])
  const beta = others.length > 0 ? { runner_groups: Object.fromEntries(others) } : {}
  return { ...above, organizations: { acme, beta } }
}

function chosen(random: Random): readonly string[] {
  const some = random.some(REPOSITORIES)
  return some.length > 0 ? some : ['api']
}

function wishesBy(
  random: Random,
  product: string,
  names: readonly string[],
  prefix: string,
  list: string,
  all: readonly string[],
): Body {
  const left = new Set([1, 2, 3].map((number) => `${prefix}${number}`))
  const groups = names.flatMap((name): [string, unknown][] => {
    if (random.chance(20)) return []
    if (random.chance(15)) return [[name, 'absent']]
    const runners = random.some([...left])
    for (const runner of runners) left.delete(runner)
    return [[name, fields({ ...accessBy(random, list, all), runners: random.chance(70) ? runners : undefined })]]
  })
  const there = groups.filter(([, group]) => group !== 'absent').map(([name]) => name)
  const moves = product === 'ghec' && there.length > 0 ? ['h1', 'h2', 'h3'].filter(() => random.chance(60)) : []
  const hosted = moves.map((name) => [`${prefix}-${name}`, { ...HOSTED, runner_group: random.oneOf(there) }])
  return {
    runner_groups: Object.fromEntries(groups),
    ...(hosted.length > 0 ? { hosted_runners: Object.fromEntries(hosted) } : {}),
  }
}
