import pLimit from 'p-limit'
import { formatScope, pathOf } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { WhyUnsaid } from '../core/declarable.ts'
import type { Family } from '../core/family.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories, Repository } from '../core/repository.ts'
import { type Scope, scopeOwned } from '../core/scope.ts'
import type { GitHubError } from '../github/errors.ts'
import { beginAbove } from './begin-above.ts'
import { importScope } from './import-scope.ts'
import type { OwnerDoor } from './open-owner.ts'

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

/** Repositories of an owner that are read, and the ways to keep what was read. */
export interface EachImport {
  readonly door: OwnerDoor
  readonly owner: string
  readonly families: readonly Family[]
  /** The ids of those that an earlier run asked for, and could not read. */
  readonly missed: ReadonlySet<number>
  /** How many requests are sent at once. */
  readonly atOnce: number
  /** Texts that the configuration cannot hold: what has one is left out. */
  readonly whyUnsaid?: WhyUnsaid
  /** Keeps repositories that were read. */
  keep(read: readonly ReadRepository[]): Promise<void>
  /** Keeps the ids of repositories that were asked for, and could not be read. */
  miss(ids: readonly number[]): Promise<void>
}

/** Repositories that were read one by one, in the order that they were given in. */
export interface ReadEach {
  readonly found: readonly ReadRepository[]
  /** Those that could not be read, with the first error of each of their scopes. */
  readonly lost: readonly LostRepository[]
  readonly notRead: readonly NotRead[]
  /** Whether some were not asked for any more. */
  readonly isStopped: boolean
}

interface LostRepository {
  readonly id: number
  readonly errors: readonly GitHubError[]
}

/** More than there are requests at once: of the others nothing is begun yet. */
const AHEAD = 8
/** After so many in a row of which nothing could be read, the next ones would fail as well. */
const IN_VAIN = 20

/** Reads repositories, each as soon as there is room, and keeps each once it was read. */
export async function readEach(
  request: EachImport,
  repositories: Repositories,
  asked: readonly Repository[],
): Promise<ReadEach> {
  const { door, owner, families, whyUnsaid, missed } = request
  const glob = pathOf('repository', [owner, '*'])
  const shared = { owner, families, repositories, whyUnsaid, glob }
  const scopes = asked.map(({ name }) => repositoryScope(owner, name))
  const above = beginAbove({ ...shared, door }, scopes)
  const keep = inBatches(request.keep)
  const miss = inBatches(request.miss)
  let inVain: LostRepository[] = []
  let isStopped = false

  const readOne = async ({ id, name }: Repository, scope: Scope): Promise<Outcome> => {
    if (isStopped) return { notRead: [{ scope: formatScope(scope), reason: 'not reached' }] }
    const one = { ...shared, door: { ...door, get: door.ofRepositories() } }
    const { own, inner, errors, shown } = await importScope(one, scope, above)
    const notRead = [...own.notRead, ...inner.notRead]
    if (notRead.length === 0) {
      inVain = []
      const found = {
        id,
        name,
        scopes: [...own.scopes, ...inner.scopes],
        partsNotRead: [...own.partsNotRead, ...inner.partsNotRead],
        leftOut: [...own.leftOut, ...inner.leftOut],
        ...(Object.keys(shown).length > 0 ? { shown } : {}),
      }
      await keep(found)
      return { found, notRead }
    }
    const lost = { id, errors: notRead.flatMap(({ scope: place }) => errors.get(place) ?? []) }
    inVain.push(lost)
    isStopped ||= inVain.length >= IN_VAIN && inVain.some((each) => isOutage(each, missed))
    if (!lost.errors.some(isOfCredential)) await miss(id)
    return { lost, notRead }
  }

  const inTurn = pLimit(request.atOnce + AHEAD)
  const work = asked.map((each, index) => inTurn(() => readOne(each, scopes[index] as Scope)))
  const [outcomes] = await Promise.all([Promise.all(work), ...above.reads.all])
  const notRead: NotRead[] = []
  for (const each of outcomes) append(notRead, each.notRead)
  return {
    found: outcomes.flatMap(({ found }) => found ?? []),
    lost: outcomes.flatMap(({ lost }) => lost ?? []),
    notRead,
    isStopped: notRead.some(({ reason }) => reason === 'not reached'),
  }
}

interface Outcome {
  readonly found?: ReadRepository
  readonly lost?: LostRepository
  readonly notRead: readonly NotRead[]
}

/** A limit, or a token that ran out: nothing was said of the repository. */
export function isOfCredential({ limited, status }: GitHubError): boolean {
  return limited || status === 401
}

/** Whether GitHub answers of no repository now, for all that is known: it refused none for itself, nor was it so before. */
function isOutage({ id, errors }: LostRepository, missed: ReadonlySet<number>): boolean {
  return errors.some((error) => isOfCredential(error) || (error.kind !== 'forbidden' && !missed.has(id)))
}

/** A repository as a scope. */
export function repositoryScope(owner: string, repository: string): Scope {
  return scopeOwned('repository', owner, [repository])
}

/** Calls one after the other: what comes while one is on its way goes to the next one, together. */
function inBatches<Item>(take: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let waiting: Item[] = []
  let next: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  return (item) => {
    waiting.push(item)
    next ??= last.then(() => {
      const batch = waiting
      waiting = []
      next = undefined
      return take(batch)
    })
    last = next
    return next
  }
}
