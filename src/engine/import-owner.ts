import { formatScope, pathOf } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Family } from '../core/family.ts'
import { isPresent } from '../core/family-at.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import { readsTaken } from '../core/reads-for.ts'
import { type Repositories, type Repository, shownOf } from '../core/repository.ts'
import { repositoryIn, type Scope, scopeOwned } from '../core/scope.ts'
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
  /** Whether settings that repositories share are looked for afterwards: the requests for that are counted with the others. */
  readonly folds?: boolean
  begin(work: ImportWork): void
  /** Keeps repositories that were read. */
  keep(read: readonly ReadRepository[]): Promise<void>
}

/** An owner with its repositories. */
export interface ImportedOwner {
  readonly repositories: Repositories
  /** The owner, whole. */
  readonly own: readonly ScopeSettings[]
  readonly read: readonly ReadRepository[]
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
  const { door, owner, families, known } = request
  const { repositories } = await readRepositories(door.get, { name: owner, id: door.facts.id }, 'all', 'all')
  const active = repositories.all.filter(({ archived }) => !archived)
  const scopeOf = ({ name }: Repository): Scope => scopeOwned('repository', owner, [name])
  // A repository that was renamed since is read again: its settings stand under its name.
  const isKnown = ({ id, name }: Repository): boolean => known.get(id)?.name === name
  const fresh = active.filter((each) => !isKnown(each))
  const requests = fresh.reduce((sum, each) => sum + requestsFor(scopeOf(each), request), 0)
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
  const organization = await importScopes({ door, owner, families, repositories, glob: formatScope(ownScope) })
  const read: ReadRepository[] = active.flatMap((each) => (isKnown(each) ? (known.get(each.id) ?? []) : []))
  const notRead: NotRead[] = [...organization.notRead]
  for (let at = 0; at < fresh.length; at += PART) {
    const part = fresh.slice(at, at + PART)
    const scopes = part.map(scopeOf)
    const imported = await importScopes({
      ...{ door, owner, families, repositories, scopes },
      glob: pathOf('repository', [owner, '*']),
    })
    const failed = new Set(imported.notRead.map(({ scope }) => scope))
    const whole = part.filter((each) => {
      const place = formatScope(scopeOf(each))
      return ![...failed].some((scope) => scope === place || scope.startsWith(`${place}/`))
    })
    const found = whole.map(({ id, name }): ReadRepository => {
      const place = formatScope(scopeOwned('repository', owner, [name]))
      return {
        id,
        name,
        scopes: imported.scopes.filter(({ scope }) => repositoryIn(scope)?.repo === name),
        partsNotRead: imported.partsNotRead.filter(({ scope }) => repositoryIn(scope)?.repo === name),
        leftOut: imported.leftOut.filter((each) => each.startsWith(`${place}/`)),
        ...(hasAny(imported.shown) ? { shown: imported.shown } : {}),
      }
    })
    await request.keep(found)
    append(read, found)
    append(notRead, imported.notRead)
    // A limit, or a lost connection: the next ones would fail as well.
    if (whole.length === 0) {
      append(
        notRead,
        fresh.slice(at + PART).map((each) => ({ scope: formatScope(scopeOf(each)), reason: 'not reached' })),
      )
      break
    }
  }
  const { scopes: own, partsNotRead, leftOut } = organization
  const shown = { ...shownOf(repositories), ...organization.shown }
  for (const each of read) Object.assign(shown, each.shown)
  return { repositories, own, read, notRead, partsNotRead, leftOut, shown }
}

function hasAny(shown: Readonly<Record<string, string>>): boolean {
  return Object.keys(shown).length > 0
}

/** The requests for one scope, each list counted once. */
function requestsFor(scope: Scope, { families, door }: OwnerImport): number {
  const present = families.filter((family) => isPresent(family, scope, door.support))
  return present.reduce((sum, family) => sum + readsTaken(family.scopes[scope.type] ?? {}, 'imports').length, 0)
}
