import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Body = Readonly<Record<string, unknown>>

/** A family whose enterprise bounds it: what the enterprise has, what its YAML has, and what the organization wants. */
const BOUND: readonly (readonly [family: string, now: Body, yaml: Body, wish: Body])[] = [
  ['permissions', { allowed_actions: 'local_only' }, { allowed_actions: 'all' }, { allowed_actions: 'all' }],
  ['permissions', { sha_pinning_required: true }, { sha_pinning_required: false }, { sha_pinning_required: false }],
  [
    'permissions',
    { enabled_organizations: 'selected', organizations: [] },
    { enabled_organizations: 'selected', organizations: ['acme'] },
    { enabled_repositories: 'all', allowed_actions: 'all' },
  ],
  [
    'self_hosted_runners',
    { disable_self_hosted_runners_for_all_orgs: true },
    { disable_self_hosted_runners_for_all_orgs: false },
    { enabled_repositories: 'all' },
  ],
  [
    'workflow_permissions',
    { default_workflow_permissions: 'read' },
    { default_workflow_permissions: 'write' },
    { default_workflow_permissions: 'write' },
  ],
  ['cache_limits', { max_cache_size_gb: 10 }, { max_cache_size_gb: 50 }, { max_cache_size_gb: 40 }],
  ['artifact_and_log_retention', { days: 30 }, { days: 300 }, { days: 200 }],
  [
    'fork_pr_workflows_private_repos',
    { run_workflows_from_fork_pull_requests: false },
    { run_workflows_from_fork_pull_requests: true },
    { run_workflows_from_fork_pull_requests: true },
  ],
]

async function placeWith(family: string, now: Body, yaml: Body, wish: Body, own: Body = {}) {
  const organizations = { acme: { id: 11, repositories: { web: {} }, ...own } }
  const seed = { enterprises: { inc: { organizations: { acme: {} }, [family]: now } }, organizations }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const enterprises = { inc: { organizations: { acme: { [family]: wish } }, [family]: yaml } }
  const files = { 'octoform.yaml': stringify({ version: 1, enterprises }) }
  return { sandbox, place: await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token' }) }
}

const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)
const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']

describe.each(BOUND)(
  '%s of an organization, where the enterprise has %j and is to have %j',
  (family, now, yaml, wish) => {
    it('is held back until the enterprise is applied, and is then done', async () => {
      const { sandbox, place } = await placeWith(family, now, yaml, wish)
      for (const owner of [['--owner', 'acme'], []]) {
        const plan = await place.plan(owner)
        expect(plan.changes).toEqual([])
        expect(plan.held_back.map(({ address, help }) => `${address}: ${help}`)).toEqual([
          expect.stringMatching(
            new RegExp(`^orgs/acme/${family}: Apply the enterprise first: its YAML allows (it|them)\\.$`),
          ),
        ])
        expect((await place.run(['apply', '--auto-approve', ...owner])).code).toBe(2)
      }
      expect(sandbox.writes()).toEqual([])
      expect(await place.run(['apply', '--auto-approve', '--owner', 'enterprises/inc'])).toMatchObject({ code: 0 })
      expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
      expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
    })

    it('is done in one apply of both', async () => {
      const { sandbox, place } = await placeWith(family, now, yaml, wish)
      const plan = await place.plan(BOTH)
      expect(plan.held_back).toEqual([])
      const applied = await place.run(['apply', '--auto-approve', ...BOTH])
      expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })
      expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
      expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
    })
  },
)

describe('a setting of its own that the enterprise hides', () => {
  it.each([
    ['self_hosted_runners', BOUND[3], { enabled_repositories: 'none' }, { enabled_repositories: 'all' }],
    [
      'workflow_permissions',
      BOUND[4],
      { default_workflow_permissions: 'read' },
      { default_workflow_permissions: 'write' },
    ],
  ] as const)('of %s is written by the run that ends that, and by none before', async (family, bound, wish, own) => {
    const [, now = {}, yaml = {}] = bound ?? []
    const { sandbox, place } = await placeWith(family, now, yaml, wish, { [family]: own })
    expect(lastOf((await place.run(['plan', '--owner', 'acme'])).stdout)).toBe('No changes.')
    expect(await place.run(['apply', '--auto-approve', ...BOTH])).toMatchObject({ code: 0 })
    expect(sandbox.writes().map((write) => write.split('/')[1])).toEqual(['orgs', 'enterprises'])
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })
})

it('a target that leaves the level above out leaves that as it is', async () => {
  const family = 'workflow_permissions'
  const [now, wish] = [{ default_workflow_permissions: 'read' }, { default_workflow_permissions: 'write' }]
  const seed = { organizations: { acme: { [family]: now, repositories: { web: { [family]: now } } } } }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const yaml = { version: 1, organizations: { acme: { [family]: wish, repositories: { web: { [family]: wish } } } } }
  const place = await workplace(sandbox, { 'octoform.yaml': stringify(yaml) })
  const target = ['--target', `repos/acme/web/${family}`]
  const { changes, held_back } = await place.plan(target)
  expect([changes, held_back.map(({ help }) => help)]).toEqual([
    [],
    ['Apply the organization first: its YAML allows it.'],
  ])
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(lastOf((await place.run(['plan', ...target])).stdout)).toBe('No changes.')
})
