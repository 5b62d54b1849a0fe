import { once } from '../core/once.ts'
import type { Repository } from '../core/repository.ts'

/** A fact of a repository that a selector can ask for, as one text. */
export const factKey = {
  topic: (topic: string): string => `topic ${topic.toLowerCase()}`,
  team: (slug: string): string => `team ${slug.toLowerCase()}`,
  visibility: (visibility: string): string => `visibility ${visibility}`,
  /** The property itself, with any value. */
  property: (name: string): string => `property ${name.toLowerCase()}`,
  /** Values are compared as they are. */
  propertyValue: (name: string, value: string): string => `property ${name.toLowerCase()}\0${value}`,
}

/**
 * Repositories by their facts, made at the first question: a thousand sets with a topic or team each are not tried for each of
 * ten thousand repositories.
 */
export function indexFacts<Of extends { readonly facts: Repository | undefined }>(
  candidates: () => readonly Of[],
): (key: string) => readonly Of[] {
  const index = once(() => {
    const found = new Map<string, Of[]>()
    for (const candidate of candidates()) {
      for (const key of factsOf(candidate.facts)) {
        const there = found.get(key)
        if (there === undefined) found.set(key, [candidate])
        else there.push(candidate)
      }
    }
    return found
  })
  return (key) => index().get(key) ?? []
}

/** Each once. */
function factsOf(facts: Repository | undefined): ReadonlySet<string> {
  if (facts === undefined) return new Set()
  const { topics, teams = [], visibility, properties = new Map<string, readonly string[]>() } = facts
  return new Set([
    ...topics.map(factKey.topic),
    ...teams.map(factKey.team),
    factKey.visibility(visibility),
    ...[...properties].flatMap(([name, values]) => [
      factKey.property(name),
      ...values.map((value) => factKey.propertyValue(name, value)),
    ]),
  ])
}
