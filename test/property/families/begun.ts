import { stringify } from 'yaml'
import type { Sandbox } from '../../../src/sandbox/server.ts'
import { startInProcess } from '../../support/in-process.ts'
import { type Ran, type Workplace, workplace } from '../../support/octoform.ts'
import { exchangeCheck } from '../../support/openapi.ts'
import { type Body, VALUES } from '../../worlds/world.ts'
import type { Random } from '../random.ts'
import { withoutRefused } from './refused.ts'
import { ENTERPRISE, worldBy } from './seed.ts'
import { configurationBy } from './wishes.ts'

const SERVERS = ['ghes-3.19', 'ghes-3.16', 'ghes-3.8', 'ghes-3.4', 'ghes-2.22', 'ghae', 'ghae-2021']
const PRODUCTS = ['ghec', 'ghec', 'ghec', 'dotcom', ...SERVERS]
const ALLOW = ['--auto-approve', '--allow', 'deletions=9999,revocations=9999,runner_moves=9999', '--allow', 'protected']

export interface Request {
  readonly method: string
  /** For people. */
  readonly line: string
  readonly status: number
  /** The world after it, where it wrote. */
  readonly state: Body | undefined
}

/** A random world, a random configuration that fits it, and a folder to work from. */
export interface Begun {
  readonly seed: Body
  readonly before: Body
  readonly yaml: string
  readonly sandbox: Sandbox
  /** Of octoform, in order; a test empties it. */
  readonly requests: Request[]
  readonly place: Workplace
  /** The flags that name the owners. */
  readonly owners: readonly string[]
  /** Another folder with the same configuration, and no ledger yet. */
  again(): Promise<Workplace>
  apply(place: Workplace): Promise<Ran>
  state(): Body
  /** Holds all exchanges against GitHub's descriptions, and stops the sandbox. */
  end(): Promise<void>
}

/** @param keeps whether the state after each write is kept */
export async function beginBy(random: Random, keeps: 'states' | 'no states'): Promise<Begun> {
  const product = random.oneOf(PRODUCTS)
  const seed = worldBy(random, product)
  const check = exchangeCheck()
  const requests: Request[] = []
  const state = (): Body => structuredClone(sandbox.state()) as Body
  const sandbox = await startInProcess({
    seed,
    product,
    onExchange(exchange) {
      check.onExchange(exchange)
      const { method, path, status, requestBody = '' } = exchange
      const line = `${method} ${path} (${status}) ${JSON.stringify(requestBody)}`
      requests.push({ method, line, status, state: method === 'GET' || keeps === 'no states' ? undefined : state() })
    },
  })
  // An enterprise is part of a run that names it.
  const named = [`enterprises/${ENTERPRISE}`, ...Object.keys(seed.organizations as Body)]
  const owners = seed.enterprises === undefined ? [] : named.flatMap((name) => ['--owner', name])
  const folder = (): Promise<Workplace> =>
    workplace(sandbox, VALUES.files, { ...VALUES.env, OCTOFORM_ENTERPRISE_TOKEN: 'token' })
  const before = state()
  const place = await folder()
  const yaml = await accepted(place, owners, configurationBy(random, product, before))
  return {
    ...{ seed, before, yaml, sandbox, requests, place, owners, state },
    async again() {
      const other = await folder()
      await other.write('octoform.yaml', yaml)
      return other
    },
    apply: (from) => from.run(['apply', ...owners, ...ALLOW]),
    async end() {
      await sandbox.close()
      check.verify()
    },
  }
}

/** Writes the configuration, without what is contradictory in it. */
async function accepted(place: Workplace, owners: readonly string[], configuration: Body): Promise<string> {
  let yaml = stringify(configuration, { aliasDuplicateObjects: false })
  for (let round = 0; round < 12; round += 1) {
    await place.write('octoform.yaml', yaml)
    const { code, stdout, stderr } = await place.run(['plan', ...owners])
    if (code !== 1) return yaml
    const next = stringify(withoutRefused(yaml, stdout + stderr), { aliasDuplicateObjects: false })
    if (next === yaml) throw new Error(`refused, and no line of it says why:\n${yaml}\n${stdout}${stderr}`)
    yaml = next
  }
  throw new Error(`refused again and again:\n${yaml}`)
}

interface Unforeseen {
  readonly told: RegExp
  /** Why no read before the write tells it. */
  readonly why: string
  /** The worlds in which it may come, and what else the run says then; any without it. */
  readonly where?: (seed: Body, printed: string) => boolean
}

/** What only GitHub's answer to a write can tell: the apply ends with exit 1, and says so. */
const UNFORESEEN: readonly Unforeseen[] = [
  { told: /^held back: /, why: 'it hangs on a write that GitHub refused' },
  {
    told: /billing plan supports/,
    why: 'which rules of an environment a plan has for which repositories is in no answer: 422 to the PUT alone',
    where: ({ product }) => product === 'dotcom' || product === 'ghec',
  },
  {
    told: /managed by the enterprise owner/,
    why: 'GitHub shows false where an enterprise disables something, and where it never said anything, which forbids nothing',
    where: ({ enterprises }) => enterprises !== undefined,
  },
  {
    told: /disabled by the organization/,
    why: 'the organization was to allow it in the same run, and was refused that by its enterprise as above',
    where: (_, printed) => /managed by the enterprise owner/.test(printed),
  },
  {
    told: /more than the maximum of the enterprise/,
    why: 'only the route of the enterprise shows its maximum, and the configuration has no enterprise whose name that needs',
    where: ({ product, enterprises }) => String(product).startsWith('ghes-') && enterprises === undefined,
  },
  {
    told: /GitHub does not show whether it is there/,
    why: 'there is no route that shows a runner group: 409 to the POST alone',
    where: ({ product }) => product === 'ghae-2021',
  },
]

/** Whether an apply stopped only where nothing could have told it before. */
export function isUnforeseen({ code, stdout }: Ran, seed: Body): boolean {
  const whys = [...stdout.matchAll(/\n {6}why: (.*)/g)].map(([, why = '']) => why)
  const possible = UNFORESEEN.filter(({ where }) => where === undefined || where(seed, stdout))
  return code === 1 && whys.length > 0 && whys.every((why) => possible.some(({ told }) => told.test(why)))
}

/** What the organization's YAML wants gone, and the enterprise's brings about: told once it is there. */
export function isNowInherited({ stdout }: Pick<Ran, 'stdout'>): boolean {
  return / error: .* is inherited and cannot be (absent|unmanaged)/.test(stdout)
}
