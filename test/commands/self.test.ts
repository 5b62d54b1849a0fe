import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const WORKFLOW = `
on: { push: { branches: [main] } }
jobs:
  apply:
    runs-on: [self-hosted]
    steps:
      - run: octoform apply
        env:
          OCTOFORM_TOKEN: \${{ secrets.OCTOFORM_ADMIN }}
          NPM_TOKEN: \${{ secrets['npm_token'] }}
`

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: {},
        api: {},
        site: { visibility: 'public' },
        admin: {
          default_branch: 'main',
          branches: { main: TIP },
          secrets: { NPM_TOKEN: { value: 'planted' }, OTHER: { value: 'planted' } },
        },
      },
      secrets: {
        OCTOFORM_ADMIN: { visibility: 'selected', repositories: ['admin'], value: 'planted' },
        OTHER: { visibility: 'selected', repositories: ['admin'], value: 'planted' },
      },
      runners: { r1: { os: 'linux' }, r2: { os: 'linux' } },
      runner_groups: {
        own: { visibility: 'selected', repositories: ['admin', 'web'], runners: ['r1'] },
        other: { visibility: 'selected', repositories: ['admin', 'web'], runners: ['r2'] },
      },
    },
    globex: {
      repositories: { admin: {} },
      secrets: { OCTOFORM_ADMIN: { visibility: 'selected', repositories: ['admin'], value: 'planted' } },
    },
  },
}

interface Case {
  readonly what: string
  /** Below `acme`. */
  readonly yaml: string
  /** The guard's message; without it the change concerns no guard. */
  readonly says?: string
  readonly env?: Readonly<Record<string, string>>
}

const CASES: readonly Case[] = [
  {
    what: 'Actions for its repository, by the list of the organization',
    yaml: 'permissions: { enabled_repositories: selected, repositories: [web] }',
    says: 'this disables Actions for acme/admin, where this run itself works',
  },
  {
    what: 'Actions for its repository, by the switch of the organization',
    yaml: 'permissions: { enabled_repositories: none }',
    says: 'this disables Actions for acme/admin',
  },
  {
    what: 'Actions for its repository, by its own switch',
    yaml: 'repositories: { Admin: { permissions: { enabled: false } } }',
    says: 'this disables Actions for acme/admin',
  },
  {
    what: 'Actions for its repository, by a set',
    yaml: 'repository_sets: [{ match: { name: "a*" }, permissions: { enabled: false } }]',
    says: 'this disables Actions for acme/admin',
  },
  {
    what: 'Actions for its repository, whatever its name’s case',
    yaml: 'permissions: { enabled_repositories: none }',
    env: { GITHUB_REPOSITORY: 'ACME/Admin' },
    says: 'this disables Actions for acme/admin',
  },
  {
    what: 'Actions for another repository',
    yaml: 'repositories: { web: { permissions: { enabled: false } } }',
  },
  {
    what: 'a secret of its workflow: gone',
    yaml: 'secrets: { OCTOFORM_ADMIN: absent }',
    says: 'takes away OCTOFORM_ADMIN',
  },
  {
    what: 'a secret of its workflow: out of reach',
    yaml: 'secrets: { OCTOFORM_ADMIN: { repositories: [web] } }',
    says: 'takes away OCTOFORM_ADMIN',
  },
  {
    what: 'a secret of its workflow: pruned',
    yaml: 'prune: ["secrets/OCTO*"]\n    secrets: {}',
    says: 'takes away OCTOFORM_ADMIN',
  },
  {
    what: 'a secret of its workflow: for a public repository too',
    yaml: 'secrets: { OCTOFORM_ADMIN: { add_repositories: [site] } }',
    says: 'lets others read OCTOFORM_ADMIN',
  },
  {
    what: 'a secret of its workflow in the repository itself: gone',
    yaml: 'repositories: { admin: { secrets: { NPM_TOKEN: absent } } }',
    says: 'takes away NPM_TOKEN',
  },
  { what: 'a secret that it does not name', yaml: 'secrets: { OTHER: absent }' },
  {
    what: 'the repository’s secret that it does not name',
    yaml: 'repositories: { admin: { secrets: { OTHER: absent } } }',
  },
  {
    what: 'a secret of its workflow, where there is no checkout',
    yaml: 'secrets: { OCTOFORM_ADMIN: absent }',
    env: { GITHUB_WORKSPACE: '/nowhere' },
  },
  {
    what: 'the group of its runner: gone',
    yaml: 'runner_groups: { own: absent }',
    says: 'takes away the runner group own',
  },
  {
    what: 'the group of its runner: out of reach',
    yaml: 'runner_groups: { own: { repositories: [web] } }',
    says: 'takes away the runner group own',
  },
  {
    what: 'the group of its runner: for another repository too',
    yaml: 'runner_groups: { own: { repositories: [admin, web, site], runners: [r1] } }',
    says: 'opens own, which holds the runner',
  },
  {
    what: 'the group of its runner: for public repositories too',
    yaml: 'runner_groups: { own: { allows_public_repositories: true, runners: [r1] } }',
    says: 'opens own, which holds the runner',
  },
  {
    what: 'its workflow: shut out of its runner’s group',
    yaml: 'runner_groups: { own: { restricted_to_workflows: true, selected_workflows: [acme/web/.github/workflows/a.yml@main] } }',
    says: 'shuts the workflow of this run out of own',
  },
  {
    what: 'a group that keeps its workflow among those that may run there',
    yaml: 'runner_groups: { own: { restricted_to_workflows: true, selected_workflows: [Acme/admin/.github/workflows/octoform.yml@main] } }',
  },
  {
    what: 'a group that does not hold its runner, for other workflows',
    yaml: 'runner_groups: { other: { restricted_to_workflows: true, selected_workflows: [], runners: [r2] } }',
  },
  {
    what: 'its runner: moved away',
    yaml: 'runner_groups: { own: { runners: [] }, other: { runners: [r1, r2] } }',
    says: 'moves the runner r1',
  },
  {
    what: 'another group',
    yaml: 'runner_groups: { other: { repositories: [admin, web, site], runners: [r2] } }',
  },
  {
    what: 'the group of its runner, on a runner of GitHub',
    yaml: 'runner_groups: { own: absent }',
    env: { RUNNER_ENVIRONMENT: 'github-hosted' },
  },
  {
    what: 'the same outside GitHub Actions',
    yaml: 'permissions: { enabled_repositories: none }\n    secrets: { OCTOFORM_ADMIN: absent }',
    env: { GITHUB_ACTIONS: '' },
  },
]

