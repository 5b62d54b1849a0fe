import type { AnswerTable } from './answer-row.ts'

/** Answers that `cleanup` reads. Two artifacts of one name are two: only their ids tell them apart. */
export const CLEANUP_ANSWERS: AnswerTable = {
  'GET /repos/{owner}/{repo}/actions/artifacts': {
    items: {
      id: 'id',
      name: 'text',
      size_in_bytes: 'count',
      expired: 'boolean',
      'created_at|null': 'time',
      'workflow_run|null?': { fields: { 'id?': 'id' } },
    },
    in: 'artifacts',
  },
  'GET /repos/{owner}/{repo}/actions/runs': {
    items: {
      id: 'id',
      workflow_id: 'id',
      'head_branch|null': 'text',
      'status|null': 'words',
      'conclusion|null': 'text',
      created_at: 'time',
      'run_started_at?': 'time',
      updated_at: 'time',
      event: 'words',
      'pull_requests|null': { list: { fields: { number: 'count' } } },
    },
    in: 'workflow_runs',
  },
  'GET /repos/{owner}/{repo}/actions/caches': {
    items: { 'id?': 'id', 'key?': 'text', 'ref?': 'text', 'created_at?': 'time', 'size_in_bytes?': 'count' },
    in: 'actions_caches',
  },
}
