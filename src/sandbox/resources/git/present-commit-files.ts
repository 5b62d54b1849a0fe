import type { Call } from '../../http/call.ts'
import type { Repository } from '../../world/store.ts'
import { webOrigin } from '../accounts/present-owner.ts'
import { commitAt } from './branches.ts'
import { changedFiles, type FileChange } from './changed-files.ts'
import { presentCommit } from './present-branch.ts'
import { SEEDER } from './seed.ts'
import { gitOf } from './state.ts'

/** A single commit with its changes against its first parent (`commit`). Patches are left out. */
export function commitWithFiles(call: Call, repository: Repository, sha: string): object {
  const { tree, parents } = commitAt(repository, sha, SEEDER)
  const [parent] = parents
  const before = parent === undefined ? undefined : commitAt(repository, parent, SEEDER).tree
  const changes = changedFiles(gitOf(repository).objects, before, tree)
  const sum = (field: 'additions' | 'deletions'): number => changes.reduce((total, each) => total + each[field], 0)
  const [additions, deletions] = [sum('additions'), sum('deletions')]
  return {
    ...presentCommit(call, repository, sha),
    stats: { additions, deletions, total: additions + deletions },
    files: changes.map((change) => presentChange(call, repository, sha, change)),
  }
}

function presentChange(call: Call, repository: Repository, commit: string, change: FileChange): object {
  const fullName = `${repository.owner.login}/${repository.name}`
  const path = change.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: change.sha,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${webOrigin(call)}/${fullName}/blob/${commit}/${path}`,
    raw_url: `${webOrigin(call)}/${fullName}/raw/${commit}/${path}`,
    contents_url: `${call.base}/repos/${fullName}/contents/${path}?ref=${commit}`,
  }
}
