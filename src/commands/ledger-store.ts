import type { LedgerPlace } from '../config/ledger-place.ts'
import { FILE_ROUTES } from '../github/home-client.ts'
import { type RepositoryFile, repositoryFile } from '../github/repository-file.ts'
import type { LedgerStore } from '../secrets/store.ts'
import { fileStore } from '../secrets/store-file.ts'
import { repositoryStore } from '../secrets/store-repository.ts'
import type { Connection } from './connect.ts'

/** A ledger in a repository. */
export type SharedLedger = Extract<LedgerPlace, { readonly repository: string }>

/** The ledger's store. One in a repository is read by a client that cannot write; the one that can is made for the first save. */
export function ledgerStore(place: LedgerPlace, connection: Connection): LedgerStore {
  return 'repository' in place ? repositoryStore(sharedFile(place, connection)) : fileStore(place.path)
}

/** A file on the ledger's branch. */
export function sharedFile(at: SharedLedger, connection: Connection): RepositoryFile {
  const { repository } = at
  return repositoryFile({
    at,
    reader: connection.home({ repository, admits: [] }),
    writer: () => connection.home({ repository, admits: FILE_ROUTES }),
    // The branch holds no workflow, unless somebody gave octoform a branch of code.
    message: `Update ${at.path} [skip ci]`,
  })
}
