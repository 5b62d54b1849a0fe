import fc from 'fast-check'
import { stringify } from 'yaml'
import { startInProcess } from '../../support/in-process.ts'
import { instantClock } from '../../support/instant-clock.ts'
import type { Runs } from '../../support/night-runs.ts'
import { workplace } from '../../support/octoform.ts'
import type { Body } from '../../worlds/world.ts'
import { type Random, randomBy } from '../random.ts'
import { type RefusedWrite, refusedWrite } from '../refused-write.ts'
import { actionsOf } from '../state.ts'
import { withoutForced } from './forced.ts'
import { type EnterprisePermissions, type LevelsState, runsBelow } from './oracle.ts'
import { configurationOf, type LevelsWish, levelsWishBy, wantedState } from './wishes.ts'
import { levelsBy } from './world.ts'

const PRODUCTS = ['ghec', 'ghec', 'ghes-3.19', 'ghes-3.12']
const OWNERS = ['--owner', 'enterprises/inc', '--owner', 'acme', '--owner', 'beta']
const ALLOW = ['--auto-approve', '--allow', 'revocations=9999']

/** How a run of the property went, so that a run in which nothing was ever written is noticed. */
interface Tally {
  worlds: number
  steps: number
  interrupted: number
  settled: number
}

/** One world and its wishes. */
interface LevelsCase {
  readonly seed: Body
  readonly product: string
  readonly wish: LevelsWish
}

/** A write, and the world after it. */
interface Step {
  readonly request: string
  readonly state: LevelsState
}

interface Applied {
  readonly code: number
  readonly steps: readonly Step[]
  readonly printed: string
}

/** An apply, the same once more, and the world between. */
interface Twice {
  readonly before: LevelsState
  readonly first: Applied
  readonly again: Applied
  readonly after: LevelsState
}

/**
 * For random policies of an enterprise, its organizations and their repositories: after each write of an apply no workflow
 * runs what neither the world before admits nor the one that the YAML wants; also where a write fails, and where that apply is
 * run again.
 */
export async function checkLevels(parameters: Runs): Promise<Tally> {
  const tally: Tally = { worlds: 0, steps: 0, interrupted: 0, settled: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { ...parameters, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const product = random.oneOf(PRODUCTS)
  const isPinning = product !== 'ghes-3.12'
  const seed = levelsBy(random, isPinning)
  const wish = levelsWishBy(random, await stateOf(seed, product), isPinning)
  await checkCase({ seed, product, wish }, random, tally)
}

async function stateOf(seed: Body, product: string): Promise<LevelsState> {
  const sandbox = await startInProcess({ seed, product })
  const state = structuredClone(sandbox.state()) as LevelsState
  await sandbox.close()
  return state
}

async function checkCase(of: LevelsCase, random: Random, tally: Tally): Promise<void> {
  const whole = await twice(of, undefined)
  const { code, steps } = whole.first
  if (code !== 0 && code !== 2) return
  tally.worlds += 1
  tally.steps += steps.length
  verify(of, whole)
  if (steps.length < 2) return
  const failing = await twice(
    of,
    refusedWrite(
      steps.map(({ request }) => request),
      random.upTo(steps.length - 1),
    ),
  )
  tally.interrupted += 1
  tally.steps += failing.first.steps.length + failing.again.steps.length
  verify(of, failing)
  if (failing.again.code === 0) tally.settled += 1
}

async function twice({ seed, product, wish }: LevelsCase, failing: RefusedWrite | undefined): Promise<Twice> {
  const steps: Step[] = []
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange({ method, path, status, requestBody }) {
      if (method === 'GET' || path.startsWith('/_sandbox')) return
      const request = `${method} ${path} (${status}) ${JSON.stringify(requestBody ?? '')}`
      steps.push({ request, state: structuredClone(sandbox.state()) as LevelsState })
    },
  })
  try {
    const state = (): LevelsState => structuredClone(sandbox.state()) as LevelsState
    const before = state()
    const yaml = stringify(configurationOf(wish), { aliasDuplicateObjects: false })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
    if (failing !== undefined) {
      const body = JSON.stringify({ ...failing, times: 3, status: 500 })
      await fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'POST', body })
    }
    const owners = OWNERS.slice(0, 2 + 2 * Object.keys(wish.organizations).length)
    const { clock } = instantClock(Date.now())
    const apply = async (): Promise<Applied> => {
      const { code, stdout, stderr } = await place.run(['apply', ...owners, ...ALLOW], { clock })
      return { code, steps: steps.splice(0), printed: stdout + stderr }
    }
    const first = await apply()
    const after = state()
    // A fault that no request met would meet the next apply.
    await fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'DELETE' })
    return { before, first, again: await apply(), after }
  } finally {
    await sandbox.close()
  }
}

