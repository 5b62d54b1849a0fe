import type { FamilyAt } from '../../core/family.ts'
import { reachGroup } from './access.ts'
import { alignRunnerGroup, checkRunnerGroup } from './check.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { readGroups } from './read-groups.ts'
import { ROUTES } from './routes.ts'
import { writeRunnerGroup } from './write.ts'

const { list, create, get: GET, update, remove, selected, held, runners, allRunners } = ROUTES.enterprise

/** The runner groups of an enterprise, with its own runners, for organizations that choose from their repositories. */
export const enterprise: FamilyAt<'enterprise', RunnerGroup, RunnerGroupRef> = {
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
