import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

interface Row {
  readonly product: string
  readonly live: object
  /** The YAML below the organization. */
  readonly yaml: string
  /** The end of the paths of the requests that are read of single members. */
  readonly about: RegExp
  readonly read: readonly string[]
}

const environment = { deployment_branch_policy: 'custom_branch_policies', deployment_branch_policies: ['main'] }

// A field of one member is no reason to read that of another one.
it.each<[string, Row]>([
  [
    "an environment's own lists",
    {
      product: 'ghec',
      live: { repositories: { web: { environments: { a: environment, b: environment, c: environment, d: {} } } } },
      yaml: `    repositories:
      web:
        environments:
          a: { deployment_protection_rules: [] }
          B: { add_deployment_branch_policies: ["v*"] }
          c: { wait_timer: 5 }
`,
      about: /environments\/.+\/(deployment.+)$/,
      read: ['environments/a/deployment_protection_rules', 'environments/b/deployment-branch-policies'],
    },
  ],
  [
    'those of an environment that is to go, where no other is about them',
    {
      product: 'ghec',
      live: { repositories: { web: { environments: { a: environment, b: environment } } } },
      yaml: `    repositories:
      web:
        environments:
          a: { deployment_branch_policies: [main] }
          b: absent
`,
      about: /environments\/.+\/(deployment.+)$/,
      read: ['environments/a/deployment-branch-policies'],
    },
  ],
  [
    'the runners of groups, where a runner does not name its group',
    {
      product: 'ghes-3.4',
      live: {
        repositories: { web: {} },
        runners: { one: {}, two: {} },
        runner_groups: { a: { visibility: 'all', runners: ['one'] }, b: { visibility: 'all', runners: ['two'] } },
      },
      yaml: `    runner_groups:
      a: { runners: [one] }
      b: { allows_public_repositories: false }
`,
      about: /runner-groups\/\d+\/(runners)$/,
      read: ['runner-groups/2/runners'],
    },
  ],
])('%s', async (_, { product, live, yaml, about, read }) => {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: live } }, product })
  const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n${yaml}` })
  const { code, stderr } = await place.run(['plan'])
  expect(code, stderr).toBe(0)
  const paths = sandbox.asked.map(({ path }) => path).filter((path) => about.test(path))
  expect(paths.map((path) => path.replace(/^.*?(environments|runner-groups)\//, '$1/')).sort()).toEqual(read)
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0)
})
