import type { Route } from '../core/routes.ts'
import type { At, OperationFlag, Subject } from './operation.ts'

const BASE = '/repos/{owner}/{repo}/actions'

/** A run, by its id. */
export const RUN: Subject = { word: 'RUN_ID', param: 'run_id', is: 'id' }

/** The same, of which a command takes several. */
export const EACH_RUN: Subject = { ...RUN, several: true }

/** A job, by its id. */
export const JOB: Subject = { word: 'JOB_ID', param: 'job_id', is: 'id' }

/** One of the routes below Actions of a repository. */
export function atActions(method: 'GET' | 'POST' | 'DELETE', below: string): At {
  return { repository: `${method} ${BASE}${below}` as Route }
}

/** One of the routes of a run. */
export function atRun(method: 'GET' | 'POST' | 'DELETE', below = ''): At {
  return atActions(method, `/runs/{run_id}${below}`)
}

/** One attempt of a run in place of its last: GitHub has it by a route of its own. */
export function ofAttempt(below = ''): OperationFlag {
  return {
    flag: '--attempt <n>',
    field: 'attempt_number',
    about: 'of this attempt; else of the last',
    way: {
      at: atRun('GET', `/attempts/{attempt_number}${below}`),
      of: { word: 'ATTEMPT', param: 'attempt_number', is: 'id' },
    },
  }
}

/** A re-run with more in its log. */
export const DEBUG_LOGGING: OperationFlag = {
  flag: '--debug-logging',
  field: 'enable_debug_logging',
  takes: 'switch',
  about: 'with debug logging',
}
