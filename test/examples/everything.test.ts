import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseAddress } from '../../src/core/address.ts'
import type { Diagnostic } from '../../src/core/diagnostic.ts'
import type { Plan } from '../../src/core/plan.ts'
import { families } from '../../src/families/index.ts'
import type { Workplace } from '../support/octoform.ts'
import type { WatchedSandbox } from '../support/watched-sandbox.ts'
import { lackedBy } from './lacks.ts'
import { without } from './strip.ts'
import { EVERY_OWNER, example, exampleFiles, seedWithoutEnterprise } from './world.ts'

/** The last line of a command's output. */
async function lastLine(place: Workplace, args: readonly string[]): Promise<string | undefined> {
  return (await place.run(args)).stdout.trimEnd().split('\n').at(-1)
}

type Keys = Readonly<Record<string, unknown>>

/** The level and the name of every key of the configuration that may be a family. */
function keysOf(level: string, given: unknown, inside: Readonly<Record<string, string>>): string[] {
  const { repository_sets: sets, ...own } = (given ?? {}) as Keys
  const below = Object.entries(inside).flatMap(([key, type]) =>
    Object.values((own[key] ?? {}) as Keys).flatMap((one) => keysOf(type, one, INSIDE[type] ?? {})),
  )
  const ofSets = ((sets ?? []) as Keys[]).flatMap((one) => keysOf('repository', one, INSIDE.repository ?? {}))
  return [...Object.keys(own).map((key) => `${level} ${key}`), ...below, ...ofSets]
}

const INSIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  organization: { repositories: 'repository' },
  repository: { environments: 'environment' },
}
const TOP = { enterprises: 'enterprise', organizations: 'organization' }

describe('examples/everything', () => {
  it('has every family at each of its levels, one enterprise, two organizations and ten repositories', async () => {
    const files = Object.values(await exampleFiles()).map((text): Keys => parse(text))
    const there = new Set(
      files.flatMap(({ organization_sets: sets, ...file }) => [
        ...keysOf('top', file, TOP),
        ...((sets ?? []) as Keys[]).flatMap((one) => keysOf('organization', one, INSIDE.organization ?? {})),
      ]),
    )
    const wanted = families.flatMap(({ name, scopes }) => Object.keys(scopes).map((level) => `${level} ${name}`))
    expect(wanted.filter((each) => !there.has(each))).toEqual([])
    const { sandbox } = await example('ghec', {})
    const { enterprises, organizations } = sandbox.state() as Readonly<Record<string, Keys>>
    const repositories = Object.values(organizations ?? {}).flatMap((one) =>
      Object.keys((one as { repositories: object }).repositories),
    )
    expect([Object.keys(enterprises ?? {}), Object.keys(organizations ?? {}), repositories.length]).toEqual([
      ['acme-inc'],
      ['acme', 'acme-labs'],
      10,
    ])
  })

  it('is planned, applied, and imported to configurations that plan to no changes', async () => {
    const { sandbox, place } = await example('ghec', await exampleFiles())
    const plan = await place.plan(EVERY_OWNER)
    expect(plan).toMatchObject({ complete: true, diagnostics: [], held_back: [], not_read: [] })
    countReads(sandbox)
    expect(await place.run(['apply', '--auto-approve', ...EVERY_OWNER])).toMatchObject({ code: 0 })
    const again = await place.plan(EVERY_OWNER)
    expect(again.changes).toEqual([])
    // The one setting that GitHub does not show.
    expect(again.diagnostics.map(({ severity, address }) => [severity, address])).toEqual([
      ['warning', 'enterprises/acme-inc/oidc_issuer'],
    ])
    expect(await lastLine(place, ['plan', ...EVERY_OWNER])).toBe('No changes.')
    expect(await lastLine(place, ['plan'])).toBe('No changes. 1 enterprise left out.')
    for (const address of [
      'enterprises/acme-inc',
      'orgs/acme',
      'orgs/acme-labs',
      'repos/acme/*',
      'repos/acme-labs/*',
    ]) {
      const { code, stdout } = await place.run(['import', address])
      await place.write('imported/octoform.yaml', stdout)
      const owner = address.startsWith('enterprises/') ? ['--owner', address] : []
      const planned = await lastLine(place, ['plan', '--config', 'imported', ...owner])
      expect([address, code, planned]).toEqual([address, 0, 'No changes.'])
    }
  })
})

/** No plan can do with less than one request for each thing that it reads. */
function countReads({ asked }: WatchedSandbox): void {
  const paths = asked.map(({ method, path }) => `${method} ${path}`)
  const least = LEAST.reduce((sum, [, count]) => sum + count, 0)
  process.stdout.write(`examples/everything: a plan sends ${paths.length} requests; the fewest are ${least}\n`)
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
  expect(paths.length).toBe(least)
}

/** The fewest requests by which GitHub shows what the example is about, before it is applied. */
const LEAST: readonly (readonly [string, number])[] = [
  ['server', 1],
  ['organizations with their repositories', 2 * 2],
  ['permissions', 1 + 2 + 3],
  ['workflow_permissions', 1 + 1 + 3],
  ['workflow_access', 2],
  ['artifact_and_log_retention', 1 + 2 + 1],
  ['cache_limits, of which each is a request of its own', 2 + 2 + 2],
  ['fork_pr_contributor_approval', 1 + 1 + 1],
  ['fork_pr_workflows_private_repos', 1 + 1 + 1],
  ['oidc_subject_claim', 2 + 1],
  ['oidc_custom_properties; nothing shows oidc_issuer', 1 + 1],
  ['self_hosted_runners', 1 + 2],
  ['secrets, and the list of SONAR_TOKEN', 1 + 1 + 3],
  ['dependabot_secrets, codespaces_secrets and agents_secrets', 3 * 2],
  ['variables, agents_variables', 2 + 3 + 1 + 1],
  ['runners, for their labels and for the groups', 1 + 1 + 1],
  ["runner_groups, and the organizations of the enterprise's", 1 + 1 + 1],
  ['hosted_runners with images and sizes', 3 + 3],
  ['workflows', 1],
  ['environments; the one that is there gives no list of its own', 2],
  ['a team, a person and an App that protect an environment, and the repositories of a team', 4],
]

