import type { Configuration } from '../config/configuration.ts'
import type { LedgerPlace } from '../config/ledger-place.ts'
import { GitHubError } from '../github/errors.ts'
import { FILE_ROUTES } from '../github/home-client.ts'
import { type RepositoryFile, repositoryFile } from '../github/repository-file.ts'
import { KEY_VARIABLE, PREVIOUS_KEY_VARIABLE } from '../secrets/key-variables.ts'
import { deriveKeys } from '../secrets/keys.ts'
import type { openLedger } from '../secrets/ledger.ts'
import type { LedgerStore } from '../secrets/store.ts'
import { fileStore } from '../secrets/store-file.ts'
import { repositoryStore } from '../secrets/store-repository.ts'
import type { Connection } from './connect.ts'
import type { Io } from './io.ts'
import { announceNewLedger } from './new-ledger.ts'

/** A ledger in a file here. */
export type LocalLedger = Exclude<LedgerPlace, { readonly repository: string }>

/** A ledger in a repository. */
export type SharedLedger = Extract<LedgerPlace, { readonly repository: string }>

/**
 * The place of the ledger, and the keys that sign and verify it.
 * @param io prints the first save of a new ledger
 * @param env where the keys are looked for
 */
export async function ledgerOptions(
  io: Pick<Io, 'cwd' | 'note'>,
  connection: Connection,
  { ledger, publicKeys }: Pick<Configuration, 'ledger' | 'publicKeys'>,
  env: Io['env'],
): Promise<Omit<Parameters<typeof openLedger>[0], 'values'>> {
  return {
    store: announceNewLedger(io, ledgerStore(ledger, connection), ledger),
    host: connection.api.host,
    keys: await deriveKeys(env[KEY_VARIABLE]),
    previous: await deriveKeys(env[PREVIOUS_KEY_VARIABLE], PREVIOUS_KEY_VARIABLE),
    publicKeys,
  }
}

/** The ledger's store. One in a repository is read by a client that cannot write; the one that can is made for the first save. */
function ledgerStore(place: LedgerPlace, connection: Connection): LedgerStore {
  if (!('repository' in place)) return fileStore(place.path, place.below)
  return { ...repositoryStore(sharedFile(place, connection)), pause: connection.pause }
}

/** A file on the ledger's branch. */
export function sharedFile(at: SharedLedger, connection: Connection): RepositoryFile {
  const { repository } = at
  const file = repositoryFile({
    at,
    reader: connection.home({ repository, admits: [] }),
    writer: () => connection.home({ repository, admits: FILE_ROUTES }),
    // The branch holds no workflow, unless `ledger.branch` names a branch of code.
    message: `Update ${at.path} [skip ci]`,
    pause: connection.pause,
  })
  const about = (verb: Verb) => (error: unknown) => Promise.reject(aboutLedger(error, at, verb))
  return {
    ...file,
    load: () => file.load().catch(about('read')),
    save: (text, expected) => file.save(text, expected).catch(about('written')),
  }
}

type Verb = 'read' | 'written'

/** Adds to a refusal the ledger's repository and the line that names it: a user might not think of either. */
function aboutLedger(error: unknown, { repository, source }: SharedLedger, verb: Verb): unknown {
  if (!(error instanceof GitHubError) || error.kind === 'unavailable') return error
  const place = source === undefined ? '' : ` (${source.file}:${source.line})`
  const isAbsent = error.status === 404 && error.route === 'GET /repos/{owner}/{repo}'
  const why = isAbsent ? 'does not exist, or the credential cannot see it' : `cannot be ${verb}`
  const { kind, route, status, requestId, date, body, limited } = error
  const facts = { kind, route, status, requestId, date, body, limited }
  return new GitHubError(`the ledger's repository ${repository}${place} ${why}. ${error.message}`, facts)
}
