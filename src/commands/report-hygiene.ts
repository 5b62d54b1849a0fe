import pLimit from 'p-limit'
import { pathOf } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Family } from '../core/family.ts'
import { SetupError } from '../core/setup-error.ts'
import { hygieneFamilies, LIST_ROUTES, settingsRoutes } from '../report/report-routes.ts'
import type { Connection } from '../run/connect.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { CONTENTS_ROUTES } from '../survey/contents-source.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import type { HygieneReport } from '../survey/hygiene.ts'
import { hygieneDocument } from '../survey/hygiene-document.ts'
import { hygieneOfReading } from '../survey/hygiene-of-reading.ts'
import { narrowed } from '../survey/narrow-reading.ts'
import { readAccess } from '../survey/read-access.ts'
import {
  emptyLists,
  type HygienePlace,
  joinLists,
  OWNER_LISTS,
  REPOSITORY_LISTS,
  readLists,
} from '../survey/read-hygiene.ts'
import type { HygieneLists, OwnerReading, RepositoryFiles } from '../survey/reading.ts'
import { hygieneFacts } from '../survey/report-facts.ts'
import type { SurveyGap } from '../survey/survey-files.ts'
import { surveyRepository } from '../survey/survey-repository.ts'
import { readOwners } from './report-owners.ts'
import { runReport, type Taken } from './report-run.ts'
import {
  type OwnerWords,
  openForReport,
  type ReportFlags,
  readableSettings,
  reportConnection,
  wordsByOwner,
} from './report-session.ts'

export interface HygieneFlags extends ReportFlags {
  /** Days. */
  readonly olderThan?: number
}

/** Finds what is unused, old, hidden, open or forbidden; each finding says how it is known. Reads only. */
export async function hygieneCommand(io: Io, words: readonly string[], flags: HygieneFlags): Promise<ExitCode> {
  const owners = wordsByOwner(words)
  const { families } = await io.registry()
  const used = hygieneFamilies(families, flags.save !== undefined)
  const fold = (family: string, name: string): string => used.find((each) => each.name === family)?.fold(name) ?? name
  return runReport<HygieneReport>(io, words, flags, {
    name: 'hygiene',
    needs: 'lists',
    read: () => read(io, owners, flags, used),
    narrow: (reading, file) => {
      if (flags.olderThan !== undefined && reading.owners.some(({ lists }) => lists?.secrets === undefined)) {
        throw new SetupError(`${file} holds no ages of secrets: it was saved without them.`)
      }
      return words.length === 0 ? reading : narrowed(reading, owners, file)
    },
    make: async (reading) => {
      const report = hygieneOfReading(reading, { olderThan: flags.olderThan, fold })
      return { report, gaps: report.not_read }
    },
    documentOf: hygieneDocument,
    factsOf: hygieneFacts,
    found: ({ findings }) => findings.length,
  })
}

async function read(
  io: Io,
  owners: readonly OwnerWords[],
  flags: HygieneFlags,
  families: readonly Family[],
): Promise<Taken> {
  const granted = [...settingsRoutes(families), ...LIST_ROUTES]
  const connection = await reportConnection(io, flags, undefined, CONTENTS_ROUTES, granted)
  return readOwners(io, connection, owners, {
    read: (words) => readOwner(io, connection, words, flags, families),
    unread: {
      settings: { families: families.map(({ name }) => name), read: [] },
      files: [],
      lists: emptyLists(agesFor(flags)),
    },
  })
}

function agesFor({ olderThan, save }: HygieneFlags): 'with ages' | 'without ages' {
  return olderThan !== undefined || save !== undefined ? 'with ages' : 'without ages'
}

async function readOwner(
  io: Io,
  connection: Connection,
  words: OwnerWords,
  flags: HygieneFlags,
  families: readonly Family[],
): Promise<OwnerReading> {
  const { owner } = words
  const { door, client, credential, hidden } = await openForReport(connection, words, flags.product)
  const found = await findRepositories(door, owner, words, 'listed too')
  const chosen = found.chosen.map(({ name }) => name)
  const { all: repositories } = found.repositories
  const readable = await readableSettings(connection, owner, families)
  const request = { owner, names: chosen, repositories, families: readable.families }
  const { settings, notRead: unread } = await readAccess(door, request)
  const notRead: SurveyGap[] = [...found.notRead, ...hidden, ...readable.lacking, ...unread]
  const ages = agesFor(flags)
  const lists: HygieneLists[] = []
  const listAt = async (place: HygienePlace): Promise<void> => {
    const listed = await readLists(client, place, ages)
    lists.push(listed.lists)
    append(notRead, listed.notRead)
  }
  const taken = new Set<string>()
  let done = 0
  const readOne = async (name: string, shown: string): Promise<readonly RepositoryFiles[]> => {
    const address = pathOf('repository', [owner, name])
    await listAt({ address, params: { owner, repo: shown }, routes: REPOSITORY_LISTS })
    const own = await surveyRepository(client, owner, { name, shown }, taken)
    append(notRead, own.not_read)
    done += 1
    io.status?.(`read ${done} of ${chosen.length} repositories`)
    return own.files
  }
  if (door.facts.type !== 'personal') {
    await listAt({ address: pathOf('organization', [owner]), params: { org: owner }, routes: OWNER_LISTS })
  }
  const limit = pLimit(flags.parallelism)
  const files = await Promise.all(found.chosen.map(({ name, shown = name }) => limit(() => readOne(name, shown))))
  const { names, globs } = words
  return {
    ...{ owner, credential, names, globs, chosen, repositories },
    settings: { families: families.map(({ name }) => name), ...settings },
    files: files.flat(),
    lists: joinLists(lists),
    not_read: notRead,
    barred: readable.barred,
  }
}
