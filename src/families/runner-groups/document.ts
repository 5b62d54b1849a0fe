import type { Edit } from '../../core/family.ts'
import type { Send } from '../../core/send.ts'
import type { ListedIds } from '../common/selected-list.ts'
import type { GroupLevel } from './routes.ts'

/** A group of self-hosted runners and its access. */
export type RunnerGroup = {
  /** Shared by the enterprise: of it an organization chooses the repositories alone. */
  readonly inherited?: boolean
  readonly visibility?: 'selected' | 'private' | 'all'
  /** Of an organization's. */
  readonly repositories?: readonly string[]
  /** Of an enterprise's. */
  readonly organizations?: readonly string[]
  /** Names of the runners in it; a runner is in exactly one group. */
  readonly runners?: readonly string[]
  readonly allows_public_repositories?: boolean
  readonly restricted_to_workflows?: boolean
  /** `owner/repo/.github/workflows/file.yml@ref`; they hold only while `restricted_to_workflows` is true. */
  readonly selected_workflows?: readonly string[]
  /** Of the machines that GitHub hosts in it; `none` where it has none. */
  readonly network_configuration_id?: string
  /** The name that it had, in the YAML alone. */
  readonly renamed_from?: string
}

export type RunnerGroupRef = {
  readonly id: number
  readonly repositories?: ListedIds
  readonly organizations?: ListedIds
  /** Ids of the runners of the organization or enterprise, by name: at least of those in a group that is read, or in the YAML. */
  readonly runners: Readonly<Record<string, number>>
  /** Names that several runners have, as far as they were read: the lists of groups with one of them are not planned. */
  readonly repeated?: ReadonlySet<string>
  /** Names of the runners in it, the default group's too; undefined where they were not read. */
  readonly holds?: readonly string[]
  /** Names of the hosted runners in it, where it may be deleted; undefined where no group may, or the product has none. */
  readonly hosted?: readonly string[] | 'not shown'
}

export type GroupSend = Send<RunnerGroupRef>

export type GroupEdit = Edit<RunnerGroup, RunnerGroupRef, GroupLevel>
