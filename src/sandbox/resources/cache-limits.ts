import type { Body } from '../http/body.ts'
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
import { invalidRequest, Refusal, unprocessable } from '../http/errors.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import { idAt, inner } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import { organizationAbove } from './permissions/policy.ts'
import type { Resource } from './resource.ts'

const KEY = 'cache_limits'
const CLOUD = { notOn: ['ghes'] } as const
const SERVER = { notOn: ['dotcom', 'ghec'], since: [3, 5] } as const
const OF_ENTERPRISE = { asker: 'classic token', scope: 'admin:enterprise' } as const

/** GitHub's own defaults in the cloud: https://docs.github.com/actions/reference/workflows-and-actions/dependency-caching#usage-limits-and-eviction-policy */
const FIRST = { max_cache_retention_days: 7, max_cache_size_gb: 10 } as const
/** On Enterprise Server: https://docs.github.com/enterprise-server@3.19/actions/reference/workflows-and-actions/dependency-caching#usage-limits-and-eviction-policy */
const SERVER_FIRST = { repo_cache_size_limit_in_gb: 10, max_repo_cache_size_limit_in_gb: 10 } as const

type CloudLimit = keyof typeof FIRST
type ServerLimit = keyof typeof SERVER_FIRST

/** The limits of one level by itself. */
type Own = { [Limit in CloudLimit | ServerLimit]?: number }

const ofEnterprise = slot<Enterprise, Own>(() => ({}))
const ofOrganization = slot<Organization, Own>(() => ({}))
const ofRepository = slot<Repository, Own>(() => ({}))

/**
 * The limits on caches (https://docs.github.com/rest/actions/cache). In the cloud "all organizations and repositories under
 * this enterprise may not set a higher" one, which a 400 refuses; what was set before stays behind the lower one above. On
 * Enterprise Server a repository has the default of the enterprise until it has a limit of its own, of at most the
 * enterprise's maximum; with which status more is refused there is not documented.
 */
export const cacheLimits: Resource = {
  routes: [
    ...cloudRoutes('retention-limit', 'max_cache_retention_days', 'administration=read'),
    ...cloudRoutes('storage-limit', 'max_cache_size_gb', 'actions=read'),
    {
      ...SERVER,
      ...OF_ENTERPRISE,
      method: 'GET',
      template: '/enterprises/{enterprise}/actions/cache/usage-policy',
      handle: (call) => ok(serverLimits(enterpriseOf(call))),
    },
    {
      ...SERVER,
      ...OF_ENTERPRISE,
      method: 'PATCH',
      template: '/enterprises/{enterprise}/actions/cache/usage-policy',
      handle: setServerLimits,
    },
    {
      ...SERVER,
      permission: 'actions=read',
      method: 'GET',
      template: '/repos/{owner}/{repo}/actions/cache/usage-policy',
      handle: (call) => ok({ repo_cache_size_limit_in_gb: serverLimitOf(repositoryOf(call)) }),
    },
    {
      ...SERVER,
      permission: 'actions=write',
      method: 'PATCH',
      template: '/repos/{owner}/{repo}/actions/cache/usage-policy',
      handle: setServerLimit,
    },
  ],
  enterprise: part(ofEnterprise),
  organization: part(ofOrganization),
  repository: part(ofRepository),
}

function cloudRoutes(path: string, limit: CloudLimit, readsRepository: string): Resource['routes'] {
  const routes = [
    {
      ...OF_ENTERPRISE,
      template: `/enterprises/{enterprise}/actions/cache/${path}`,
      levelOf: (call: Call): LimitsAt => atEnterprise(enterpriseOf(call)),
    },
    {
      scope: 'admin:org',
      read: 'organization_administration=read',
      write: 'organization_administration=write',
      template: `/organizations/{org}/actions/cache/${path}`,
      levelOf: (call: Call): LimitsAt => atOrganization(organizationOf(call)),
    },
    {
      read: readsRepository,
      write: 'administration=write',
      template: `/repos/{owner}/{repo}/actions/cache/${path}`,
      levelOf: (call: Call): LimitsAt => atRepository(repositoryOf(call)),
    },
  ]
  return routes.flatMap(({ levelOf, read, write, ...route }) => [
    {
      ...CLOUD,
      ...route,
      ...(read === undefined ? {} : { permission: read }),
      method: 'GET' as const,
      handle: (call: Call): Answer => ok({ [limit]: cloudLimit(levelOf(call), limit) }),
    },
    {
      ...CLOUD,
      ...route,
      ...(write === undefined ? {} : { permission: write }),
      method: 'PUT' as const,
      handle: (call: Call): Answer => setCloudLimit(call, levelOf(call), limit),
    },
  ])
}

