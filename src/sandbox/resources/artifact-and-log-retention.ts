import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, organizationOf, repositoryOf } from '../http/call.ts'
import { invalidRequest, unprocessable } from '../http/errors.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import type { Product } from '../world/products.ts'
import { idAt, inner } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import { permissionRoutes } from './permission-routes.ts'
import { organizationAbove } from './permissions/policy.ts'
import type { Resource } from './resource.ts'

const KEY = 'artifact_and_log_retention'
const SINCE = [3, 19] as const
const FIRST_DAYS = 90
const MOST_DAYS = 400
/** Of a public repository in the cloud. */
const MOST_PUBLIC_DAYS = 90

/** The days that were set at one level; missing until then. */
type OwnDays = { days?: number }

const ofEnterprise = slot<Enterprise, OwnDays>(() => ({}))
const ofOrganization = slot<Organization, OwnDays>(() => ({}))
const ofRepository = slot<Repository, OwnDays>(() => ({}))

/** The days of a level by itself, and the most that it may have. */
interface Retention {
  readonly own: OwnDays
  readonly most: number
}

/**
 * For how long artifacts and logs are kept: 90 days at first, at most 400, and 90 for a public repository of the cloud; "the
 * maximum … managed by" the level above is its own setting
 * (https://docs.github.com/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization).
 * More is a 422, whose words are not documented. Whether a longer time of a level's own comes back once the level above
 * allows it again is not documented either: here it does.
 */
export const artifactAndLogRetention: Resource = {
  routes: permissionRoutes<Retention>({
    name: 'artifact-and-log-retention',
    enterprise: { since: SINCE, of: (call) => atEnterprise(enterpriseOf(call)) },
    organization: { since: SINCE, of: (call) => atOrganization(organizationOf(call)) },
    repository: { since: SINCE, of: (call) => atRepository(repositoryOf(call), call.product) },
    show: presented,
    change,
  }),
  enterprise: part(ofEnterprise),
  organization: part(ofOrganization),
  repository: part(ofRepository),
}

function atEnterprise(enterprise: Enterprise): Retention {
  return { own: ofEnterprise(enterprise), most: MOST_DAYS }
}

function atOrganization(organization: Organization): Retention {
  const above = organization.enterprise && atEnterprise(organization.enterprise)
  return { own: ofOrganization(organization), most: mostBelow(above) }
}

function atRepository(repository: Repository, { kind }: Product): Retention {
  const organization = organizationAbove(repository)
  const most = mostBelow(organization && atOrganization(organization))
  const isFree = repository.visibility === 'public' && kind !== 'ghes'
  return { own: ofRepository(repository), most: isFree ? Math.min(most, MOST_PUBLIC_DAYS) : most }
}

/** A level that was never set bounds no other: it only hands on its own bound. */
function mostBelow(above: Retention | undefined): number {
  return above === undefined ? MOST_DAYS : Math.min(above.own.days ?? MOST_DAYS, above.most)
}

function presented({ own, most }: Retention): object {
  return { days: Math.min(own.days ?? FIRST_DAYS, most), maximum_allowed_days: most }
}

function change(call: Call, { own, most }: Retention): Answer {
  const { days } = bodyOf(call)
  if (days === undefined) throw invalidRequest(`"days" wasn't supplied.`)
  if (!Number.isSafeInteger(days)) {
    throw invalidRequest(`For 'properties/days', ${JSON.stringify(days)} is not an integer.`)
  }
  if (Number(days) < 1 || Number(days) > most) throw unprocessable(`The days must be from 1 to ${most}.`)
  own.days = Number(days)
  return NO_CONTENT
}

function part<Of extends Holder>(ownOf: (holder: Of) => OwnDays): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const days = idAt(inner(given, KEY, ['days']), 'days')
      if (days !== undefined) ownOf(holder).days = days
    },
    dump(holder) {
      const { days } = ownOf(holder)
      return days === undefined ? {} : { [KEY]: { days } }
    },
  }
}
