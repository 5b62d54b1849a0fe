import { expect } from 'vitest'
import { stringify } from 'yaml'
import type { Plan } from '../../src/core/plan.ts'
import { LADDER } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { type Case, ENTERPRISE, OWNERS, seedOf } from './case.ts'
import { type Body, VALUES } from './world.ts'

export const TOKEN = 'planted-token-of-an-owner-2b9e'

/** Past the guards, which are not the subject of a contract. */
export const ALLOWED = ['--auto-approve', '--allow', 'deletions=99,revocations=99,runner_moves=99'] as const

interface Started {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  /** All that commands have printed here. */
  readonly printed: string[]
}

/** The world of a case, and a folder to work on it from. */
export async function start(given: Case, change: (seed: Body) => Body = (seed) => seed): Promise<Started> {
  const sandbox = await watchedSandbox({ seed: change(seedOf(given)), product: given.product })
  const printed: string[] = []
  return { sandbox, printed, place: await recordedPlace(given, sandbox, VALUES.files, printed) }
}

/** The commands that compare an enterprise only where they name it. */
const COMPARING = ['plan', 'apply', 'drift']

async function recordedPlace(
  { scope }: Pick<Case, 'scope'>,
  sandbox: WatchedSandbox,
  files: Readonly<Record<string, string>>,
  printed: string[],
): Promise<Workplace> {
  const place = await workplace(sandbox, files, {
    ...VALUES.env,
    OCTOFORM_TOKEN: TOKEN,
    OCTOFORM_ENTERPRISE_TOKEN: TOKEN,
  })
  const owner = scope === 'enterprise' ? ['--owner', `enterprises/${ENTERPRISE}`] : []
  return {
    ...place,
    plan: (flags = [], more) => place.plan([...flags, ...owner], more),
    async run([command = '', ...args], options) {
      const ran = await place.run([command, ...args, ...(COMPARING.includes(command) ? owner : [])], options)
      printed.push(ran.stdout, ran.stderr)
      return ran
    },
  }
}

export async function expectNoChanges(place: Workplace, flags: readonly string[] = []): Promise<void> {
  const ran = await place.run(['plan', '--detailed-exitcode', ...flags])
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
}

/** The imported scopes of a case: its own first. */
export function importsOf({ owner, scope }: Case): readonly string[] {
  const name = OWNERS[owner]
  // What is in an environment is found once environments are.
  if (scope === 'environment' && !families.some((family) => family.name === LADDER.environment.key)) return []
  if (owner === 'personal') return [`repos/${name}/web`]
  if (scope === 'enterprise') return [`enterprises/${ENTERPRISE}`]
  return scope === 'organization' ? [`orgs/${name}`, `repos/${name}/*`] : [`repos/${name}/*`, `repos/${name}/web`]
}

/** Checks that the output of `import` is valid, and plans to no changes. */
export async function expectImportHolds(
  given: Case,
  address: string,
  sandbox: WatchedSandbox,
  printed: string[],
): Promise<void> {
  const place = await recordedPlace(given, sandbox, {}, printed)
  const product = given.product === 'ghae-2021' ? ['--product', given.product] : []
  const imported = await place.run(['import', address, ...product, '--debug'])
  expect(imported, address).toMatchObject({ code: 0 })
  await place.write('octoform.yaml', imported.stdout)
  expect(await place.run(['validate', '--product', given.product]), imported.stdout).toMatchObject({ code: 0 })
  await expectNoChanges(place)
}

/** The plan of a configuration of these files alone, apart from all others in the folder. */
export async function planOf(place: Workplace, files: readonly Body[]): Promise<Plan> {
  const names = files.map((_, index) => `part-${index + 1}.yaml`)
  for (const [index, file] of files.entries()) await place.write(names[index] ?? '', stringify(file))
  return place.plan(names.flatMap((name) => ['--config', name]))
}

/** Where a thing stands in the YAML is the one thing that may differ between two ways to write the same. */
export function withoutSources(plan: Plan): object {
  return JSON.parse(JSON.stringify(plan, (key, value) => (key === 'source' ? undefined : value)))
}

/** `validate`, `plan` and `apply` all refuse it, with the same place. */
export async function expectRefused(place: Workplace, product: string, message: RegExp): Promise<void> {
  const refused: [string, Ran][] = [
    ['validate', await place.run(['validate', '--product', product])],
    ['plan', await place.run(['plan'])],
    ['apply', await place.run(['apply', '--auto-approve'])],
  ]
  for (const [command, { code, stdout, stderr }] of refused) {
    expect({ command, code, told: stdout + stderr }).toEqual({ command, code: 1, told: expect.stringMatching(message) })
  }
}
