import { choice, flag } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, organizationOf, repositoryOf } from '../http/call.ts'
import { conflict } from '../http/errors.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import { flagAt, inner, wordAt } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import { permissionRoutes } from './permission-routes.ts'
import { organizationAbove } from './permissions/policy.ts'
import type { Resource } from './resource.ts'

const KEY = 'workflow_permissions'
const WORDS = ['read', 'write'] as const

/** By GitHub's names. */
interface Settings {
  readonly default_workflow_permissions: (typeof WORDS)[number]
  readonly can_approve_pull_request_reviews: boolean
}

/** The settings of one level by itself. A missing one has the value of the level above. */
type Own = { -readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/** A level's own settings, and those in force above it. */
interface Level {
  readonly own: Own
  readonly above: Settings | undefined
}

/** GitHub's own defaults: a token that reads contents and packages, and no approvals. */
const FIRST: Settings = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }
/** The bounds of a level that has none above it. */
const ALL: Settings = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true }

const ofEnterprise = slot<Enterprise, Own>(() => ({}))
const ofOrganization = slot<Organization, Own>(() => ({}))
const ofRepository = slot<Repository, Own>(() => ({}))

/**
 * The default permissions of the GITHUB_TOKEN (https://docs.github.com/rest/actions/permissions). Of a level below a stricter
 * one "the same option is selected in your repository settings and the permissive option is disabled"
 * (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#configuring-the-default-github_token-permissions);
 * a request for it is answered by "Conflict response when changing a setting is prevented by the owning organization or
 * enterprise". Whether the level's own setting comes back once the stricter one is gone is not documented: here it does.
 */
export const workflowPermissions: Resource = {
  routes: permissionRoutes<Level>({
    name: 'workflow',
    enterprise: { since: [3, 6], of: (call) => ({ own: ofEnterprise(enterpriseOf(call)), above: undefined }) },
    organization: {
      since: [3, 5],
      of(call) {
        const organization = organizationOf(call)
        return { own: ofOrganization(organization), above: aboveOrganization(organization) }
      },
    },
    repository: {
      since: [3, 6],
      of(call) {
        const repository = repositoryOf(call)
        return { own: ofRepository(repository), above: aboveRepository(repository) }
      },
    },
    show: ({ own, above }) => effective(own, above),
    change,
  }),
  enterprise: part(ofEnterprise),
  organization: part(ofOrganization),
  repository: part(ofRepository),
}

function enterpriseSettings(enterprise: Enterprise): Settings {
  return effective(ofEnterprise(enterprise), undefined)
}

function organizationSettings(organization: Organization): Settings {
  return effective(ofOrganization(organization), aboveOrganization(organization))
}

function aboveOrganization({ enterprise }: Organization): Settings | undefined {
  return enterprise && enterpriseSettings(enterprise)
}

/** A repository of a personal account has nothing above it. */
function aboveRepository(repository: Repository): Settings | undefined {
  const organization = organizationAbove(repository)
  return organization && organizationSettings(organization)
}

function effective(own: Own, above: Settings | undefined): Settings {
  const first = above ?? FIRST
  const limit = above ?? ALL
  const word = own.default_workflow_permissions ?? first.default_workflow_permissions
  const may = own.can_approve_pull_request_reviews ?? first.can_approve_pull_request_reviews
  return {
    default_workflow_permissions: limit.default_workflow_permissions === 'read' ? 'read' : word,
    can_approve_pull_request_reviews: limit.can_approve_pull_request_reviews && may,
  }
}

/** Fields that a request leaves out stay: neither is required. */
function change(call: Call, { own, above }: Level): Answer {
  const body = bodyOf(call)
  const word = choice(body, 'default_workflow_permissions', WORDS)
  const may = flag(body, 'can_approve_pull_request_reviews')
  const limit = above ?? ALL
  if (word === 'write' && limit.default_workflow_permissions === 'read') throw conflict()
  if (may === true && !limit.can_approve_pull_request_reviews) throw conflict()
  own.default_workflow_permissions = word ?? own.default_workflow_permissions
  own.can_approve_pull_request_reviews = may ?? own.can_approve_pull_request_reviews
  return NO_CONTENT
}

function part<Of extends Holder>(ownOf: (holder: Of) => Own): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const entry = inner(given, KEY, Object.keys(FIRST))
      const own = ownOf(holder)
      own.default_workflow_permissions = wordAt(entry, 'default_workflow_permissions', WORDS)
      own.can_approve_pull_request_reviews = flagAt(entry, 'can_approve_pull_request_reviews')
    },
    dump(holder) {
      const set = Object.entries(ownOf(holder)).filter(([, value]) => value !== undefined)
      return set.length === 0 ? {} : { [KEY]: Object.fromEntries(set) }
    },
  }
}
