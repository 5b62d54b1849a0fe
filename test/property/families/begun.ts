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

const PRODUCTS = ['ghec', 'ghec', 'dotcom', 'ghes-3.19', 'ghes-3.16', 'ghes-3.8', 'ghes-3.4', 'ghes-2.22']
/** An enterprise is part of a run that names it. */
const BOTH = ['--owner', `enterprises/${ENTERPRISE}`, '--owner', 'acme']
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
  const owners = seed.enterprises === undefined ? [] : BOTH
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

/** What only GitHub's answer to a write can tell: the apply ends with exit 1, and says so. */
const UNFORESEEN = [
  /^held back: /,
  /billing plan supports/,
  /managed by the enterprise owner/,
  // The level above is changed by the same run, and what it has of its own beneath is not known.
  /disabled by the organization/,
  /(storage|retention)-limit: 400/,
  // The enterprise's maximum of GHES, two levels up.
  /more than the maximum of the enterprise/,
]

/** Whether an apply stopped only where nobody could have known. */
export function isUnforeseen({ code, stdout }: Ran): boolean {
  const whys = [...stdout.matchAll(/\n {6}why: (.*)/g)].map(([, why = '']) => why)
  return code === 1 && whys.length > 0 && whys.every((why) => UNFORESEEN.some((one) => one.test(why)))
}

/** What the organization's YAML wants gone, and the enterprise's brings about: told once it is there. */
export function isNowInherited({ stdout }: Pick<Ran, 'stdout'>): boolean {
  return / error: .* is inherited and cannot be (absent|unmanaged)/.test(stdout)
}
