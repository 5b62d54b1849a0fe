import { COMMIT_PACING } from './pacing.ts'
import type { LedgerStore } from './store.ts'

/**
 * A ledger in a repository: each save is a commit on a branch of its own.
 * @param file compares and swaps; see `repositoryFile` in github/repository-file.ts
 */
export function repositoryStore(file: Pick<LedgerStore, 'name' | 'load' | 'save'>): LedgerStore {
  return { name: file.name, load: () => file.load(), save: (...args) => file.save(...args), pacing: COMMIT_PACING }
}
