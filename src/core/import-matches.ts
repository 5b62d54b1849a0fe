import { byText } from './address.ts'
import type { Document } from './json.ts'
import type { Repository, RepositoryVisibility } from './repository.ts'

/** The facts of a repository that the listing shows, and that a set's `match` can ask for. */
export type MatchedRepository = Pick<Repository, 'name' | 'visibility'> & Partial<Pick<Repository, 'fork' | 'topics'>>

/** A selector that a set may have, and the repositories that it takes. */
export interface Matching<Of extends MatchedRepository> {
  readonly match: Document
  takes(repository: MatchedRepository): boolean
  readonly within: readonly Of[]
}

/**
 * The selectors that may fold what these repositories say, the widest first: all, by visibility, by `fork`, and by each topic
 * that several of them have, the most common first. Teams and custom properties would take requests of their own.
 */
export function createMatches<Of extends MatchedRepository>(
  all: readonly Of[],
): (stating: readonly Of[]) => readonly Matching<Of>[] {
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
  const topics = new Map<string, Matching<Of>>()
  const byTopic = (topic: string): Matching<Of> => {
    const known = topics.get(topic) ?? matching({ topic }, (each) => topicsOf(each).includes(topic))
    topics.set(topic, known)
    return known
  }
  return (stating) => {
    if (stating.length < 2) return []
    const counts = new Map<string, number>()
    for (const topic of stating.flatMap(topicsOf)) counts.set(topic, (counts.get(topic) ?? 0) + 1)
    const shared = [...counts].filter(([, count]) => count > 1)
    shared.sort(([left, more], [right, less]) => less - more || byText(left, right))
    return [...wide, ...shared.map(([topic]) => byTopic(topic))]
  }
}

const VISIBILITIES: readonly (readonly RepositoryVisibility[])[] = [['private', 'internal'], ['public']]

/** Each once, folded: GitHub's topics are in lower case. */
function topicsOf({ topics = [] }: MatchedRepository): readonly string[] {
  return [...new Set(topics.map((topic) => topic.toLowerCase()))]
}
