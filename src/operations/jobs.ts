import { valueAt } from './column.ts'
import type { Operation } from './operation.ts'
import { JOB_LINES, STEP_COLUMNS } from './run-columns.ts'
import { atActions, DEBUG_LOGGING, JOB } from './run-subject.ts'

/** Single jobs of runs (https://docs.github.com/rest/actions/workflow-jobs). */
export const JOBS: readonly Operation[] = [
  {
    kind: 'show',
    resource: 'jobs',
    verb: 'show',
    about: 'one job, with its steps',
    at: atActions('GET', '/jobs/{job_id}'),
    subject: JOB,
    columns: JOB_LINES,
    members: {
      of: (job) => {
        const steps = valueAt(job, 'steps')
        return Array.isArray(steps) ? steps : []
      },
      columns: STEP_COLUMNS,
    },
  },
  {
    kind: 'change',
    resource: 'jobs',
    verb: 'rerun',
    about: 'run jobs again, and those that need them',
    at: atActions('POST', '/jobs/{job_id}/rerun'),
    subject: { ...JOB, several: true },
    flags: [
      DEBUG_LOGGING,
      { flag: '--debugger', field: 'enable_debugger', takes: 'switch', about: 'with the debugger of the runner' },
    ],
    verbs: { ask: 'Re-run', done: 'Queued again:' },
    thing: 'job',
    means: { 403: 'GitHub runs again only jobs of a run that has ended, in the 30 days after its first attempt.' },
  },
]
