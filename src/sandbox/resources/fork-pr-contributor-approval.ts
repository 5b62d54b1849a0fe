import { choice, required } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, organizationOf, repositoryOf } from '../http/call.ts'
import { Refusal } from '../http/errors.ts'
import type { Part } from '../world/part.ts'
import { inner, wordAt } from '../world/seed-reader.ts'
import type { Repository } from '../world/store.ts'
import { type SettingsLevel, settingsFromAbove } from './from-above.ts'
import { permissionRoutes } from './permission-routes.ts'
import type { Resource } from './resource.ts'

const SINCE = [3, 19] as const
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
  routes: permissionRoutes<SettingsLevel>({
    name: 'fork-pr-contributor-approval',
    enterprise: { since: SINCE, of: enterpriseOf },
    organization: { since: SINCE, of: organizationOf },
    repository: { since: SINCE, of: publicRepositoryOf },
    show: effectiveOf,
    change,
  }),
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
