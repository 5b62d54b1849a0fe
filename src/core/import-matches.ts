import { byText } from './address.ts'
import type { Document } from './json.ts'
import type { Repository, RepositoryVisibility } from './repository.ts'

/** The facts of a repository that a set's `match` can ask for, as far as they are known. */
export interface MatchedRepository
  extends Pick<Repository, 'name' | 'visibility'>,
    Partial<Pick<Repository, 'fork' | 'topics' | 'teams'>> {
  /** The values of its custom properties, by their names as GitHub shows them. */
  readonly properties?: ReadonlyMap<string, readonly string[]>
}

/** A selector that a set may have, and the repositories that it takes. */
export interface Matching<Of extends MatchedRepository> {
  readonly match: Document
  takes(repository: MatchedRepository): boolean
  readonly within: readonly Of[]
}

interface Matches<Of extends MatchedRepository> {
  /** All, by visibility, and by `fork`: the widest first. */
  readonly wide: readonly Matching<Of>[]
  /**
   * By each topic, value of a custom property and team that several of the given ones have: the most common first, and of
   * those as common in that order, as the last two take requests of each plan.
   */
  narrow(stating: readonly Of[]): readonly Matching<Of>[]
}

/** The selectors that may fold what these repositories say. */
export function createMatches<Of extends MatchedRepository>(all: readonly Of[]): Matches<Of> {
  const matching = (match: Document, takes: Matching<Of>['takes']): Matching<Of> => {
    return { match, takes, within: all.filter(takes) }
  }
  const wide = [
    matching({}, () => true),
    ...VISIBILITIES.map((visibilities) => {
      const visibility = visibilities.length === 1 ? (visibilities[0] ?? '') : visibilities
      return matching({ visibility } as Document, (each) => visibilities.includes(each.visibility))
    }),
    ...[false, true].map((fork) => matching({ fork }, (each) => (each.fork ?? false) === fork)),
  ].filter(({ within }, index) => index === 0 || (within.length > 0 && within.length < all.length))
  const traits = new Map(all.map((each) => [each, traitsOf(each)]))
  const having = new Map<string, Of[]>()
  for (const each of all) {
    for (const { id } of traits.get(each) ?? []) {
      const others = having.get(id)
      if (others === undefined) having.set(id, [each])
      else others.push(each)
    }
  }
  return {
    wide,
    narrow(stating) {
      const counts = new Map<string, { readonly trait: Trait; count: number }>()
      for (const trait of stating.flatMap((each) => traits.get(each) ?? [])) {
        const counted = counts.get(trait.id) ?? { trait, count: 0 }
        counts.set(trait.id, counted)
        counted.count += 1
      }
      return [...counts.values()]
        .filter(({ count }) => count > 1)
        .sort((left, right) => {
          return right.count - left.count || left.trait.rank - right.trait.rank || byText(left.trait.id, right.trait.id)
        })
        .map(({ trait: { id, match } }) => {
          const takes = (each: MatchedRepository): boolean => traitsOf(each).some((trait) => trait.id === id)
          return { match, takes, within: having.get(id) ?? [] }
        })
    },
  }
}

const VISIBILITIES: readonly (readonly RepositoryVisibility[])[] = [['private', 'internal'], ['public']]

/** A fact that several repositories may share, with the selector for it. */
interface Trait {
  readonly id: string
  readonly rank: number
  readonly match: Document
}

/** Those of a repository, each once. GitHub's topics are in lower case. */
function traitsOf({ topics = [], properties = NO_VALUES, teams = [] }: MatchedRepository): readonly Trait[] {
  const values = [...properties].flatMap(([name, all]) => [...new Set(all)].map((value) => ({ [name]: value })))
  return [
    ...[...new Set(topics.map((topic) => topic.toLowerCase()))].map((topic) => traitOf(0, { topic })),
    ...values.map((custom_property) => traitOf(1, { custom_property })),
    ...teams.map((team) => traitOf(2, { team })),
  ]
}

const NO_VALUES: NonNullable<MatchedRepository['properties']> = new Map()

function traitOf(rank: number, match: Document): Trait {
  return { id: JSON.stringify(match), rank, match }
}
