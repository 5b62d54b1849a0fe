import { resolve } from 'node:path'
import pLimit from 'p-limit'
import type { Configuration } from '../config/configuration.ts'
import { indexRepositories } from '../core/repository.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Connection } from '../run/connect.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { type ActionsUsed, actionsUsed, type DesiredList } from '../survey/actions-used.ts'
import { actionsUsedDocument } from '../survey/actions-used-document.ts'
import { checkoutSource } from '../survey/checkout-source.ts'
import { CONTENTS_ROUTES } from '../survey/contents-source.ts'
import { desiredLists } from '../survey/desired-lists.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import { shownNames } from '../survey/hygiene-of-reading.ts'
import { narrowed } from '../survey/narrow-reading.ts'
import { gapsIn, type OwnerReading, type ReportReading } from '../survey/reading.ts'
import { actionsUsedFacts } from '../survey/report-facts.ts'
import { surveyFiles } from '../survey/survey-files.ts'
import { surveyRepository } from '../survey/survey-repository.ts'
import { readOwners } from './report-owners.ts'
import { runReport, type Taken } from './report-run.ts'
import {
  configurationFor,
  type OwnerWords,
  openForReport,
  type ReportFlags,
  reportConnection,
  wordsByOwner,
} from './report-session.ts'

export interface ActionsUsedFlags extends ReportFlags {
  /** A folder with the files of the one repository that is named. */
  readonly checkout?: string
}

/** Every action in the workflow files of repositories, an allow-list for them, and what policies would break. Reads only. */
export function actionsUsedCommand(io: Io, words: readonly string[], flags: ActionsUsedFlags): Promise<ExitCode> {
  if (flags.from !== undefined && flags.checkout !== undefined) {
    throw new SetupError('--from reports from a file, and --checkout from a folder: give one of them.')
  }
  const owners = wordsByOwner(words)
  let known: Promise<Configuration | undefined> | undefined
  const configuration = (): Promise<Configuration | undefined> => {
    known ??= configurationFor(io, flags)
    return known
  }
  return runReport<ActionsUsed>(io, words, flags, {
    name: 'actions-used',
    needs: 'files',
    read: async () =>
      flags.checkout === undefined
        ? fromGitHub(io, owners, flags, await configuration())
        : fromCheckout(io, owners, flags.checkout),
    narrow: (reading, file) => (words.length === 0 ? reading : narrowed(reading, owners, file)),
    make: async (reading) => {
      const report = reportOf(reading, await configuration())
      return { report, gaps: report.not_read }
    },
    documentOf: actionsUsedDocument,
    factsOf: actionsUsedFacts,
    found: toMend,
  })
}

/** The uses that the configuration's own list would break; where there is none, those without a pin. */
function toMend({ policies }: ActionsUsed): number {
  const own = policies.filter(({ policy }) => policy === 'selected')
  const counted = own.length > 0 ? own : policies.filter(({ policy }) => policy === 'sha_pinning_required')
  return counted.reduce((sum, { breaks }) => sum + breaks.length, 0)
}

function reportOf(reading: ReportReading, configuration: Configuration | undefined): ActionsUsed {
  const lists = new Map(
    reading.owners.flatMap(({ owner, repositories, credential }) => {
      if (configuration === undefined) return []
      const known = indexRepositories(repositories, credential === CHECKOUT ? 'partial' : 'complete')
      return [[owner, desiredLists(configuration, owner, known)] as const]
    }),
  )
  const files = reading.owners.flatMap((own) => own.files ?? [])
  const ofOwner = (repository: string) => lists.get(repository.toLowerCase().split('/')[0] ?? '')
  return actionsUsed({
    host: reading.host,
    read_at: reading.read_at,
    repositories: reading.owners.flatMap(shownNames),
    surveyed: files,
    notRead: gapsIn({ owners: reading.owners.map((own) => ({ ...own, files: [] })) }),
    desired: (repository): DesiredList | undefined => ofOwner(repository)?.(repository),
  })
}

const CHECKOUT = '--checkout'

async function fromCheckout(io: Io, owners: readonly OwnerWords[], checkout: string): Promise<Taken> {
  const [only, ...others] = owners
  const [name, ...names] = only?.names ?? []
  if (only === undefined || name === undefined || others.length + names.length + only.globs.length > 0) {
    throw new SetupError('--checkout takes the files of one repository: name that one alone, such as acme/web.')
  }
  const source = await checkoutSource(resolve(io.cwd, checkout))
  const files = await surveyFiles(`${only.owner}/${name}`, source, undefined, new Set())
  const { owner, globs } = only
  const whose = { owner, credential: CHECKOUT, names: [name], globs, chosen: [name], repositories: [], not_read: [] }
  return {
    host: '',
    read_at: new Date(io.pace.clock.now()),
    owners: [{ ...whose, files: [{ name, ...files }] }],
  }
}

async function fromGitHub(
  io: Io,
  owners: readonly OwnerWords[],
  flags: ActionsUsedFlags,
  configuration: Configuration | undefined,
): Promise<Taken> {
  const connection = await reportConnection(io, flags, configuration, CONTENTS_ROUTES)
  return readOwners(io, connection, owners, {
    read: (words) => filesOfOwner(io, connection, words, flags),
    unread: { files: [] },
  })
}

async function filesOfOwner(
  io: Io,
  connection: Connection,
  words: OwnerWords,
  flags: ActionsUsedFlags,
): Promise<OwnerReading> {
  const { owner, names, globs } = words
  const { door, client, credential, hidden } = await openForReport(connection, words, flags.product)
  const found = await findRepositories(door, owner, words)
  const gaps = [...found.notRead, ...(globs.length > 0 ? hidden : [])]
  const taken = new Set<string>()
  const limit = pLimit(flags.parallelism)
  let done = 0
  const surveyed = await Promise.all(
    found.chosen.map((repository) =>
      limit(async () => {
        const own = await surveyRepository(client, owner, repository, taken)
        done += 1
        io.status?.(`read ${done} of ${found.chosen.length} repositories`)
        return own
      }),
    ),
  )
  const chosen = found.chosen.map(({ name }) => name)
  const { all: repositories } = found.repositories
  const files = surveyed.flatMap((each) => each.files)
  const notRead = [...gaps, ...surveyed.flatMap((each) => each.not_read)]
  return { owner, credential, names, globs, chosen, repositories, files, not_read: notRead }
}