/** A level's own limits, and the level above it. */
interface LimitsAt {
  readonly own: Own
  readonly above: LimitsAt | undefined
}

function atEnterprise(enterprise: Enterprise): LimitsAt {
  return { own: ofEnterprise(enterprise), above: undefined }
}

function atOrganization(organization: Organization): LimitsAt {
  const { enterprise } = organization
  return { own: ofOrganization(organization), above: enterprise && atEnterprise(enterprise) }
}

function atRepository(repository: Repository): LimitsAt {
  const organization = organizationAbove(repository)
  return { own: ofRepository(repository), above: organization && atOrganization(organization) }
}

function cloudLimit({ own, above }: LimitsAt, limit: CloudLimit): number {
  const most = above === undefined ? Number.POSITIVE_INFINITY : cloudLimit(above, limit)
  return Math.min(own[limit] ?? (above === undefined ? FIRST[limit] : most), most)
}

/** A body without the limit changes nothing: it is not required. */
function setCloudLimit(call: Call, level: LimitsAt, limit: CloudLimit): Answer {
  const value = count(bodyOf(call), limit)
  if (value === undefined) return NO_CONTENT
  if (level.above !== undefined && value > cloudLimit(level.above, limit)) throw new Refusal(400, 'Bad Request')
  level.own[limit] = value
  return NO_CONTENT
}

function serverLimits(enterprise: Enterprise): Readonly<Record<ServerLimit, number>> {
  return { ...SERVER_FIRST, ...pick(ofEnterprise(enterprise)) }
}

function pick({ repo_cache_size_limit_in_gb: usual, max_repo_cache_size_limit_in_gb: most }: Own): Own {
  return {
    ...(usual === undefined ? {} : { repo_cache_size_limit_in_gb: usual }),
    ...(most === undefined ? {} : { max_repo_cache_size_limit_in_gb: most }),
  }
}

function setServerLimits(call: Call): Answer {
  const enterprise = enterpriseOf(call)
  const body = bodyOf(call)
  const now = serverLimits(enterprise)
  const usual = count(body, 'repo_cache_size_limit_in_gb') ?? now.repo_cache_size_limit_in_gb
  const most = count(body, 'max_repo_cache_size_limit_in_gb') ?? now.max_repo_cache_size_limit_in_gb
  if (usual > most) throw unprocessable('The default is more than the maximum.')
  Object.assign(ofEnterprise(enterprise), {
    repo_cache_size_limit_in_gb: usual,
    max_repo_cache_size_limit_in_gb: most,
  })
  return NO_CONTENT
}

/** On Enterprise Server each organization is of the enterprise; a personal account is below none here. */
function serverLimitOf(repository: Repository): number {
  const { repo_cache_size_limit_in_gb: usual, max_repo_cache_size_limit_in_gb: most } = serverLimitsAbove(repository)
  return Math.min(ofRepository(repository).repo_cache_size_limit_in_gb ?? usual, most)
}

function serverLimitsAbove(repository: Repository): Readonly<Record<ServerLimit, number>> {
  const enterprise = organizationAbove(repository)?.enterprise
  return enterprise ? serverLimits(enterprise) : { ...SERVER_FIRST, max_repo_cache_size_limit_in_gb: 15 }
}

function setServerLimit(call: Call): Answer {
  const repository = repositoryOf(call)
  const value = count(bodyOf(call), 'repo_cache_size_limit_in_gb')
  if (value === undefined) throw invalidRequest(`"repo_cache_size_limit_in_gb" wasn't supplied.`)
  if (value > serverLimitsAbove(repository).max_repo_cache_size_limit_in_gb) {
    throw unprocessable('The limit is more than the maximum of the enterprise.')
  }
  ofRepository(repository).repo_cache_size_limit_in_gb = value
  return NO_CONTENT
}

function count(body: Body, field: CloudLimit | ServerLimit): number | undefined {
  const value = body[field]
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) > 0)) return value as number | undefined
  throw invalidRequest(`For 'properties/${field}', ${JSON.stringify(value)} is not an integer.`)
}

function part<Of extends Holder>(ownOf: (holder: Of) => Own): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const entry = inner(given, KEY, [...Object.keys(FIRST), ...Object.keys(SERVER_FIRST)])
      const own = ownOf(holder)
      for (const limit of Object.keys(entry.fields) as (keyof Own)[]) {
        const value = idAt(entry, limit)
        if (value !== undefined) own[limit] = value
      }
    },
    dump(holder) {
      const own = ownOf(holder)
      return Object.keys(own).length === 0 ? {} : { [KEY]: { ...own } }
    },
  }
}
