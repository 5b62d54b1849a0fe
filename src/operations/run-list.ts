import type { ListOperation } from './operation.ts'
import { RUN_COLUMNS } from './run-columns.ts'
import { atActions } from './run-subject.ts'
import { WORKFLOW } from './workflow-subject.ts'

/**
 * The runs of a repository, or of one of its workflows, with GitHub's own filters.
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export const RUN_LIST: ListOperation = {
  kind: 'list',
  resource: 'runs',
  verb: 'list',
  about: 'runs of workflows, newest first',
  at: atActions('GET', '/runs'),
  flags: [
    {
      flag: '--workflow <workflow>',
      field: 'workflow',
      about: 'of this workflow, by file, id or name',
      way: { at: atActions('GET', '/workflows/{workflow_id}/runs'), of: WORKFLOW },
    },
    { flag: '--status <status>', field: 'status', about: 'in this state or with this conclusion, such as failure' },
    { flag: '--branch <branch>', field: 'branch', about: 'of this branch' },
    { flag: '--event <event>', field: 'event', about: 'started by this event, such as push' },
    { flag: '--actor <login>', field: 'actor', about: 'started by this user' },
    { flag: '--created <range>', field: 'created', about: 'made then, such as >=2026-11-01 or 2026-11-01..2026-11-07' },
    { flag: '--head-sha <sha>', field: 'head_sha', about: 'of this commit' },
    { flag: '--check-suite-id <id>', field: 'check_suite_id', takes: 'number', about: 'of this check suite' },
    {
      flag: '--exclude-pull-requests',
      field: 'exclude_pull_requests',
      takes: 'switch',
      about: 'leave their pull requests out of --json',
    },
  ],
  columns: RUN_COLUMNS,
  most: { results: 1000, narrow: 'Narrow it by --created, such as --created 2026-11-01..2026-11-07.' },
}
