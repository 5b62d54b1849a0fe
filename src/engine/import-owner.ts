import { byText, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import { isPresent } from '../core/family-at.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import { readsTaken } from '../core/reads-for.ts'
import { type Repositories, type Repository, shownOf } from '../core/repository.ts'
import { hasSome, pickRoute } from '../core/routes.ts'
import { type Scope, scopeOwned } from '../core/scope.ts'
import { isOfMember } from './expected-reads.ts'
import { foldRequests } from './fold-facts.ts'
import { importScopes } from './import.ts'
import { type EachImport, isOfCredential, type ReadRepository, readEach, repositoryScope } from './read-each.ts'
import { readRepositories } from './repositories.ts'

/** The work that an import of many repositories has before it. */
export interface ImportWork {
  readonly repositories: number
  /** Repositories of an earlier run, which are not read again. */
  readonly known: number
  /** Archived ones, which take no write. */
  readonly archived: readonly string[]
  /** As far as they are known before: each list counts once. */
  readonly requests: number
}

export interface OwnerImport extends EachImport {
  /** Repositories that an earlier run read, by id. */
  readonly known: ReadonlyMap<number, ReadRepository>
  /** Whether settings that repositories share are looked for afterwards: the requests for that are counted with the others. */
  readonly folds?: boolean
  begin(work: ImportWork): void
}

/** An owner with its repositories. */
export interface ImportedOwner {
  readonly repositories: Repositories
  /** The owner, whole. */
  readonly own: readonly ScopeSettings[]
  /** In the order of their names. */
  readonly read: readonly ReadRepository[]
  /** Whether each one that could not be read was asked for in vain by an earlier run, too: nothing more is to be had. */
  readonly isAsFarAsItGoes: boolean
  /** Scopes that could not be read; no request is sent any more after a part of which nothing could. */
  readonly notRead: readonly NotRead[]
  /** Families of the owner itself that GitHub does not show there. */
  readonly partsNotRead: readonly PartNotRead[]
  readonly leftOut: readonly string[]
  /** All names as GitHub shows them, by those in the documents. */
  readonly shown: Readonly<Record<string, string>>
}

/**
 * Reads an owner with all of its repositories but the archived ones: the requests for each are the same, and there is no
 * other step for each pair of them.
 * @throws GitHubError where the owner or its listing cannot be read
 */
export async function importOwner(request: OwnerImport): Promise<ImportedOwner> {
  const { door, owner, families, known, missed, whyUnsaid } = request
  const { repositories } = await readRepositories(door.get, { name: owner, id: door.facts.id }, 'all', 'all')
  const active = repositories.all.filter(({ archived }) => !archived)
  // A repository that was renamed since is read again: its settings stand under its name.
  const isKnown = ({ id, name }: Repository): boolean => known.get(id)?.name === name
  const fresh = active.filter((each) => !isKnown(each))
  const requests = fresh.reduce((sum, each) => sum + requestsFor(repositoryScope(owner, each.name), request), 0)
  const ownScope = scopeOwned('organization', owner)
  request.begin({
    repositories: active.length,
    known: active.length - fresh.length,
    archived: repositories.all.filter(({ archived }) => archived).map(({ name }) => name),
    requests:
      requests +
      requestsFor(ownScope, request) +
      (request.folds && active.length > 1 ? foldRequests(door.support, repositories.all.length) : 0),
  })
  const own = importScopes({ door, owner, families, repositories, whyUnsaid, glob: formatScope(ownScope) })
  const [organization, others] = await Promise.all([own, readEach(request, repositories, fresh)])
  const read: ReadRepository[] = active.flatMap((each) => (isKnown(each) ? (known.get(each.id) ?? []) : []))
  append(read, others.found)
  const notRead: NotRead[] = [...organization.notRead]
  append(notRead, others.notRead)
  const isEachLostTwice = others.lost.every((each) => !each.errors.some(isOfCredential) && missed.has(each.id))
  let isAsFarAsItGoes = organization.notRead.length === 0 && !others.isStopped && isEachLostTwice
  const isUnanswered = others.lost.some(({ errors }) => errors.some(({ status }) => status === undefined))
  // A connection may break twice at one repository: it is for the next run, while runs find more.
  if (isUnanswered && others.found.length > 0) isAsFarAsItGoes = false
  read.sort((one, other) => byText(one.name, other.name))
  const { scopes, partsNotRead, leftOut } = organization
  const shown = { ...shownOf(repositories), ...organization.shown }
  for (const each of read) Object.assign(shown, each.shown)
  return { repositories, own: scopes, read, isAsFarAsItGoes, notRead, partsNotRead, leftOut, shown }
}

/** The requests for one scope, each list counted once; those for each of its members, such as environments, are not known before. */
function requestsFor(scope: Scope, { families, door: { support } }: OwnerImport): number {
  const present = families.filter((family) => isPresent(family, scope, support))
  const routes = present.flatMap((family) =>
    readsTaken(family.scopes[scope.type] ?? {}, 'imports')
      .filter((each) => hasSome(support, each))
      .map((each) => pickRoute(each, support)),
  )
  return new Set(routes.filter((route) => !isOfMember(route, { scope }))).size
}
