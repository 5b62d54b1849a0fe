import type { Source } from '../core/diagnostic.ts'
import { type Document, isDocument } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import { factKey } from './fact-index.ts'
import { namedBy } from './name-matcher.ts'
import type { NameVerdict } from './name-verdict.ts'
import { alternatives } from './names-in.ts'
import { type Candidate, knownOf, type Match, type Pool } from './pool.ts'

const FACTS = ['topic', 'visibility', 'fork', 'archived', 'team', 'custom_property'] as const

/**
 * The matches of a selector: all of its keys must hold. Archived repositories match only where `archived` is given, or
 * where `name` writes their name out. Offline, conditions on facts that only GitHub has match nothing.
 * @param at the place of the selector, or of the list around it
 */
export function matchesOf(selector: Document, pool: Pool, at: () => Source): readonly Match[] {
  return knownOf(pool, 'selector', selector, () => {
    if (pool.seen === 'offline' && needsFacts(selector)) return []
    const within = conditionsOf(selector)
    return named(selector, pool, at).filter(({ candidate: { name, facts }, verdict }) => {
      return facts === undefined || within(facts, name, verdict)
    })
  })
}

/** Offline, the repositories that it may match by facts that only GitHub has. */
export function undecidedOf(selector: Document, pool: Pool, at: () => Source): readonly string[] {
  if (pool.seen !== 'offline' || !needsFacts(selector)) return []
  return named(selector, pool, at).map(({ candidate }) => candidate.name)
}

/** Whether it could take a repository of which nothing but the name is known. */
export function mayMatch(selector: Document, pool: Pool, name: string, at: () => Source): boolean {
  return needsFacts(selector) && named(selector, pool, at).some(({ candidate }) => candidate.name === name)
}

function needsFacts(selector: Document): boolean {
  return FACTS.some((key) => selector[key] !== undefined)
}

/** By `name` alone, or where there is none by the fact that fewest have. */
function named(selector: Document, pool: Pool, at: () => Source): readonly Match[] {
  if (selector.name === undefined) {
    const matches = pool.seen === 'offline' ? pool.all : factual(selector, pool)
    pool.spend('tries', matches.length, at)
    return matches
  }
  const matches: Match[] = []
  for (const [name, verdict] of namedBy(alternatives(selector.name), pool, at)) {
    const match = pool.taken.get(name)
    if (match) matches.push(verdict === 'yes' ? match : { ...match, verdict })
  }
  return matches
}

function factual(selector: Document, pool: Pool): readonly Match[] {
  const { team } = selector
  const wanted = [
    ...alternatives(selector.topic).map((topic) => [factKey.topic(topic)]),
    ...(typeof team === 'string' ? [[factKey.team(team)]] : []),
    ...(selector.visibility === undefined ? [] : [alternatives(selector.visibility).map(factKey.visibility)]),
    ...wantedProperties(selector).map(({ name, values }) => values.map((value) => factKey.propertyValue(name, value))),
  ].filter((keys) => keys.length > 0)
  if (wanted.length === 0) return pool.all
  const having = wanted.map((keys) => keys.map(pool.having))
  const [fewest] = having.sort((left, right) => countOf(left) - countOf(right))
  // A repository may have several values of one property.
  return [...new Set(fewest?.flat())].flatMap(({ name }) => pool.taken.get(name) ?? [])
}

function countOf(lists: readonly (readonly Candidate[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0)
}

/** The conditions on the facts of a repository. */
function conditionsOf(selector: Document): (facts: Repository, name: string, verdict: NameVerdict) => boolean {
  const written = new Set(alternatives(selector.name).map((name) => name.toLowerCase()))
  const topics = alternatives(selector.topic).map((topic) => topic.toLowerCase())
  const visibilities = alternatives(selector.visibility)
  const { fork, archived } = selector
  const team = typeof selector.team === 'string' ? selector.team.toLowerCase() : undefined
  const properties = wantedProperties(selector)
  return (facts, name, verdict) => {
    if (!topics.every((topic) => facts.topics.some((other) => other.toLowerCase() === topic))) return false
    if (visibilities.length > 0 && !visibilities.includes(facts.visibility)) return false
    if (fork !== undefined && facts.fork !== fork) return false
    if (team !== undefined && !facts.teams?.includes(team)) return false
    if (!properties.every((wanted) => hasProperty(facts, wanted))) return false
    if (archived !== undefined) return facts.archived === archived
    return !(facts.archived && verdict === 'yes' && !written.has(name))
  }
}

/** A custom property by its folded name, and the values of which a repository must have any. */
export interface WantedProperty {
  readonly name: string
  readonly values: readonly string[]
}

/** The custom properties of a selector, which must all hold. `true` and `false` are texts to GitHub. */
export function wantedProperties({ custom_property: given }: Document): readonly WantedProperty[] {
  if (!isDocument(given)) return []
  return Object.entries(given).map(([name, value]) => ({
    name: name.toLowerCase(),
    values: [value].flat().map(String),
  }))
}

function hasProperty({ properties }: Repository, { name, values }: WantedProperty): boolean {
  return properties?.get(name)?.some((value) => values.includes(value)) ?? false
}
