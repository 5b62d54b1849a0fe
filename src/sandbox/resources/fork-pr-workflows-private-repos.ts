import { type Body, flag, required } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, organizationOf, repositoryOf } from '../http/call.ts'
import { Refusal, unprocessable } from '../http/errors.ts'
import type { Part } from '../world/part.ts'
import { type Entry, flagAt, inner } from '../world/seed-reader.ts'
import type { Repository } from '../world/store.ts'
import { levelAbove, type SettingsLevel, settingsFromAbove } from './from-above.ts'
import { permissionRoutes } from './permission-routes.ts'
import type { Resource } from './resource.ts'

const SINCE = [3, 19] as const
const KEY = 'fork_pr_workflows_private_repos'

/** By GitHub's names. */
interface ForkRuns {
  run_workflows_from_fork_pull_requests: boolean
  send_write_tokens_to_workflows: boolean
  send_secrets_and_variables: boolean
  require_approval_for_fork_pr_workflows: boolean
}

const FIRST: ForkRuns = {
  run_workflows_from_fork_pull_requests: false,
  send_write_tokens_to_workflows: false,
  send_secrets_and_variables: false,
  require_approval_for_fork_pr_workflows: false,
}
const FIELDS = Object.keys(FIRST) as (keyof ForkRuns)[]
/** "If a policy is disabled for an organization, it cannot be enabled for repositories": of these fields. */
const LIMITED = FIELDS.slice(0, 3)

const { ownOf, effectiveOf } = settingsFromAbove<ForkRuns>(FIRST)

/**
 * Workflow runs for forks of private repositories, at an enterprise, an organization or a repository that is not public
 * (https://docs.github.com/rest/actions/permissions).
 */
export const forkPrWorkflowsPrivateRepos: Resource = {
  routes: permissionRoutes<SettingsLevel>({
    name: 'fork-pr-workflows-private-repos',
    enterprise: { since: SINCE, of: enterpriseOf },
    organization: { since: SINCE, of: organizationOf },
    repository: { since: SINCE, of: closedRepositoryOf },
    show: shown,
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
      ownOf(holder).set = givenIn(inner(given, KEY, FIELDS), flagAt)
    },
    dump(holder) {
      const { set } = ownOf(holder)
      return Object.keys(set).length === 0 ? {} : { [KEY]: { ...set } }
    },
  }
}

function givenIn<From extends Body | Entry>(from: From, read: (from: From, field: string) => boolean | undefined) {
  const entries = FIELDS.flatMap((field) => {
    const value = read(from, field)
    return value === undefined ? [] : [[field, value]]
  })
  return Object.fromEntries(entries) as Partial<ForkRuns>
}

/** Its settings, those disabled that a level above disables. */
function shown(level: SettingsLevel): ForkRuns {
  const disabled = LIMITED.filter((field) => isDisabledAbove(level, field)).map((field) => [field, false])
  return { ...effectiveOf(level), ...Object.fromEntries(disabled) }
}

/**
 * An enterprise that has not set its policy forbids nothing: "If you don't enforce enterprise policies, organization
 * owners have full control". An organization's first value disables it.
 */
function isDisabledAbove(level: SettingsLevel, field: keyof ForkRuns): boolean {
  const above = levelAbove(level)
  if (!above) return false
  const own = ownOf(above).set[field]
  if (!('login' in above)) return own === false
  return (own ?? shown(above)[field]) === false || isDisabledAbove(above, field)
}

/** Reads and writes are both refused for a public repository, with a text in place of the list. */
function closedRepositoryOf(call: Call): Repository {
  const repository = repositoryOf(call)
  if (repository.visibility !== 'public') return repository
  throw new Refusal(422, 'Validation Failed', {
    errors: 'Fork PR workflow settings is not allowed for public repositories.',
  })
}

/**
 * Omitted fields keep their values, which no page says. The 403 is documented for organizations; of repositories the
 * description has 422 alone, so that it is taken.
 */
function change(call: Call, level: SettingsLevel): Answer {
  const body = bodyOf(call)
  const given = givenIn(body, flag)
  required(given.run_workflows_from_fork_pull_requests, 'run_workflows_from_fork_pull_requests')
  if (LIMITED.some((field) => given[field] === true && isDisabledAbove(level, field))) {
    if ('owner' in level) throw unprocessable('Fork PR workflow settings are disabled by the organization.')
    throw new Refusal(403, 'Fork PR workflow settings for private repositories are managed by the enterprise owner')
  }
  ownOf(level).set = { ...ownOf(level).set, ...given }
  return NO_CONTENT
}
