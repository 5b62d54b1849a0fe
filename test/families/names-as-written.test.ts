import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Document, Json } from '../../src/core/json.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  enterprises: { inc: { organizations: { acme: {} }, runners: { 'Inc-01': { labels: ['old'] } } } },
  organizations: {
    acme: {
      runners: { 'Box-01': { labels: ['old'] } },
      repositories: { web: { id: 101, workflows: { 'CI.yml': { state: 'disabled_manually' } } } },
    },
  },
}

const HOSTED = '{ image: { id: ubuntu-24.04, source: github }, size: 4-core, runner_group: Big Ones }'

/** One member of each family that GitHub names without case, and of each that it names with it, none of them there yet. */
const YAML = `version: 1
enterprises:
  inc:
    oidc_custom_properties: { BizUnit: {} }
    runners: { Inc-01: { labels: [GPU] } }
    runner_groups: { Inc Ones: { visibility: selected, organizations: [] } }
organizations:
  acme:
    variables: { Region: { value: eu, visibility: all } }
    agents_variables: { Agents_Region: { value: eu, visibility: all } }
    oidc_custom_properties: { CostCenter: {} }
    runners: { Box-01: { labels: [GPU, Big] } }
    runner_groups: { Big Ones: { visibility: selected, repositories: [] } }
    hosted_runners: { Big-Box: ${HOSTED} }
    repositories:
      web:
        variables: { Web_Region: { value: eu } }
        workflows: { CI.yml: { state: active } }
        environments:
          Production: { wait_timer: 5, deployment_branch_policies: ["Release/*"], variables: { Prod_Region: { value: eu } } }
`

/** An enterprise is compared where a run names it. */
const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']

interface State {
  readonly enterprises: { readonly inc: Document }
  readonly organizations: { readonly acme: Document & { readonly repositories: { readonly web: Document } } }
}

/** The names in each family of a scope. */
function names(of: Document, families: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(families.map((family) => [family, Object.keys((of[family] ?? {}) as Document).sort()]))
}

async function stateOf(sandbox: WatchedSandbox): Promise<State> {
  return (await sandbox.state()) as unknown as State
}

describe('a member that is new', () => {
  it('gets the name as the YAML spells it, and every command then knows it', async () => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { OCTOFORM_ENTERPRISE_TOKEN: 'inc' })
    const plan = await place.plan(BOTH)
    // Addresses are folded all the same.
    expect(plan.changes.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        'orgs/acme/variables/REGION',
        'repos/acme/web/environments/production',
        'repos/acme/web/environments/production/variables/PROD_REGION',
        'orgs/acme/oidc_custom_properties/costcenter',
      ]),
    )
    const ran = await place.run(['apply', '--auto-approve', ...BOTH])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    const { enterprises, organizations } = await stateOf(sandbox)
    const { acme } = organizations
    expect(names(enterprises.inc, ['oidc_custom_properties', 'runner_groups'])).toEqual({
      oidc_custom_properties: ['BizUnit'],
      runner_groups: expect.arrayContaining(['Inc Ones']),
    })
    expect(names(acme, ['variables', 'agents_variables', 'oidc_custom_properties', 'hosted_runners'])).toEqual({
      variables: ['Region'],
      agents_variables: ['Agents_Region'],
      oidc_custom_properties: ['CostCenter'],
      hosted_runners: ['Big-Box'],
    })
    expect(acme).toMatchObject({
      runners: { 'Box-01': { labels: ['Big', 'GPU'] } },
      runner_groups: { 'Big Ones': {} },
    })
    const { web } = acme.repositories
    expect(names(web, ['variables', 'workflows', 'environments'])).toEqual({
      variables: ['Web_Region'],
      workflows: ['CI.yml'],
      environments: ['Production'],
    })
    expect(web).toMatchObject({ environments: { Production: { variables: { Prod_Region: {} } } } })
    expect((await place.run(['plan', ...BOTH])).stdout).toMatch(/(^|\n)No changes\.\n$/)
    const other = YAML.replaceAll(/Production|\w*Region|CostCenter|BizUnit/g, (name) => name.toUpperCase())
    await place.write('octoform.yaml', other)
    expect((await place.run(['plan', ...BOTH])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })
})

