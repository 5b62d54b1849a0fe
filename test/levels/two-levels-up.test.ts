import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Body = Readonly<Record<string, unknown>>

/** What the YAML says of the enterprise and of a repository, and nothing of the organization between. */
const AGAINST: readonly (readonly [family: string, enterprise: Body, repository: Body, message: string])[] = [
  [
    'permissions',
    { allowed_actions: 'local_only' },
    { allowed_actions: 'all' },
    "allowed_actions: all is looser than the enterprise's local_only",
  ],
  [
    'permissions',
    { sha_pinning_required: true },
    { sha_pinning_required: false },
    "sha_pinning_required: false is looser than the enterprise's, which requires it",
  ],
  [
    'permissions',
    { enabled_organizations: 'none' },
    { enabled: true },
    'the enterprise enables Actions for no organization, so enabled: true is refused',
  ],
  [
    'permissions',
    { enabled_organizations: 'selected', organizations: ['beta'] },
    { enabled: true },
    "enabled: true is refused: the enterprise's list of organizations lacks its own",
  ],
  [
    'workflow_permissions',
    { default_workflow_permissions: 'read' },
    { default_workflow_permissions: 'write' },
    "default_workflow_permissions: write is more than the enterprise's read allows",
  ],
  [
    'workflow_permissions',
    { can_approve_pull_request_reviews: false },
    { can_approve_pull_request_reviews: true },
    "can_approve_pull_request_reviews: true is more than the enterprise's false allows",
  ],
  ['cache_limits', { max_cache_size_gb: 20 }, { max_cache_size_gb: 21 }, "21 is more than the enterprise's 20 allows"],
  [
    'cache_limits',
    { max_cache_retention_days: 5 },
    { max_cache_retention_days: 6 },
    "6 is more than the enterprise's 5 allows",
  ],
  ['artifact_and_log_retention', { days: 30 }, { days: 31 }, "days: 31 is more than the enterprise's 30 allows"],
  [
    'fork_pr_workflows_private_repos',
    { send_secrets_and_variables: false },
    { send_secrets_and_variables: true },
    'send_secrets_and_variables is false at the enterprise above, and cannot be enabled below it',
  ],
]

const SERVER_AGAINST = [
  'cache_limits',
  { max_repo_cache_size_limit_in_gb: 20 },
  { repo_cache_size_limit_in_gb: 21 },
  "repo_cache_size_limit_in_gb: 21 is more than the enterprise's max_repo_cache_size_limit_in_gb: 20 allows",
] as const

const configuration = (family: string, enterprise: Body | undefined, repository: Body): string => {
  const acme = { repositories: { web: { [family]: repository } } }
  const inc = { organizations: { acme, beta: {} }, ...(enterprise ? { [family]: enterprise } : {}) }
  return stringify({ version: 1, enterprises: { inc } })
}

async function placeWith(yaml: string, seed: Body = {}, product = 'ghec') {
  const inc = { organizations: { acme: {}, beta: {} }, ...seed }
  const organizations = { acme: { repositories: { web: {} } }, beta: {} }
  const sandbox = await watchedSandbox({ seed: { enterprises: { inc }, organizations }, product })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' }) }
}

describe('a repository against the YAML of its enterprise', () => {
  it.each([...AGAINST, SERVER_AGAINST])('%s: %j against %j', async (family, enterprise, repository, message) => {
    const { sandbox, place } = await placeWith(configuration(family, enterprise, repository))
    for (const args of [['validate'], ['plan'], ['plan', '--owner', 'acme'], ['apply', '--auto-approve']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect([args, code]).toEqual([args, 1])
      expect(stdout + stderr).toContain(message)
      // Its own line comes first, that of the enterprise is at the end.
      expect(stdout + stderr).toMatch(/octoform\.yaml:9:\d+: error: .*: see octoform\.yaml:1[1-4]:\d+/)
    }
    expect(sandbox.asked).toEqual([])
  })

  it.each([...AGAINST, SERVER_AGAINST])(
    '%s: no word where the enterprise allows it: %j',
    async (family, enterprise, repository) => {
      const allowing = Object.fromEntries(
        Object.keys(enterprise).map((field) => [field, WIDE[field] ?? (repository as Body)[field]]),
      )
      const { place } = await placeWith(configuration(family, allowing, repository))
      expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    },
  )
})

/** Where the enterprise has other fields than the repository. */
const WIDE: Readonly<Record<string, unknown>> = {
  enabled_organizations: 'selected',
  organizations: ['acme'],
  max_repo_cache_size_limit_in_gb: 21,
}

describe('the most that an enterprise of Enterprise Server allows a repository', () => {
  const [family, , wish] = SERVER_AGAINST
  const most = (max_repo_cache_size_limit_in_gb: number) => ({ max_repo_cache_size_limit_in_gb })

  it('holds a wish back where it is only on GitHub, with one request', async () => {
    const { sandbox, place } = await placeWith(
      configuration(family, undefined, wish),
      { [family]: most(20) },
      'ghes-3.19',
    )
    const { changes, held_back } = await place.plan()
    expect(changes).toEqual([])
    expect(held_back.map(({ reason, help }) => `${reason}. ${help}`)).toEqual([
      `repo_cache_size_limit_in_gb: 21 is more than the enterprise's max_repo_cache_size_limit_in_gb: 20 allows. Change max_repo_cache_size_limit_in_gb of the enterprise first, or write 20.`,
    ])
    expect(sandbox.asked.filter(({ path }) => path.startsWith('/enterprises/'))).toHaveLength(1)
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(2)
    expect(sandbox.writes()).toEqual([])
  })

  it('and is raised by its YAML in this run, or in another one first', async () => {
    const yaml = configuration(family, most(25), wish)
    const { place } = await placeWith(yaml, { [family]: most(20) }, 'ghes-3.19')
    expect((await place.plan()).held_back.map(({ help }) => help)).toEqual([
      'Apply the enterprise first: its YAML allows it.',
    ])
    const both = ['--owner', 'enterprises/inc', '--owner', 'acme']
    const applied = await place.run(['apply', '--auto-approve', ...both])
    expect(applied, applied.stdout).toMatchObject({ code: 0 })
    expect((await place.run(['plan', ...both])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })
})