async function world(
  yaml: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const text = `version: 1\norganizations:\n  acme:\n    ${yaml}\n`
  const files = { 'octoform.yaml': text, '.github/workflows/octoform.yml': WORKFLOW }
  const self = { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_NAME: 'r1', ...env }
  return {
    sandbox,
    place: await workplace(sandbox, files, await actionsEnv({ event: 'push', payload: REPOSITORY, env: self })),
  }
}

describe('a run on GitHub Actions guards what it works with', () => {
  it.each(CASES)('$what', async ({ yaml, says, env }) => {
    const { sandbox, place } = await world(yaml, env)
    const plan = await place.plan(['--allow', 'deletions=99,revocations=99'])
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(plan.changes).not.toEqual([])
    const apply = ['apply', '--auto-approve', '--allow', 'deletions=99,revocations=99']
    if (says === undefined) {
      expect(plan.tripped).toEqual([])
      expect(await place.run(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied: ') })
      return
    }
    expect(plan.tripped).toMatchObject([
      { guard: 'self', flag: '--allow self', message: expect.stringContaining(says) },
    ])
    const planned = await place.run(['plan', '--allow', 'deletions=99,revocations=99'])
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/Refused by apply\n[\s\S]*--allow self/) })
    expect(planned.stdout).toContain(says)

    const refused = await place.run(apply)
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(`--allow self goes past it`) })
    expect(refused.stderr).toContain(says)
    expect(sandbox.writes()).toEqual([])

    expect(await place.run([...apply, '--allow', 'self'])).toMatchObject({ code: 0 })
    expect((await place.plan(['--allow', 'deletions=99,revocations=99'])).changes).toEqual([])
  })

  it('is not gone past by another word', async () => {
    const { sandbox, place } = await world('permissions: { enabled_repositories: none }')
    const words = 'deletions=99,revocations=99,public,protected,incomplete,fork'
    expect((await place.run(['apply', '--auto-approve', '--allow', words])).code).toBe(3)
    expect(sandbox.writes()).toEqual([])
  })
})
