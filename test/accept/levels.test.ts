import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { accepted } from '../support/accepted.ts'
import { startInProcess } from '../support/in-process.ts'
import { workplace } from '../support/octoform.ts'

type Settings = Readonly<Record<string, unknown>>

/** What the enterprise, its organization and the repository have, or the configuration says of them, of one family. */
type Levels = readonly [Settings | undefined, Settings | undefined, Settings | undefined]

interface Case {
  readonly family: string
  readonly live: Levels
  readonly yaml: Levels
  /** The configuration that agrees with GitHub; the same where it is left out. */
  readonly after?: Levels
  readonly visibility?: 'public'
  readonly notTaken?: readonly object[]
}

const none = undefined
const approval = (approval_policy: string): Settings => ({ approval_policy })
const [STRICT, USUAL, LOOSE] = [
  approval('all_external_contributors'),
  approval('first_time_contributors'),
  approval('first_time_contributors_new_to_github'),
]
const token = (word: string, may: boolean): Settings => ({
  default_workflow_permissions: word,
  can_approve_pull_request_reviews: may,
})
const forks = (runs: boolean, secrets: boolean, approved: boolean): Settings => ({
  run_workflows_from_fork_pull_requests: runs,
  send_secrets_and_variables: secrets,
  require_approval_for_fork_pr_workflows: approved,
})
const only = (...patterns_allowed: string[]): Settings => ({
  allowed_actions: 'selected',
  selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed },
})
const claims = (...include_claim_keys: string[]): Settings => ({ include_claim_keys })

const CASES: readonly (readonly [string, Case])[] = [
  [
    'a policy that a repository has from its organization, which another one is wanted for',
    {
      family: 'fork_pr_contributor_approval',
      visibility: 'public',
      live: [none, USUAL, none],
      yaml: [none, STRICT, USUAL],
      after: [none, USUAL, USUAL],
    },
  ],
  [
    'a policy that both have from the enterprise',
    {
      family: 'fork_pr_contributor_approval',
      visibility: 'public',
      live: [LOOSE, none, none],
      yaml: [STRICT, LOOSE, LOOSE],
      after: [LOOSE, LOOSE, LOOSE],
    },
  ],
  [
    'one field of several that the organization is to change',
    {
      family: 'fork_pr_workflows_private_repos',
      live: [none, forks(true, false, true), none],
      yaml: [none, forks(true, false, false), forks(true, false, true)],
      after: [none, forks(true, false, true), forks(true, false, true)],
    },
  ],
  [
    'a permission that a stricter organization may hide',
    {
      family: 'workflow_permissions',
      live: [none, token('read', false), none],
      yaml: [none, token('write', true), token('read', false)],
      after: [none, token('read', false), token('read', false)],
    },
  ],
  [
    'a permission beside one that differs',
    {
      family: 'workflow_permissions',
      live: [token('write', true), token('write', false), token('write', false)],
      yaml: [none, token('write', true), token('read', false)],
      after: [none, token('write', false), token('write', false)],
    },
  ],
  [
    'a limit as strict as that of the level above',
    {
      family: 'cache_limits',
      live: [none, { max_cache_retention_days: 7, max_cache_size_gb: 5 }, none],
      yaml: [none, { max_cache_retention_days: 9, max_cache_size_gb: 8 }, { max_cache_retention_days: 7 }],
      after: [none, { max_cache_retention_days: 7, max_cache_size_gb: 5 }, { max_cache_retention_days: 7 }],
    },
  ],
  [
    'days as many as those of the level above',
    {
      family: 'artifact_and_log_retention',
      live: [none, { days: 30 }, none],
      yaml: [none, { days: 60 }, { days: 30 }],
      after: [none, { days: 30 }, { days: 30 }],
    },
  ],
  [
    'claims that a repository has from its organization',
    {
      family: 'oidc_subject_claim',
      live: [none, claims('repo'), { use_default: false }],
      yaml: [none, claims('repo', 'ref'), { use_default: false, ...claims('repo') }],
      after: [none, claims('repo'), { use_default: false, ...claims('repo') }],
    },
  ],
  [
    'actions that the organization is to forbid, and the repository seems to have forbidden',
    {
      family: 'permissions',
      live: [none, { enabled_repositories: 'all', allowed_actions: 'all' }, { sha_pinning_required: true }],
      yaml: [
        none,
        { enabled_repositories: 'all', allowed_actions: 'local_only' },
        { enabled: true, allowed_actions: 'local_only', sha_pinning_required: false },
      ],
      after: [
        none,
        { enabled_repositories: 'all', allowed_actions: 'all' },
        { enabled: true, allowed_actions: 'all', sha_pinning_required: true },
      ],
    },
  ],
  [
    "a repository's own actions, which its organization's list overrides",
    {
      family: 'permissions',
      live: [none, { enabled_repositories: 'all', ...only('a/*') }, { enabled: true }],
      yaml: [
        none,
        { enabled_repositories: 'all', allowed_actions: 'all' },
        { enabled: true, sha_pinning_required: true, ...only('b/*') },
      ],
      after: [
        none,
        { enabled_repositories: 'all', allowed_actions: 'selected' },
        { enabled: true, sha_pinning_required: false, allowed_actions: 'selected' },
      ],
    },
  ],
  [
    'nothing where an enterprise that forbids nothing is shown as one that does',
    {
      family: 'fork_pr_workflows_private_repos',
      live: [none, forks(true, false, true), none],
      yaml: [forks(true, true, false), forks(true, true, false), none],
      notTaken: [
        {
          address: 'enterprises/inc/fork_pr_workflows_private_repos',
          why: expect.stringContaining('cannot be enabled'),
        },
        { address: 'orgs/acme/fork_pr_workflows_private_repos', why: expect.stringContaining('cannot be enabled') },
      ],
    },
  ],
]

/** Seeds and configurations have the same shape. */
function nested(family: string, [enterprise, organization, repository]: Levels, beside: object = {}): object {
  const at = (settings: Settings | undefined): object => (settings === undefined ? {} : { [family]: settings })
  const repositories = { web: { ...beside, ...at(repository) } }
  return { enterprises: { inc: { ...at(enterprise), organizations: { acme: { ...at(organization), repositories } } } } }
}

it.each(CASES)(
  'a line stays where GitHub has what it says: %s',
  async (_, { family, live, yaml, after, visibility = 'private', notTaken = [] }) => {
    const sandbox = await startInProcess({ seed: nested(family, live, { visibility }), product: 'ghec' })
    try {
      const written = (levels: Levels): string =>
        stringify({ version: 1, ...nested(family, levels) }, { aliasDuplicateObjects: false })
      const env = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' }
      const place = await workplace(sandbox, { 'octoform.yaml': written(yaml) }, env)
      const taken = await accepted(place, sandbox, { owner: ['enterprises/inc', 'acme'] })
      expect(taken.notTaken).toEqual(notTaken)
      for (const { file, text } of taken.edits) await place.write(file, text)
      const said = parse(await place.read('octoform.yaml'))
      expect(said).toEqual(parse(written(after ?? yaml)))
      if (notTaken.length > 0) return
      const { code, stdout } = await place.run([
        'plan',
        '--detailed-exitcode',
        '--owner',
        'enterprises/inc',
        '--owner',
        'acme',
      ])
      expect({ code, last: stdout.trimEnd().split('\n').at(-1) }, stdout).toEqual({ code: 0, last: 'No changes.' })
    } finally {
      await sandbox.close()
    }
  },
)
