import type { ListedIds } from '../common/selected-list.ts'

/** A group of self-hosted runners and its access. */
export type RunnerGroup = {
  /** Shared by the enterprise: of it an organization chooses the repositories alone. */
  readonly inherited?: boolean
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
  /** Names of the runners in it; a runner is in exactly one group. */
  readonly runners?: readonly string[]
  readonly allows_public_repositories?: boolean
  readonly restricted_to_workflows?: boolean
  /** `owner/repo/.github/workflows/file.yml@ref`; they hold only while `restricted_to_workflows` is true. */
  readonly selected_workflows?: readonly string[]
}

export type RunnerGroupRef = {
  readonly id: number
  readonly repositories: ListedIds
  /** Ids of the organization's runners, by name: at least of those in a group that is read, or in the YAML. */
  readonly runners: Readonly<Record<string, number>>
  /** Names of the runners in it, the default group's too; undefined where they were not read. */
  readonly holds?: readonly string[]
}
