import { isInSorted } from '../../core/in-sorted.ts'
import type { RunLimit } from '../../core/run-limit.ts'
import type { Variable } from './variable.ts'

const CLOUD_BYTES = 256 * 1024
const SERVER_BYTES = 10 * 1024 * 1024

/**
 * "The total combined size limit for organization and repository variables is 256 KB per workflow run", 10 MB on Enterprise Server;
 * those of environments do not count (https://docs.github.com/actions/reference/workflows-and-actions/variables#limits-for-configuration-variables).
 */
export const RUN_LIMIT: RunLimit = {
  most: ({ name }) => (/^gh(es|ae)/.test(name ?? '') ? SERVER_BYTES : CLOUD_BYTES),
  named({ spec, edits }) {
    const { repositories = [] } = spec as Variable
    return [...repositories, ...(edits.repositories?.add ?? [])]
  },
  reaches({ spec, edits }, repository, visible) {
    const { visibility, repositories } = spec as Variable
    if (visibility === 'all') return true
    if (visibility === 'private') return visible !== undefined && visible !== 'public'
    return isInSorted(edits.repositories?.add, repository) || isInSorted(repositories, repository)
  },
}
