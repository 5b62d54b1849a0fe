import type { FamilyAt, Known } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import { scopeParams } from '../../core/scope.ts'
import { FOLDER, ROUTES, stateOf, type Workflow } from './workflow.ts'

interface ListedWorkflow {
  readonly path: string
  readonly state: string
}

/** The workflows of a repository that have a file. */
export const repository: FamilyAt<'repository', Workflow, object> = {
  // GHES 2.22 lists workflows and cannot switch them.
  presence: ROUTES.disable,
  reads: [ROUTES.list],
  writes: [ROUTES.enable, ROUTES.disable],
  async read(scope, get, known) {
    const listed = await get.list<ListedWorkflow>(ROUTES.list, scopeParams(scope))
    return membersOf(listed, known)
  },
  align(wanted, live) {
    if (live?.spec.state !== 'deleted' || wanted.spec.state !== 'disabled') {
      return { wanted, live: live?.spec, findings: [] }
    }
    const message = `${FOLDER}${live.key} was deleted: it does not run, and there is nothing to disable`
    return { wanted, live: { state: 'disabled' }, findings: [{ severity: 'warning', field: 'state', message }] }
  },
  check(wanted, live) {
    if (live?.spec.state !== 'deleted' || wanted.spec.state !== 'active') return []
    return [
      {
        severity: 'held back',
        field: 'state',
        message: `${FOLDER}${live.key} was deleted, and GitHub enables no workflow without its file`,
        help: 'Bring the file back on the default branch, or take the workflow out of the YAML.',
      },
    ]
  },
  write({ scope, key, after, changed }) {
    if (!changed.has('state')) return []
    const route = after?.state === 'active' ? ROUTES.enable : ROUTES.disable
    return [{ route, fields: ['state'], params: () => ({ ...scopeParams(scope), workflow_id: key }) }]
  },
}

/**
 * By file name, which GitHub takes in place of the id. A deleted one counts only where the YAML names it, and where no other
 * has its path: a file that was made anew may have got another id.
 */
function membersOf(listed: readonly ListedWorkflow[], known: Known): readonly Live<Workflow, object>[] {
  const wanted = new Set((known.desired('workflows', 'here') ?? []).map(({ key }) => key))
  const byFile = new Map<string, Workflow>()
  for (const { path, state: shown } of listed) {
    if (!path.startsWith(FOLDER)) continue
    const file = path.slice(FOLDER.length)
    const state = stateOf(shown)
    if (state === 'deleted' && (byFile.has(file) || !wanted.has(file))) continue
    byFile.set(file, state === undefined ? {} : { state })
  }
  return [...byFile].map(([key, spec]) => ({ key, spec, ref: {} }))
}
