import { BILLABLE_OF_RUN } from './billable.ts'
import { length, valueAt } from './column.ts'
import type { ChangeOperation, Operation, Until } from './operation.ts'
import { JOB_COLUMNS, RUN_LINES } from './run-columns.ts'
import { RUN_LIST } from './run-list.ts'
import { atRun, DEBUG_LOGGING, EACH_RUN, ofAttempt, RUN } from './run-subject.ts'

const HAS_ENDED = 'it has ended, and there is nothing to cancel.'
const RERUN = 'GitHub runs again only what has ended, in the 30 days after its first attempt.'

const ENDED: Until = {
  route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  done: (run) => valueAt(run, 'status') === 'completed',
  what: 'to end',
  otherwise: 'GitHub took the request, and it has not ended',
  stronger: {
    route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel',
    ask: 'Force-cancel, which passes over steps that go on when a run is cancelled?',
    command: 'octoform runs force-cancel',
  },
}

function changing(
  verb: string,
  more: Pick<ChangeOperation, 'about' | 'at' | 'verbs'> & Partial<ChangeOperation>,
): ChangeOperation {
  return { kind: 'change', resource: 'runs', verb, subject: EACH_RUN, thing: 'run', ...more }
}

/** Runs of workflows (https://docs.github.com/rest/actions/workflow-runs). */
export const RUNS: readonly Operation[] = [
  RUN_LIST,
  {
    kind: 'show',
    resource: 'runs',
    verb: 'show',
    about: 'one run',
    at: atRun('GET'),
    subject: RUN,
    flags: [
      ofAttempt(),
      {
        flag: '--exclude-pull-requests',
        field: 'exclude_pull_requests',
        takes: 'switch',
        about: 'leave its pull requests out of --json',
      },
    ],
    columns: RUN_LINES,
  },
  {
    kind: 'list',
    resource: 'runs',
    verb: 'jobs',
    about: 'the jobs of a run',
    at: atRun('GET', '/jobs'),
    subject: RUN,
    flags: [
      ofAttempt('/jobs'),
      { flag: '--filter <which>', field: 'filter', about: 'latest (of the last attempt, as without it) or all' },
    ],
    columns: JOB_COLUMNS,
  },
  changing('cancel', {
    about: 'cancel runs, and wait until they have ended',
    at: atRun('POST', '/cancel'),
    verbs: { ask: 'Cancel', done: 'Cancelled' },
    until: ENDED,
    means: { 409: HAS_ENDED },
  }),
  changing('force-cancel', {
    about: 'end runs that do not end when they are cancelled',
    at: atRun('POST', '/force-cancel'),
    verbs: { ask: 'Force-cancel', done: 'Cancelled' },
    until: withoutStronger(ENDED),
    means: { 409: HAS_ENDED },
  }),
  changing('rerun', {
    about: 'run all jobs again, or those that failed',
    at: atRun('POST', '/rerun'),
    flags: [
      {
        flag: '--failed',
        field: 'failed',
        takes: 'switch',
        about: 'only the jobs that failed, and those that need them',
        way: { at: atRun('POST', '/rerun-failed-jobs') },
      },
      DEBUG_LOGGING,
    ],
    verbs: { ask: 'Re-run', done: 'Queued again:' },
    means: { 403: RERUN },
  }),
  changing('delete', {
    about: 'delete runs, with their logs and artifacts',
    at: atRun('DELETE'),
    verbs: { ask: 'Delete', done: 'Deleted' },
    means: {
      403: 'GitHub deletes only what has ended: cancel it first.',
      409: 'GitHub deletes only what has ended: cancel it first.',
    },
  }),
  changing('delete-logs', {
    about: 'delete the logs of runs, and keep the runs',
    at: atRun('DELETE', '/logs'),
    verbs: { ask: 'Delete the logs of', done: 'Deleted the logs of' },
    means: { 403: 'GitHub deletes only the logs of what has ended.' },
  }),
  {
    kind: 'show',
    resource: 'runs',
    verb: 'usage',
    about: 'how long a run took, and the time billed for it, by system',
    at: atRun('GET', '/timing'),
    subject: RUN,
    columns: [length('TOOK', 'run_duration_ms')],
    members: BILLABLE_OF_RUN,
  },
  {
    kind: 'change',
    resource: 'runs',
    verb: 'approve',
    about: "let runs of a fork's pull request begin",
    at: atRun('POST', '/approve'),
    subject: EACH_RUN,
    verbs: { ask: 'Approve', done: 'Approved' },
    thing: 'run',
    means: { 403: "only a run of a fork's pull request that waits for approval can be approved." },
  },
]

function withoutStronger({ stronger: _, ...until }: Until): Until {
  return until
}
