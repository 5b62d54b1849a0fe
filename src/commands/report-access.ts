import pLimit from 'p-limit'
import { formatAddress, parseAddress, pathOf, rootLevel, scopeAt } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { namesOf, ownerOf, repositoryIn, type ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { groupBy } from '../render/group-by.ts'
import { accessFamilies, settingsRoutes } from '../report/report-routes.ts'
import type { Connection } from '../run/connect.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { type AccessReport, accessAnswers } from '../survey/access.ts'
import { accessDocument } from '../survey/access-document.ts'
import { type AskedAccess, accessOfReading } from '../survey/access-of-reading.ts'
import { accessWorld, ENVIRONMENTS, USED_FAMILIES } from '../survey/access-world.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import { readAccess } from '../survey/read-access.ts'
import { type AccessPerson, PEOPLE_ROUTES, readPeople } from '../survey/read-people.ts'
import type { OwnerReading } from '../survey/reading.ts'
import { accessFacts } from '../survey/report-facts.ts'
import type { SurveyGap } from '../survey/survey-files.ts'
import { readOwners } from './report-owners.ts'
import { runReport, type Taken } from './report-run.ts'
import {
  type OwnerWords,
  openForReport,
  type ReportFlags,
  readableSettings,
  reportConnection,
} from './report-session.ts'

export interface AccessFlags extends ReportFlags {
  /** Adds who may push to the repositories. */
  readonly people?: boolean
}

type Asked = AskedAccess & { readonly declared: ScopeType }
type Fold = (family: string, name: string) => string

/** Tells who may use a secret, a variable or a group of runners, and what a repository may use. Reads only. */
export async function accessCommand(io: Io, words: readonly string[], flags: AccessFlags): Promise<ExitCode> {
  const { families } = await io.registry()
  const used = accessFamilies(families)
  const asked = words.map((word) => questionOf(word, used))
  const fold: Fold = (family, name) => used.find((each) => each.name === family)?.fold(name) ?? name
  const people = flags.people ?? false
  return runReport<AccessReport>(io, words, flags, {
    name: 'access',
    needs: 'settings',
    read: () => read(io, asked, flags, used, fold),
    narrow: (reading, file) => {
      if (people && reading.owners.some((own) => own.people === undefined)) {
        throw new SetupError(`${file} does not hold who may push: it was saved without --people.`)
      }
      if (words.length === 0 && reading.report !== 'access') {
        throw new SetupError(`${file} was read for ${reading.report}: name the addresses to report on.`)
      }
      const strange = asked.find(({ owner }) => !reading.owners.some((own) => own.owner === owner))
      if (strange === undefined) return reading
      throw new SetupError(`${file} holds nothing of ${strange.owner}: it was read for ${reading.asked.join(' ')}.`)
    },
    make: async (reading) => {
      const questions = words.length > 0 ? asked : reading.asked.map((word) => questionOf(word, used))
      return accessOfReading(reading, { asked: questions, fold, people, from: flags.from })
    },
    documentOf: accessDocument,
    factsOf: accessFacts,
  })
}

async function read(
  io: Io,
  asked: readonly Asked[],
  flags: AccessFlags,
  families: readonly Family[],
  fold: Fold,
): Promise<Taken> {
  const granted = settingsRoutes(families)
  const connection = await reportConnection(io, flags, undefined, flags.people ? PEOPLE_ROUTES : [], granted)
  const parts = [...groupBy(asked, (each) => each.owner)].map(([owner, own]): AskedOwner => {
    const names = [...new Set(own.flatMap(({ name }) => name ?? []))]
    return { owner, names, globs: ['*'], declared: own[0]?.declared ?? 'repository', asked: own }
  })
  const names = families.map(({ name }) => name)
  return readOwners(io, connection, parts, {
    read: (part) => readOwner(connection, part, flags, families, fold),
    unread: { settings: { families: names, read: [] }, ...(flags.people ? { people: [] } : {}) },
  })
}

interface AskedOwner extends OwnerWords {
  readonly asked: readonly Asked[]
}

async function readOwner(
  connection: Connection,
  part: AskedOwner,
  flags: AccessFlags,
  families: readonly Family[],
  fold: Fold,
): Promise<OwnerReading> {
  const { owner, names } = part
  const { door, client, credential, hidden } = await openForReport(connection, part, flags.product)
  const globs = door.facts.type === 'personal' ? [] : part.globs
  const found = await findRepositories(door, owner, { names, globs })
  const { all: repositories } = found.repositories
  const readable = await readableSettings(connection, owner, families)
  const { settings, notRead } = await readAccess(door, { owner, names, repositories, families: readable.families })
  const gaps: SurveyGap[] = [...found.notRead, ...(globs.length > 0 ? hidden : []), ...readable.lacking, ...notRead]
  const reading: OwnerReading = {
    ...{ owner, credential, names, globs, chosen: names, repositories },
    settings: { families: families.map(({ name }) => name), ...settings },
    not_read: gaps,
    barred: readable.barred,
  }
  if (!flags.people) return reading
  const answer = accessAnswers(accessWorld(reading), fold)
  const rows = part.asked.flatMap((question) => answer(question)?.rows ?? [])
  const limit = pLimit(flags.parallelism)
  const shown = [...new Set(rows.map((row) => row.repository))]
  const people = await Promise.all(
    shown.map((repository) =>
      limit(async (): Promise<readonly AccessPerson[]> => {
        try {
          return await readPeople(client, { owner, repo: repository.split('/')[1] ?? '', shown: repository })
        } catch (error) {
          if (!(error instanceof GitHubError)) throw error
          gaps.push({ repository, file: 'collaborators', reason: error.message })
          return []
        }
      }),
    ),
  )
  return { ...reading, people: people.flat() }
}

/** A thing by its address, or a repository: `repos/acme/web`, `acme/web`. @throws SetupError for anything else */
function questionOf(word: string, used: readonly Family[]): Asked {
  const words = word.split('/')
  const isShort = words.length === 2 && rootLevel(word) === undefined
  const scope = scopeAt(isShort ? pathOf('repository', words) : word)
  const whole = scope && repositoryIn(scope)
  if (scope !== undefined && whole !== undefined && namesOf(scope).length === 2) {
    const name = whole.repo.toLowerCase()
    const owner = whole.owner.toLowerCase()
    return { asked: word, repository: name, owner, declared: scope.type, name, family: undefined }
  }
  const parsed = parseAddress(word)
  const family = used.find(({ name }) => name === parsed?.family && name !== ENVIRONMENTS)
  if (parsed === undefined || family === undefined || parsed.key === '') {
    const names = USED_FAMILIES.filter((each) => used.some(({ name }) => name === each)).join(', ')
    throw new SetupError(
      `${word} is neither a repository (acme/web) nor the address of something that repositories use, such as orgs/acme/secrets/TOKEN: the families are ${names}.`,
    )
  }
  const owner = ownerOf(parsed.scope)
  if (owner.includes('/')) {
    throw new SetupError(`${word} is of an enterprise: ask about one of its organizations.`)
  }
  return {
    asked: word,
    thing: formatAddress(parsed.scope, family.name, family.fold(parsed.key)),
    owner: owner.toLowerCase(),
    declared: rootLevel(word) ?? 'repository',
    name: repositoryIn(parsed.scope)?.repo.toLowerCase(),
    family: family.name,
  }
}
