import { choice, flag, required } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, ok, organizationOf } from '../http/call.ts'
import { Refusal } from '../http/errors.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../world/seed-names.ts'
import { flagAt, inner, wordAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import { listedRepository } from './repositories/present-repository.ts'
import type { Resource } from './resource.ts'
import { selectedRepositories } from './selected-members.ts'

const ENTERPRISE = '/enterprises/{enterprise}/actions/permissions/self-hosted-runners'
const ORGANIZATION = '/orgs/{org}/actions/permissions/self-hosted-runners'
const SINCE = { since: [3, 19] } as const
const TOKEN = { ...SINCE, notOn: ['dotcom'], asker: 'classic token', scope: 'admin:enterprise' } as const
const READ = { ...SINCE, permission: 'organization_administration=read', scope: 'admin:org' } as const
const WRITE = { ...SINCE, permission: 'organization_administration=write', scope: 'admin:org' } as const
const KEY = 'self_hosted_runners'
const DISABLE = 'disable_self_hosted_runners_for_all_orgs'
/** In the order in which GitHub's messages list them. */
const MODES = ['all', 'selected', 'none'] as const

interface OrganizationSettings {
  mode: (typeof MODES)[number]
  /** Ids. Kept, unused, while `mode` is not `selected`. */
  repositories: Set<number>
}

/** A new enterprise leaves the choice to its organizations, and a new organization lets all repositories have runners. */
const ofEnterprise = slot<Enterprise, { isDisabled: boolean }>(() => ({ isDisabled: false }))
const ofOrganization = slot<Organization, OrganizationSettings>(
  () => ({ mode: 'all', repositories: new Set() }),
  ({ repositories }, id) => repositories.delete(id),
)

/**
 * Where repositories may have self-hosted runners of their own
 * (https://docs.github.com/rest/actions/permissions#get-self-hosted-runners-settings-for-an-organization).
 */
export const selfHostedRunners: Resource = {
  routes: [
    { ...TOKEN, method: 'GET', template: ENTERPRISE, handle: (call) => ok({ [DISABLE]: settingsOf(call).isDisabled }) },
    { ...TOKEN, method: 'PUT', template: ENTERPRISE, handle: setEnterprise },
    { ...READ, method: 'GET', template: ORGANIZATION, handle: getOrganization },
    { ...WRITE, method: 'PUT', template: ORGANIZATION, handle: setOrganization },
    // A 409 is documented for one repository alone.
    ...selectedRepositories({
      template: ORGANIZATION,
      read: READ,
      write: WRITE,
      idsOf: (call) => ofOrganization(organizationOf(call)).repositories,
      unselected,
      refuses: [],
      present: listedRepository,
    }),
  ],
  enterprise: {
    keys: [KEY],
    seed(enterprise, given) {
      const settings = ofEnterprise(enterprise)
      settings.isDisabled = flagAt(inner(given, KEY, [DISABLE]), DISABLE) ?? settings.isDisabled
    },
    dump: (enterprise) => (ofEnterprise(enterprise).isDisabled ? { [KEY]: { [DISABLE]: true } } : {}),
  },
  organization: {
    keys: [KEY],
    seed(organization, given, world) {
      const settings = ofOrganization(organization)
      const said = inner(given, KEY, ['enabled_repositories', 'repositories'])
      settings.mode = wordAt(said, 'enabled_repositories', MODES) ?? settings.mode
      settings.repositories = repositoryIdsAt(world, organization, said)
    },
    dump(organization, world) {
      const { mode, repositories } = ofOrganization(organization)
      if (mode === 'all' && repositories.size === 0) return {}
      return { [KEY]: { enabled_repositories: mode, ...dumpRepositoryIds(world, repositories, mode === 'selected') } }
    },
  },
}

function settingsOf(call: Call): { isDisabled: boolean } {
  return ofEnterprise(enterpriseOf(call))
}

function setEnterprise(call: Call): Answer {
  settingsOf(call).isDisabled = required(flag(bodyOf(call), DISABLE), DISABLE)
  return NO_CONTENT
}

/** "When true, repository-level runners will be disabled across all organizations in the enterprise." */
function isHeldAbove({ enterprise }: Organization): boolean {
  return enterprise !== undefined && ofEnterprise(enterprise).isDisabled
}

/** Shows the effective setting. */
function getOrganization(call: Call): Answer {
  const organization = organizationOf(call)
  const mode = isHeldAbove(organization) ? 'none' : ofOrganization(organization).mode
  const url = `${call.base}/orgs/${organization.login}/actions/permissions/self-hosted-runners/repositories`
  return ok({ enabled_repositories: mode, ...(mode === 'selected' ? { selected_repositories_url: url } : {}) })
}

/** The list is kept. */
function setOrganization(call: Call): Answer {
  const organization = organizationOf(call)
  const mode = required(choice(bodyOf(call), 'enabled_repositories', MODES), 'enabled_repositories')
  if (mode !== 'none' && isHeldAbove(organization)) throw conflict()
  ofOrganization(organization).mode = mode
  return NO_CONTENT
}

function unselected(call: Call): Refusal | undefined {
  return ofOrganization(organizationOf(call)).mode === 'selected' ? undefined : conflict()
}

/** The descriptions have a body for it, other than for the policies of Actions. */
function conflict(): Refusal {
  return new Refusal(409, 'Conflict')
}
