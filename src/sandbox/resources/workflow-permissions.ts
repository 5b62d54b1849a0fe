import { choice, flag } from '../http/body.ts'
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
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import { flagAt, inner, textAt } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import type { Resource } from './resource.ts'

const ENTERPRISE = '/enterprises/{enterprise}/actions/permissions/workflow'
const ORGANIZATION = '/orgs/{org}/actions/permissions/workflow'
const REPOSITORY = '/repos/{owner}/{repo}/actions/permissions/workflow'
const ENTERPRISE_READ = { since: [3, 6], notOn: ['dotcom'], asker: 'classic token', scope: 'admin:enterprise' } as const
const ENTERPRISE_WRITE = {
  since: [3, 6],
  notOn: ['dotcom'],
  asker: 'classic token',
  scope: 'admin:enterprise',
} as const
const ORGANIZATION_READ = { since: [3, 5], permission: 'organization_administration=read', scope: 'admin:org' } as const
const ORGANIZATION_WRITE = {
  since: [3, 5],
  permission: 'organization_administration=write',
  scope: 'admin:org',
} as const
const REPOSITORY_READ = { since: [3, 6], permission: 'administration=read' } as const
const REPOSITORY_WRITE = { since: [3, 6], permission: 'administration=write' } as const
const KEY = 'workflow_permissions'

/** By GitHub's names. */
interface Settings {
  default_workflow_permissions: string
  can_approve_pull_request_reviews: boolean
}

const FIRST: Settings = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }

const ofEnterprise = slot<Enterprise, Settings>(() => ({ ...FIRST }))
const ofOrganization = slot<Organization, Settings>(() => ({ ...FIRST }))
const ofRepository = slot<Repository, Settings>(() => ({ ...FIRST }))

/**
 * The workflow permissions of an enterprise, an organization or a repository (https://docs.github.com/rest/actions/permissions).
 * FILL IN, from that page: GitHub's defaults, the requests that it refuses, and the settings that the level above decides.
 */
export const workflowPermissions: Resource = {
  routes: [
    {
      ...ENTERPRISE_READ,
      method: 'GET',
      template: ENTERPRISE,
      handle: (call) => ok({ ...ofEnterprise(enterpriseOf(call)) }),
    },
    {
      ...ENTERPRISE_WRITE,
      method: 'PUT',
      template: ENTERPRISE,
      handle: (call) => change(call, ofEnterprise(enterpriseOf(call))),
    },
    {
      ...ORGANIZATION_READ,
      method: 'GET',
      template: ORGANIZATION,
      handle: (call) => ok({ ...ofOrganization(organizationOf(call)) }),
    },
    {
      ...ORGANIZATION_WRITE,
      method: 'PUT',
      template: ORGANIZATION,
      handle: (call) => change(call, ofOrganization(organizationOf(call))),
    },
    {
      ...REPOSITORY_READ,
      method: 'GET',
      template: REPOSITORY,
      handle: (call) => ok({ ...ofRepository(repositoryOf(call)) }),
    },
    {
      ...REPOSITORY_WRITE,
      method: 'PUT',
      template: REPOSITORY,
      handle: (call) => change(call, ofRepository(repositoryOf(call))),
    },
  ],
  enterprise: part(ofEnterprise),
  organization: part(ofOrganization),
  repository: part(ofRepository),
}

function part<Of extends Holder>(settingsOf: (holder: Of) => Settings): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const entry = inner(given, KEY, Object.keys(FIRST))
      const settings = settingsOf(holder)
      settings.default_workflow_permissions =
        textAt(entry, 'default_workflow_permissions') ?? settings.default_workflow_permissions
      settings.can_approve_pull_request_reviews =
        flagAt(entry, 'can_approve_pull_request_reviews') ?? settings.can_approve_pull_request_reviews
    },
    dump(holder) {
      const settings = settingsOf(holder)
      return JSON.stringify(settings) === JSON.stringify(FIRST) ? {} : { [KEY]: { ...settings } }
    },
  }
}

function change(call: Call, settings: Settings): Answer {
  const body = bodyOf(call)
  Object.assign(settings, {
    default_workflow_permissions:
      choice(body, 'default_workflow_permissions', ['read', 'write']) ?? settings.default_workflow_permissions,
    can_approve_pull_request_reviews:
      flag(body, 'can_approve_pull_request_reviews') ?? settings.can_approve_pull_request_reviews,
  })
  return NO_CONTENT
}