/** The thing that a product is said to lack, as `lackedBy` names it. */
function lacked({ message, address }: Diagnostic): string {
  const [, family, level] = /^\S+ has no (\w+) at the (\w+) level/.exec(message) ?? []
  if (family !== undefined) return `${level} ${family}`
  const at = parseAddress(address ?? '')?.scope.type
  const [, field] = /^([\w.]+): \S+ does not have it/.exec(message) ?? []
  if (field !== undefined) return `${at} ${field}`
  const [, path, word] = /^([\w.]+): \S+ does not take (\w+)/.exec(message) ?? []
  if (path !== undefined) return `${at} ${path}: ${word}`
  if (message.endsWith('has patterns of branches alone, and none of tags')) {
    return `${at} environments.deployment_branch_policies: tag`
  }
  return message
}

/** The products that a server does not tell: the YAML decides, and its lines are told before the first request. */
const DECIDED = ['ghae-2021']

/** The errors of a plan, which is not made where some are found offline. */
async function errorsOf(place: Workplace, owners: readonly string[]): Promise<readonly Diagnostic[]> {
  const checked = JSON.parse((await place.run(['validate', '--format', 'json'])).stdout) as Pick<Plan, 'diagnostics'>
  const { diagnostics } = checked.diagnostics.some(isError) ? checked : await place.plan(owners)
  return diagnostics.filter(isError)
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

/**
 * The products on which an enterprise shares its groups, and an organization chooses of its repositories; elsewhere what is left
 * of such a group is nobody's.
 */
const SHARING = ['ghes-2.22', 'ghae-2021', 'ghes-3.4', 'ghes-3.8', 'ghes-3.16', 'ghes-3.19', 'ghec']

/** What is left to say once everything that a product lacks is gone. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'ghae-2021': [
    'nothing is said of enterprises/acme-inc, so that all of it is left alone: `octoform import enterprises/acme-inc` prints what is there',
    'prune does nothing in orgs/acme/runner_groups: ghae-2021 has no request that shows runner groups; write what is to go as absent',
  ],
}

const ALL = ['enterprise', 'organization', 'repository', 'environment']

describe.each([
  ['ghes-2.22', ALL],
  ['ghae-2021', ALL],
  ['ghae', ALL],
  ['ghes-3.4', ALL],
  ['ghes-3.8', ALL],
  ['ghes-3.16', ALL],
  ['ghes-3.19', ALL],
  ['ghec', ALL],
  // It has no enterprises.
  ['dotcom', ALL.slice(1)],
])('examples/everything on %s', (product, levels) => {
  it('names what the product lacks with its line, writes nothing then, and does the rest without it', async () => {
    const whole = await exampleFiles()
    const decided = DECIDED.includes(product) ? `github: { product: ${product} }\n` : ''
    const outer = levels === ALL ? `${whole['octoform.yaml']}${decided}` : 'version: 1\ninclude: ["orgs/*.yaml"]\n'
    const files: Record<string, string> = { ...whole, 'octoform.yaml': outer }
    const { sandbox, place } = await example(product, files, levels === ALL ? undefined : seedWithoutEnterprise)
    const found = new Set<string>()
    const owners = levels === ALL ? EVERY_OWNER : []
    let [left, errors] = [files, await errorsOf(place, owners)]
    // A field that the product has is looked into once those that it lacks are gone.
    for (let round = 0; round < 3 && errors.length > 0; round += 1) {
      const places = errors.map((error) => {
        found.add(lacked(error))
        const { source } = error
        if (source === undefined) throw new Error(`without a line: ${error.message}`)
        const text = left[source.file]?.split('\n')[source.line - 1]?.slice(source.col - 1) ?? ''
        const name =
          lacked(error)
            .split(/[ .]|: /)
            .at(-1) ?? ''
        expect(text.match(/\w+/g)?.slice(0, 2), error.message).toContain(name)
        return source
      })
      expect((await place.run(['apply', '--auto-approve', ...owners])).code).toBe(1)
      if (DECIDED.includes(product) && round === 0) expect(sandbox.asked).toEqual([])
      expect(sandbox.writes()).toEqual([])
      left = without(left, places)
      for (const [name, text] of Object.entries(left)) await place.write(name, text)
      errors = await errorsOf(place, owners)
    }
    // A group that the enterprise shares is not shown there, and the organization cannot make another of its name.
    if (product === 'ghae-2021') {
      const { 'orgs/acme.yaml': acme = '' } = left
      await place.write('orgs/acme.yaml', acme.replace(/^ *shared: .*\n(?: {8}.*\n)*/m, ''))
    }
    const plan = await place.plan(owners)
    expect([...found].sort()).toEqual(lackedBy(product, levels))
    const held = SHARING.includes(product) ? [] : ['orgs/acme/runner_groups/shared']
    expect(plan.complete).toBe(true)
    expect(plan.diagnostics.map(({ message }) => message)).toEqual(WARNINGS[product] ?? [])
    expect(plan.held_back.map(({ address }) => address)).toEqual(held)
    expect((await place.run(['apply', '--auto-approve', ...owners])).code).toBe(held.length === 0 ? 0 : 2)
    expect((await place.plan(owners)).changes).toEqual([])
  })
})
