import { resolve } from 'node:path'
import pLimit from 'p-limit'
import { indexRepositories } from '../core/repository.ts'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { enter } from '../run/through-gate.ts'
import { type ActionsUsed, actionsUsed, type DesiredList } from '../survey/actions-used.ts'
import { actionsUsedDocument } from '../survey/actions-used-document.ts'
import { checkoutSource } from '../survey/checkout-source.ts'
import { CONTENTS_ROUTES, contentsSource } from '../survey/contents-source.ts'
import { desiredLists } from '../survey/desired-lists.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import { type SurveyedFiles, type SurveyGap, surveyFiles } from '../survey/survey-files.ts'
import { printReport } from './report-print.ts'
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
export async function actionsUsedCommand(io: Io, words: readonly string[], flags: ActionsUsedFlags): Promise<ExitCode> {
  const { config: _, ...gateFlags } = flags
  const entry = await enter(io, 'report actions-used', await contextOf(io), gateFlags, 'apply')
  if (entry.kind === 'refused') return entry.code
  const owners = wordsByOwner(words)
  const report =
    flags.checkout === undefined ? await fromGitHub(io, owners, flags) : await fromCheckout(io, owners, flags)
  await printReport(io, report, { format: flags.format, out: flags.out, documentOf: actionsUsedDocument })
  return report.not_read.length > 0 ? EXIT.unread : EXIT.ok
}

async function fromCheckout(io: Io, owners: readonly OwnerWords[], flags: ActionsUsedFlags): Promise<ActionsUsed> {
  const [only, ...others] = owners
  const [name, ...names] = only?.names ?? []
  if (only === undefined || name === undefined || others.length + names.length + only.globs.length > 0) {
    throw new SetupError('--checkout takes the files of one repository: name that one alone, such as acme/web.')
  }
  const repository = `${only.owner}/${name}`
  const source = await checkoutSource(resolve(io.cwd, flags.checkout ?? '.'))
  const configuration = await configurationFor(io, flags)
  const lists = configuration && desiredLists(configuration, only.owner, indexRepositories([], 'partial'))
  return actionsUsed({
    host: '',
    repositories: [repository],
    surveyed: [await surveyFiles(repository, source, undefined, new Set())],
    notRead: [],
    desired: (each) => lists?.(each),
  })
}

async function fromGitHub(io: Io, owners: readonly OwnerWords[], flags: ActionsUsedFlags): Promise<ActionsUsed> {
  const configuration = await configurationFor(io, flags)
  const connection = await reportConnection(io, flags, configuration, CONTENTS_ROUTES)
  const surveyed: SurveyedFiles[] = []
  const repositories: string[] = []
  const notRead: SurveyGap[] = []
  const lists = new Map<string, (repository: string) => DesiredList | undefined>()
  for (const words of owners) {
    const { owner } = words
    const { door, client } = await openForReport(connection, words, flags.product)
    const found = await findRepositories(door, owner, words)
    for (const each of found.notRead) notRead.push(each)
    if (configuration !== undefined) lists.set(owner, desiredLists(configuration, owner, found.repositories))
    const taken = new Set<string>()
    const limit = pLimit(flags.parallelism)
    let done = 0
    const read = await Promise.all(
      found.chosen.map(({ name, shown = name }) =>
        limit(async (): Promise<SurveyedFiles | SurveyGap> => {
          const repository = `${owner}/${shown}`
          const other = (repo: string, ref: string) => contentsSource(client, { owner, repo, ref })
          try {
            return await surveyFiles(repository, contentsSource(client, { owner, repo: shown }), other, taken)
          } catch (error) {
            if (!(error instanceof GitHubError)) throw error
            return { repository, file: '', reason: error.message }
          } finally {
            done += 1
            io.status?.(`read ${done} of ${found.chosen.length} repositories`)
          }
        }),
      ),
    )
    for (const each of read) {
      if ('reason' in each) notRead.push(each)
      else surveyed.push(each)
    }
    for (const { name, shown = name } of found.chosen) repositories.push(`${owner}/${shown}`)
  }
  return actionsUsed({
    host: connection.api.host,
    repositories,
    surveyed,
    notRead,
    desired: (repository) => lists.get(repository.toLowerCase().split('/')[0] ?? '')?.(repository),
  })
}