describe('a member that is there', () => {
  const THERE = {
    organizations: {
      acme: {
        ...SEED.organizations.acme,
        variables: { Region: { value: 'eu', visibility: 'all' } },
        agents_variables: { Agents_Region: { value: 'eu', visibility: 'all' } },
        oidc_custom_properties: { CostCenter: {} },
        runner_groups: { 'Big Ones': { visibility: 'selected' } },
        repositories: {
          web: {
            id: 101,
            workflows: { 'CI.yml': {} },
            variables: { Web_Region: { value: 'eu' } },
            environments: {
              Production: {
                wait_timer: 5,
                variables: { Prod_Region: { value: 'eu' } },
                secrets: { KEY: { value: 'x' } },
              },
              'Pre/Prod': {},
            },
          },
        },
      },
    },
  }

  it('keeps the case that GitHub has, whatever the YAML has', async () => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: THERE })
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1
organizations:
  acme:
    variables: { REGION: { value: us } }
    repositories: { web: { environments: { PRODUCTION: { wait_timer: 6, variables: { prod_region: { value: us } } } } } }
`,
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const { acme } = (await stateOf(sandbox)).organizations
    expect(acme).toMatchObject({
      variables: { Region: { value: 'us' } },
      repositories: {
        web: { environments: { Production: { wait_timer: 6, variables: { Prod_Region: { value: 'us' } } } } },
      },
    })
    expect(sandbox.writes()).toContain('PUT /repos/acme/web/environments/Production')
  })

  it('is renamed to the name as the YAML spells it', async () => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: THERE })
    const place = await workplace(sandbox, {
      'octoform.yaml':
        'version: 1\norganizations: { acme: { variables: { Zone: { renamed_from: region, value: eu } } } }\n',
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(names((await stateOf(sandbox)).organizations.acme, ['variables'])).toEqual({ variables: ['Zone'] })
  })

  it.each<[string, Json]>([
    [
      'orgs/acme/**',
      {
        variables: { Region: {} },
        agents_variables: { Agents_Region: {} },
        oidc_custom_properties: { CostCenter: {} },
      },
    ],
    [
      'repos/acme/web',
      {
        repositories: {
          web: {
            variables: { Web_Region: {} },
            environments: {
              Production: { wait_timer: 5, variables: { Prod_Region: {} }, secrets: { KEY: {} } },
              'Pre/Prod': {},
            },
          },
        },
      },
    ],
    [
      'repos/acme/web/environments/production/**',
      { repositories: { web: { environments: { Production: { variables: { Prod_Region: {} } } } } } },
    ],
  ])('is imported as GitHub spells it: %s', async (address, expected) => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: THERE })
    const place = await workplace(sandbox, {})
    const { stdout } = await place.run(['import', address])
    expect(parse(stdout).organizations.acme).toMatchObject(expected as object)
    await place.write('octoform.yaml', stdout)
    expect((await place.run(['plan'])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })

  it('is accepted by drift as GitHub spells it', async () => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: THERE })
    const place = await workplace(sandbox, {
      'octoform.yaml':
        'version: 1\norganizations: { acme: { variables: {}, prune: ["variables/*"], repositories: { web: { environments: {}, prune: ["environments/*"] } } } }\n',
    })
    const ran = await place.run(['drift', '--accept'])
    const added = ran.stdout
      .split('\n')
      .filter((line) => line.startsWith('+'))
      .join('\n')
    expect(added).toContain('variables: { Region: {')
    expect(added).toMatch(/environments: { Pre\/Prod: {.*}, Production: {/)
  })
})
