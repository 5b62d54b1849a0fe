import type { Family } from '../../core/family.ts'
import { groupFault, runnerFault, workflowFault } from '../common/list-entries.ts'
import { accessFields, VISIBILITIES } from '../common/selected-access.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { moveNotes, runnerMoves } from './moves.ts'
import { organization } from './organization.ts'
import { ROUTES } from './routes.ts'

const PATCHED = { organization: { route: ROUTES.update } }

/** https://docs.github.com/rest/actions/self-hosted-runner-groups */
export const runnerGroups = {
  name: 'runner_groups',
  shape: 'members',
  fields: {
    // No request writes it: it says which group is meant, where the product lets an organization choose of its repositories.
    inherited: {
      wider: 'never',
      written: { organization: { route: ROUTES.selected.replace, as: ROUTES.selected.as } },
    },
    ...accessFields('visibility', VISIBILITIES, { organization: { route: ROUTES.update, list: ROUTES.selected } }),
    runners: {
      list: 'names',
      entryFault: runnerFault,
      wider: 'more',
      written: { organization: { route: ROUTES.held.replace } },
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
  },
  fold: (key) => key,
  listed: ({ repositories }) => repositories,
  nameFault: groupFault,
  inherits: ({ inherited }) => inherited === true,
  beginning: { visibility: 'selected', repositories: [], runners: [], allows_public_repositories: false },
  hosts: ({ runners }) => runners,
  workflows: (spec) => (spec.restricted_to_workflows === true ? (spec.selected_workflows ?? []) : 'all'),
  moves: runnerMoves,
  consequences: moveNotes,
  scopes: { organization },
} satisfies Family<RunnerGroup, RunnerGroupRef>
