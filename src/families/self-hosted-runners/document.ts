import type { Edit } from '../../core/family.ts'
import { type ListedIds, selectedList } from '../common/selected-list.ts'

/** Where repositories may have self-hosted runners of their own. The first field is the enterprise's. */
export type SelfHostedRunners = {
  readonly disable_self_hosted_runners_for_all_orgs?: boolean
  readonly enabled_repositories?: 'none' | 'selected' | 'all'
  readonly repositories?: readonly string[]
}

export type SelfHostedRunnersRef = { readonly repositories?: ListedIds }

export type OrganizationEdit = Edit<SelfHostedRunners, SelfHostedRunnersRef, 'organization'>

const ENTERPRISE = '/enterprises/{enterprise}/actions/permissions/self-hosted-runners'
const ORGANIZATION = '/orgs/{org}/actions/permissions/self-hosted-runners'

export const ROUTES = {
  enterprise: { get: `GET ${ENTERPRISE}`, put: `PUT ${ENTERPRISE}` },
  organization: { get: `GET ${ORGANIZATION}`, put: `PUT ${ORGANIZATION}`, selected: selectedList(ORGANIZATION) },
} as const
