import { valueAt } from './column.ts'
import type { Subject } from './operation.ts'

const FOLDER = '.github/workflows/'

/**
 * A workflow, by the name of its file or its id, either of which GitHub takes; else by the name that the file gives it.
 * https://docs.github.com/rest/actions/workflows#get-a-workflow
 */
export const WORKFLOW: Subject = {
  word: 'WORKFLOW',
  param: 'workflow_id',
  is: 'id',
  named: {
    list: { repository: 'GET /repos/{owner}/{repo}/actions/workflows' },
    by: 'name',
    direct: /\.ya?ml$/i,
    without: FOLDER,
    key: fileOf,
  },
}

/** The name of its file; undefined for those that GitHub itself runs, which have none. */
export function fileOf(item: unknown): string | undefined {
  const path = valueAt(item, 'path')
  return typeof path === 'string' && path.startsWith(FOLDER) ? path.slice(FOLDER.length) : undefined
}
