import type { Operation } from './operation.ts'

const BASE = '/repos/{owner}/{repo}/actions'

/** The logs of runs and of jobs (https://docs.github.com/rest/actions/workflow-runs#download-workflow-run-logs). */
export const LOGS: readonly Operation[] = [
  {
    kind: 'download',
    resource: 'runs',
    verb: 'logs',
    about: 'save the logs of a run as the zip that they are',
    at: { repository: `GET ${BASE}/runs/{run_id}/logs` },
    subject: { word: 'RUN_ID', param: 'run_id', is: 'id' },
    flags: [{ flag: '--attempt <n>', field: 'attempt_number', takes: 'number', about: 'of this attempt', own: true }],
    route: ({ attempt_number: attempt }) =>
      attempt === undefined ? undefined : `GET ${BASE}/runs/{run_id}/attempts/{attempt_number}/logs`,
    alternatives: [`GET ${BASE}/runs/{run_id}/attempts/{attempt_number}/logs`],
    params: ({ attempt_number: attempt }) => (attempt === undefined ? {} : { attempt_number: Number(attempt) }),
    file: (id, { attempt_number: attempt }) =>
      `run-${id}${attempt === undefined ? '' : `-attempt-${attempt}`}-logs.zip`,
  },
  {
    kind: 'download',
    resource: 'jobs',
    verb: 'logs',
    about: 'save the log of a job as text',
    at: { repository: `GET ${BASE}/jobs/{job_id}/logs` },
    subject: { word: 'JOB_ID', param: 'job_id', is: 'id' },
    file: (id) => `job-${id}.log`,
  },
]
