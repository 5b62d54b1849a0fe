import type { Consequence } from '../../core/consequence.ts'
import type { Family } from '../../core/family.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import { groupFault, runnerFault, workflowFault } from '../common/list-entries.ts'
import { accessFields, VISIBILITIES } from '../common/selected-access.ts'
import { openingNotes } from './below.ts'
import type { GroupEdit, RunnerGroup, RunnerGroupRef } from './document.ts'
import { groupsAt } from './level.ts'
import { passes } from './meanwhile.ts'
import { moveNotes, runnerMoves } from './moves.ts'
import { NO_NETWORK, networkNotes } from './networks.ts'
import { ROUTES } from './routes.ts'
import { sharingNotes } from './sharing.ts'
import { writeRunnerGroup } from './write.ts'

const { enterprise: INC, organization: ORG } = ROUTES
const PATCHED = { enterprise: { route: INC.update }, organization: { route: ORG.update } }
const NAMED = { enterprise: { route: INC.update, as: 'name' }, organization: { route: ORG.update, as: 'name' } }

function consequencesOf(edit: GroupEdit): readonly Consequence[] {
  return [
    ...moveNotes(edit),
    ...networkNotes(edit),
    ...openingNotes(edit),
    ...sharingNotes(edit),
    ...meanwhileNotes(edit),
  ]
}

/** Says beforehand what stays closed where the run is killed between two requests: later ones name it, where a ledger is kept. */
function meanwhileNotes(edit: GroupEdit): readonly Consequence[] {
  if (edit.action !== 'update' || writeRunnerGroup(edit).every(({ meanwhile }) => meanwhile === undefined)) return []
  const field = 'allows_public_repositories'
  const message = `${field} is false until the last request, and the YAML does not give it: should the run be killed, it stays so`
  return [{ message, widens: false }]
}

/** https://docs.github.com/rest/actions/self-hosted-runner-groups */
export const runnerGroups = {
  name: 'runner_groups',
  shape: 'members',
  fields: {
    // No request writes it: it says which group is meant, where the product lets an organization choose of its repositories.
    inherited: {
      wider: 'never',
      written: { organization: { route: ORG.selected.replace, as: ORG.selected.as } },
    },
    ...accessFields('visibility', VISIBILITIES, {
      enterprise: { route: INC.update, list: INC.selected },
      organization: { route: ORG.update, list: ORG.selected, hidden: ORG.create, made: ORG.create },
    }),
    runners: {
      list: 'names',
      entryFault: runnerFault,
      wider: 'more',
      written: { enterprise: { route: INC.held.replace }, organization: { route: ORG.held.replace, made: ORG.create } },
    },
    allows_public_repositories: { wider: [false, true], written: PATCHED },
    restricted_to_workflows: { wider: [true, false], written: PATCHED },
    selected_workflows: {
      list: 'names',
      entryFault: workflowFault,
      mode: { field: 'restricted_to_workflows', is: true },
      wider: 'more',
      written: PATCHED,
    },
    // The users of machines in a network reach what is in it.
    network_configuration_id: { wider: (_, after) => after !== NO_NETWORK, written: PATCHED },
    [RENAMED_FROM]: { wider: 'never', written: NAMED },
  },
  fold: (key) => key,
  listed: ({ repositories, organizations }) => ({ ...repositories, ...organizations }),
  nameFault: groupFault,
  inherits: ({ inherited }) => inherited === true,
  beginning: {
    ...{ visibility: 'selected', repositories: [], organizations: [] },
    ...{ runners: [], allows_public_repositories: false },
  },
  passes,
  hosts: ({ runners }) => runners,
  holds: ['runners', 'hosted_runners'],
  workflows: (spec) => (spec.restricted_to_workflows === true ? (spec.selected_workflows ?? []) : 'all'),
  moves: runnerMoves,
  consequences: (edit) => consequencesOf(edit as GroupEdit),
  scopes: { enterprise: groupsAt('enterprise'), organization: groupsAt('organization') },
} satisfies Family<RunnerGroup, RunnerGroupRef>
