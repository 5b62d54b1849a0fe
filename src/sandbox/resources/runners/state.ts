import type { Organization } from '../../world/owners.ts'
import { slot } from '../../world/slot.ts'
import type { AccessVisibility } from '../members.ts'

export interface Runner {
  readonly id: number
  readonly name: string
  readonly os: string
  readonly status: string
  readonly busy: boolean
  readonly ephemeral: boolean
  /** The custom labels; GitHub adds the read-only ones. */
  labels: readonly string[]
  /** Undefined for a repository's, which are in no group. */
  groupId: number | undefined
}

export interface RunnerGroup {
  readonly id: number
  name: string
  visibility: AccessVisibility
  /** Ids. Kept, unused, while `visibility` is not `selected`. */
  repositories: Set<number>
  allowsPublicRepositories: boolean
  restrictedToWorkflows: boolean
  selectedWorkflows: readonly string[]
  networkConfigurationId?: string | undefined
  readonly default: boolean
  /** Whether the enterprise owns it and the organization only sees it. */
  readonly inherited: boolean
  /** Of an inherited one, the enterprise's id of it. */
  source?: number
}

/** The runners and the runner groups of an organization, by id. */
interface Fleet {
  readonly runners: Map<number, Runner>
  readonly groups: Map<number, RunnerGroup>
  /** GitHub never gives an id a second time. */
  lastGroupId: number
}

/** Empty at first, without even the default group: seeding adds it. */
export const fleetOf = slot<Organization, Fleet>(
  () => ({ runners: new Map(), groups: new Map(), lastGroupId: 0 }),
  ({ groups }, repositoryId) => {
    for (const { repositories } of groups.values()) repositories.delete(repositoryId)
  },
)

/**
 * The group that GitHub makes with the organization. The documentation's examples show it open to public
 * repositories; GitHub's advice, and the default of a group that is created, is closed, and that is taken here.
 */
export function newDefaultGroup(id: number): RunnerGroup {
  return {
    id,
    name: 'Default',
    visibility: 'all',
    repositories: new Set(),
    allowsPublicRepositories: false,
    restrictedToWorkflows: false,
    selectedWorkflows: [],
    default: true,
    inherited: false,
  }
}

/** The one group of an organization that holds every runner no other group holds. */
export function defaultGroup(organization: Organization): RunnerGroup {
  for (const group of fleetOf(organization).groups.values()) if (group.default) return group
  throw new Error(`The organization ${organization.login} has no default runner group.`)
}
