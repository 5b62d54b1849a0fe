import type { FamilyAt } from '../../core/family.ts'
import { reachGroup } from './access.ts'
import { alignRunnerGroup, checkRunnerGroup } from './check.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { readGroups } from './read-groups.ts'
import { ROUTES } from './routes.ts'
import { writeRunnerGroup } from './write.ts'

const { list, create, get: GET, update, remove, selected, held, runners, allRunners } = ROUTES.organization

/** The runner groups of an organization, and those that its enterprise shares with it. */
export const organization: FamilyAt<'organization', RunnerGroup, RunnerGroupRef> = {
  presence: list,
  reads: [list, GET, selected.read, runners, allRunners],
  writes: [
    ...[create, update, remove],
    ...[selected.replace, selected.add, selected.remove],
    ...[held.replace, held.add, held.remove],
  ],
  required: ['visibility'],
  read: readGroups,
  align: alignRunnerGroup,
  check: checkRunnerGroup,
  reach: reachGroup,
  write: writeRunnerGroup,
}
