import { choice, required } from '../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  enterpriseOf,
  NO_CONTENT,
  ok,
  organizationOf,
  repositoryOf,
} from '../http/call.ts'
import { Refusal } from '../http/errors.ts'
import type { Part } from '../world/part.ts'
import { inner, wordAt } from '../world/seed-reader.ts'
import type { Repository } from '../world/store.ts'
import { type SettingsLevel, settingsFromAbove } from './from-above.ts'
import type { Resource } from './resource.ts'

const ENTERPRISE = '/enterprises/{enterprise}/actions/permissions/fork-pr-contributor-approval'
const ORGANIZATION = '/orgs/{org}/actions/permissions/fork-pr-contributor-approval'
const REPOSITORY = '/repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval'
const ENTERPRISE_READ = {
  since: [3, 19],
  notOn: ['dotcom'],
  asker: 'classic token',
  scope: 'admin:enterprise',
} as const
const ENTERPRISE_WRITE = {
  since: [3, 19],
  notOn: ['dotcom'],
  asker: 'classic token',
  scope: 'admin:enterprise',
} as const
const ORGANIZATION_READ = {
  since: [3, 19],
  permission: 'organization_administration=read',
  scope: 'admin:org',
} as const
const ORGANIZATION_WRITE = {
  since: [3, 19],
  permission: 'organization_administration=write',
  scope: 'admin:org',
} as const
const REPOSITORY_READ = { since: [3, 19], permission: 'administration=read' } as const
const REPOSITORY_WRITE = { since: [3, 19], permission: 'administration=write' } as const
const KEY = 'fork_pr_contributor_approval'

/** In the order in which GitHub's description lists them. */
const POLICIES = [
  'first_time_contributors_new_to_github',
  'first_time_contributors',
  'all_external_contributors',
] as const

/** "By default, all first-time contributors require approval to run workflows." */
const { ownOf, effectiveOf } = settingsFromAbove<{ approval_policy: (typeof POLICIES)[number] }>({
  approval_policy: 'first_time_contributors',
})

/**
 * The approval of workflow runs of contributors' forks, at an enterprise, an organization or a public repository
 * (https://docs.github.com/rest/actions/permissions).
 */
export const forkPrContributorApproval: Resource = {
  routes: [
    {
      ...ENTERPRISE_READ,
      method: 'GET',
      template: ENTERPRISE,
      handle: (call) => ok(effectiveOf(enterpriseOf(call))),
    },
    { ...ENTERPRISE_WRITE, method: 'PUT', template: ENTERPRISE, handle: (call) => change(call, enterpriseOf(call)) },
    {
      ...ORGANIZATION_READ,
      method: 'GET',
      template: ORGANIZATION,
      handle: (call) => ok(effectiveOf(organizationOf(call))),
    },
    {
      ...ORGANIZATION_WRITE,
      method: 'PUT',
      template: ORGANIZATION,
      handle: (call) => change(call, organizationOf(call)),
    },
    {
      ...REPOSITORY_READ,
      method: 'GET',
      template: REPOSITORY,
      handle: (call) => ok(effectiveOf(publicRepositoryOf(call))),
    },
    {
      ...REPOSITORY_WRITE,
      method: 'PUT',
      template: REPOSITORY,
      handle: (call) => change(call, publicRepositoryOf(call)),
    },
  ],
  enterprise: part(),
  organization: part(),
  repository: part(),
}

function part<Of extends SettingsLevel>(): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const policy = wordAt(inner(given, KEY, ['approval_policy']), 'approval_policy', POLICIES)
      if (policy !== undefined) ownOf(holder).set = { approval_policy: policy }
    },
    dump(holder) {
      const { set } = ownOf(holder)
      return Object.keys(set).length === 0 ? {} : { [KEY]: { ...set } }
    },
  }
}

/**
 * Reads and writes are both refused where a repository is private, with a text in place of the list
 * (https://github.com/eclipse-csi/otterdog/issues/635). An internal one is private to GitHub's API, too.
 */
function publicRepositoryOf(call: Call): Repository {
  const repository = repositoryOf(call)
  if (repository.visibility === 'public') return repository
  throw new Refusal(422, 'Validation Failed', {
    errors: 'Fork PR approval is not allowed for private repositories.',
  })
}

function change(call: Call, level: SettingsLevel): Answer {
  const policy = required(choice(bodyOf(call), 'approval_policy', POLICIES), 'approval_policy')
  ownOf(level).set = { approval_policy: policy }
  return NO_CONTENT
}
