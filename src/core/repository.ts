import type { KnownNames } from './known-names.ts'

export type RepositoryVisibility = 'public' | 'private' | 'internal'

/** The facts about a repository: enough to resolve selectors and to name the repositories that gain access. */
export interface Repository {
  /** GitHub's numeric id, which a rename does not change. */
  readonly id: number
  /** The name below its owner, folded to lower case as GitHub compares it. */
  readonly name: string
  /** The name as GitHub shows it; left out where that is the folded one. */
  readonly shown?: string
  readonly visibility: RepositoryVisibility
  readonly fork: boolean
  readonly archived: boolean
  readonly topics: readonly string[]
  /** Slugs, folded, of the teams with access to it that selectors name; undefined where none does. */
  readonly teams?: readonly string[]
  /** The values of its custom properties, by folded name; undefined where no selector asks for one. */
  readonly properties?: ReadonlyMap<string, readonly string[]>
}

/** The repositories of one owner. */
export interface Repositories {
  readonly all: readonly Repository[]
  readonly byName: ReadonlyMap<string, Repository>
  readonly byId: ReadonlyMap<number, Repository>
  /** Whether the listing is whole and the credential sees every repository: else exact lists and `prune` are held back. */
  readonly complete: boolean
  /**
   * Set where the configuration needs none but those that it names, however they were read: those that may use what all
   * may use are named only where that changes.
   */
  readonly onlyNamed?: true
  /** Slugs of the owner's teams, as far as they were read. */
  readonly teams?: readonly string[]
  /** The facts about names in the configuration or the ledger; undefined where GitHub was not asked. */
  readonly names?: KnownNames
}

/** The names that GitHub shows otherwise than folded, by the folded ones. */
export function shownOf({ all }: Pick<Repositories, 'all'>): Record<string, string> {
  return Object.fromEntries(all.flatMap(({ name, shown }) => (shown === undefined ? [] : [[name, shown]])))
}

/** Indexes a listing by name and id. */
export function indexRepositories(all: readonly Repository[], complete: 'complete' | 'partial'): Repositories {
  return {
    all,
    byName: new Map(all.map((repository) => [repository.name, repository])),
    byId: new Map(all.map((repository) => [repository.id, repository])),
    complete: complete === 'complete',
  }
}
