import { formatAddress, parseAddress, pathOf, rootLevel, scopeAt } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { namesOf, ownerOf, repositoryIn, type ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { importRoutes } from '../run/needs.ts'
import { enter } from '../run/through-gate.ts'
import {
  type AccessAnswer,
  type AccessPerson,
  type AccessQuestion,
  type AccessReport,
  accessAnswer,
} from '../survey/access.ts'
import { accessDocument } from '../survey/access-document.ts'
import { ENVIRONMENTS, USED_FAMILIES } from '../survey/access-world.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import { readAccess } from '../survey/read-access.ts'
import { PEOPLE_ROUTES, readPeople } from '../survey/read-people.ts'
import { printReport } from './report-print.ts'
import { openForReport, type ReportFlags, reportConnection } from './report-session.ts'

export interface AccessFlags extends ReportFlags {
  /** Adds who may push to the repositories. */
  readonly people?: boolean
}

type Asked = AccessQuestion & {
  readonly owner: string
  readonly declared: ScopeType
  /** The repository that it is about or in, folded. */
  readonly name: string | undefined
}

const LIMITS: readonly string[] = [
  'Read: the settings of the owner and of the repositories that were asked about, as they are now. Not weighed: whether Actions is on, and whether a job meets the rules of its environment (who may push to a branch that they admit).',
  'Not seen: values that a workflow passes on (inputs, `secrets: inherit`, outputs, artifacts), other apps and people with their own access, and what the list of places not read would show.',
]

/** Tells who may use a secret, a variable or a group of runners, and what a repository may use. Reads only. */
export async function accessCommand(io: Io, words: readonly string[], flags: AccessFlags): Promise<ExitCode> {
  const { config: _, ...gateFlags } = flags
  const entry = await enter(io, 'report access', await contextOf(io), gateFlags, 'apply')
  if (entry.kind === 'refused') return entry.code
  const { families } = await io.registry()
  const used = families.filter(({ name }) => name === ENVIRONMENTS || USED_FAMILIES.includes(name))
  const asked = words.map((word) => questionOf(word, used))
  const routes = [...new Set(asked.map(({ owner, declared }) => pathOf(declared, [owner, 'x'])))].flatMap((place) =>
    importRoutes(place, used),
  )
  const connection = await reportConnection(io, flags, undefined, [...routes, ...(flags.people ? PEOPLE_ROUTES : [])])
  const fold = (family: string, name: string): string => used.find((each) => each.name === family)?.fold(name) ?? name
  const answers: AccessAnswer[] = []
  const people: AccessPerson[] = []
  const notRead: { readonly place: string; readonly reason: string }[] = []
  for (const owner of new Set(asked.map((each) => each.owner))) {
    const own = asked.filter((each) => each.owner === owner)
    const names = [...new Set(own.flatMap(({ name }) => name ?? []))]
    const declared = own[0]?.declared ?? 'repository'
    const { door, client } = await openForReport(connection, { owner, declared, names, globs: [] }, flags.product)
    const globs = door.facts.type === 'personal' ? [] : ['*']
    const found = await findRepositories(door, owner, { names, globs })
    for (const { repository, reason } of found.notRead) notRead.push({ place: repository, reason })
    const { repositories } = found
    const read = await readAccess(door, { owner, names, repositories, families: used })
    for (const each of read.notRead) notRead.push(each)
    const there = own.flatMap((question) => {
      const answer = accessAnswer(read.world, question, fold)
      if (answer !== undefined) return answer
      notRead.push({ place: question.asked, reason: 'GitHub shows nothing of this name' })
      return []
    })
    for (const each of there) answers.push(each)
    if (!flags.people) continue
    for (const repository of new Set(there.flatMap(({ rows }) => rows.map((row) => row.repository)))) {
      const repo = repository.split('/')[1] ?? ''
      try {
        for (const each of await readPeople(client, { owner, repo, shown: repository })) people.push(each)
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error
        notRead.push({ place: `${repository} collaborators`, reason: error.message })
      }
    }
  }
  const report: AccessReport = {
    format: 'octoform report access',
    format_version: '1.0',
    host: connection.api.host,
    answers,
    ...(flags.people ? { people } : {}),
    not_read: notRead,
    limits: LIMITS,
  }
  await printReport(io, report, { format: flags.format, out: flags.out, documentOf: accessDocument })
  return notRead.length > 0 ? EXIT.unread : EXIT.ok
}

/** A thing by its address, or a repository: `repos/acme/web`, `acme/web`. @throws SetupError for anything else */
function questionOf(word: string, used: readonly Family[]): Asked {
  const words = word.split('/')
  const isShort = words.length === 2 && rootLevel(word) === undefined
  const scope = scopeAt(isShort ? pathOf('repository', words) : word)
  const whole = scope && repositoryIn(scope)
  if (scope !== undefined && whole !== undefined && namesOf(scope).length === 2) {
    const name = whole.repo.toLowerCase()
    return { asked: word, repository: name, owner: whole.owner.toLowerCase(), declared: scope.type, name }
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
  }
}
