import { byText, formatScope, pathOf } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { WhyUnsaid } from '../core/declarable.ts'
import type { Family } from '../core/family.ts'
import { isPresent } from '../core/family-at.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import { readsTaken } from '../core/reads-for.ts'
import { type Repositories, type Repository, shownOf } from '../core/repository.ts'
import { hasSome, pickRoute } from '../core/routes.ts'
import { repositoryIn, type Scope, scopeOwned } from '../core/scope.ts'
import type { GitHubError } from '../github/errors.ts'
import { isOfMember } from './expected-reads.ts'
import { foldRequests } from './fold-facts.ts'
import { importScopes } from './import.ts'
import type { OwnerDoor } from './open-owner.ts'
import { readRepositories } from './repositories.ts'

/** One repository as it was read, with the scopes in it. */
export interface ReadRepository {
  readonly id: number
  readonly name: string
  readonly scopes: readonly ScopeSettings[]
  /** Families that GitHub does not show there. */
  readonly partsNotRead: readonly PartNotRead[]
  readonly leftOut: readonly string[]
  /** Entries of its lists as GitHub shows them, by those in the documents. */
  readonly shown?: Readonly<Record<string, string>>
}

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

export interface OwnerImport {
  readonly door: OwnerDoor
  readonly owner: string
  readonly families: readonly Family[]
  /** Repositories that an earlier run read, by id. */
  readonly known: ReadonlyMap<number, ReadRepository>
  /** The ids of those that an earlier run asked for, and could not read. */
  readonly missed: ReadonlySet<number>
  /** Whether settings that repositories share are looked for afterwards: the requests for that are counted with the others. */
  readonly folds?: boolean
  /** Texts that the configuration cannot hold: what has one is left out. */
  readonly whyUnsaid?: WhyUnsaid
  begin(work: ImportWork): void
  /** Keeps repositories that were read. */
  keep(read: readonly ReadRepository[]): Promise<void>
  /** Keeps the ids of repositories that were asked for, and could not be read. */
  miss(ids: readonly number[]): Promise<void>
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

/** Repositories that are read together, and kept before the next ones. */
const PART = 20

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
  const requests = fresh.reduce((sum, each) => sum + requestsFor(scopeOf(owner, each.name), request), 0)
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
  const organization = await importScopes({
    door,
    owner,
    families,
    repositories,
    whyUnsaid,
    glob: formatScope(ownScope),
  })
  const read: ReadRepository[] = active.flatMap((each) => (isKnown(each) ? (known.get(each.id) ?? []) : []))
  const notRead: NotRead[] = [...organization.notRead]
  let isAsFarAsItGoes = organization.notRead.length === 0
  let [isUnanswered, isMore] = [false, false]
  for (let at = 0; at < fresh.length; at += PART) {
    const part = await readPart(request, repositories, fresh.slice(at, at + PART))
    await request.keep(part.found)
    append(read, part.found)
    append(notRead, part.notRead)
    const asked = part.lost.filter(({ errors }) => !errors.some(isOfCredential))
    await request.miss(asked.map(({ id }) => id))
    isAsFarAsItGoes &&= part.lost.every((each) => asked.includes(each) && missed.has(each.id))
    isUnanswered ||= part.lost.some(({ errors }) => errors.some(({ status }) => status === undefined))
    isMore ||= part.found.length > 0
    // The next ones would fail as well.
    if (part.found.length === 0 && part.lost.some((each) => isOutage(each, missed))) {
      const others = fresh.slice(at + PART)
      isAsFarAsItGoes &&= others.length === 0
      append(
        notRead,
        others.map(({ name }) => ({ scope: formatScope(scopeOf(owner, name)), reason: 'not reached' })),
      )
      break
    }
  }
  // A connection may break twice at one repository: it is for the next run, while runs find more.
  if (isUnanswered && isMore) isAsFarAsItGoes = false
  read.sort((one, other) => byText(one.name, other.name))
  const { scopes: own, partsNotRead, leftOut } = organization
  const shown = { ...shownOf(repositories), ...organization.shown }
  for (const each of read) Object.assign(shown, each.shown)
  return { repositories, own, read, isAsFarAsItGoes, notRead, partsNotRead, leftOut, shown }
}

/** Repositories that were read together. */
interface ReadTogether {
  readonly found: readonly ReadRepository[]
  /** Those that could not be read, with the first error of each of their scopes. */
  readonly lost: readonly { readonly id: number; readonly errors: readonly GitHubError[] }[]
  readonly notRead: readonly NotRead[]
}

async function readPart(
  { door, owner, families, whyUnsaid }: OwnerImport,
  repositories: Repositories,
  part: readonly Repository[],
): Promise<ReadTogether> {
  const imported = await importScopes({
    ...{ owner, families, repositories, whyUnsaid },
    door: { ...door, get: door.ofRepositories() },
    scopes: part.map(({ name }) => scopeOf(owner, name)),
    glob: pathOf('repository', [owner, '*']),
  })
  const lostIn = (place: string): readonly string[] =>
    imported.notRead.flatMap(({ scope }) => (scope === place || scope.startsWith(`${place}/`) ? [scope] : []))
  const all = part.map(({ id, name }) => {
    const place = formatScope(scopeOf(owner, name))
    return { id, name, place, lost: lostIn(place) }
  })
  return {
    found: all
      .filter(({ lost }) => lost.length === 0)
      .map(({ id, name, place }) => ({
        id,
        name,
        scopes: imported.scopes.filter(({ scope }) => repositoryIn(scope)?.repo === name),
        partsNotRead: imported.partsNotRead.filter(({ scope }) => repositoryIn(scope)?.repo === name),
        leftOut: imported.leftOut.filter((each) => each.startsWith(`${place}/`)),
        ...(hasAny(imported.shown) ? { shown: imported.shown } : {}),
      })),
    lost: all
      .filter(({ lost }) => lost.length > 0)
      .map(({ id, lost }) => ({ id, errors: lost.flatMap((scope) => imported.errors.get(scope) ?? []) })),
    notRead: imported.notRead,
  }
}

/** A limit, or a token that ran out: nothing was said of the repository. */
function isOfCredential({ limited, status }: GitHubError): boolean {
  return limited || status === 401
}

/** Whether GitHub answers of no repository now, for all that is known: it refused none for itself, nor was it so before. */
function isOutage({ id, errors }: ReadTogether['lost'][number], missed: ReadonlySet<number>): boolean {
  return errors.some((error) => isOfCredential(error) || (error.kind !== 'forbidden' && !missed.has(id)))
}

function scopeOf(owner: string, repository: string): Scope {
  return scopeOwned('repository', owner, [repository])
}

function hasAny(shown: Readonly<Record<string, string>>): boolean {
  return Object.keys(shown).length > 0
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