function verify({ product, wish }: LevelsCase, { before, first, again, after }: Twice): void {
  const wanted = wantedState(before, wish)
  const will = runsBelow(wanted)
  const may = new Set([...runsBelow(before), ...will])
  const fail = (what: string, more: readonly string[]): never => {
    const runs = [first, again].flatMap(({ code, printed, steps }) => {
      return [
        `exit ${code}`,
        toldOf(printed),
        ...steps.map(({ request, state }) => `${request}\n    ${policiesOf(state)}`),
      ]
    })
    throw new Error([what, ...more, product, stringify(configurationOf(wish)), policiesOf(before), ...runs].join('\n'))
  }
  for (const [index, { request, state }] of [...first.steps, ...again.steps].entries()) {
    const more = [...runsBelow(withoutForced(before, state, wanted))].filter((each) => !may.has(each))
    if (more.length > 0) fail(`after write ${index + 1}, ${request}:`, more)
  }
  if (first.code !== 0) return
  const open = [...runsBelow(after)].filter((each) => !will.has(each))
  if (open.length > 0) fail('after the whole apply, and not in the YAML:', open)
  if (again.code !== 0 || again.steps.length > 0)
    fail(
      `the second apply ended with ${again.code} after`,
      again.steps.map(({ request }) => request),
    )
}

/** The output, without what it left alone. */
function toldOf(printed: string): string {
  return printed
    .split('\n')
    .filter(
      (line) =>
        line !== '' &&
        !/^ {2}\S.*: (?:\d+ (?:members?|fields?|famil(?:y|ies) as a whole)(?:, |$))+|^Left alone/.test(line),
    )
    .join('\n')
}

/** Each level's own policy, a word or two each. */
function policiesOf({ enterprises: { inc }, organizations }: LevelsState): string {
  const top = ownText(inc.permissions.enabled_organizations, inc.permissions.organizations, inc.permissions)
  const below = Object.entries(organizations).flatMap(([org, { permissions, repositories }]) => [
    `${org} ${ownText(permissions.enabled_repositories, permissions.repositories, permissions)}`,
    ...Object.entries(repositories).map(
      ([repo, { permissions: own }]) => `${org}/${repo} ${ownText(own.enabled ? 'on' : 'off', undefined, own)}`,
    ),
  ])
  return [`inc ${top}`, ...below].join(' | ')
}

function ownText(
  mode: string,
  list: readonly string[] | undefined,
  own: Pick<EnterprisePermissions, 'allowed_actions' | 'selected_actions' | 'sha_pinning_required'>,
): string {
  const { github_owned_allowed, verified_allowed, patterns_allowed } = actionsOf(own)
  const actions = [github_owned_allowed ? 'github' : [], verified_allowed ? 'verified' : [], patterns_allowed].flat()
  const shown = own.allowed_actions === 'selected' || actions.length > 0 ? `(${actions.join(' ')})` : ''
  return `${mode}${list ? `[${list.join(' ')}]` : ''} ${own.allowed_actions}${shown}${own.sha_pinning_required ? ' pinned' : ''}`
}
