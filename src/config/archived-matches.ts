import { byText } from '../core/address.ts'
import type { Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { isGlob } from '../core/glob.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import type { PassedOver } from '../core/passed-over.ts'
import { indexRepositories, type Repositories } from '../core/repository.ts'
import { listedName } from '../core/scope.ts'
import type { Layer } from './configuration.ts'
import { isOutermost } from './layers.ts'
import { startSpending, withinLimits } from './limits.ts'
import { type Pool, poolOf } from './pool.ts'
import { repositoryLists } from './repository-lists.ts'
import { selectRepositories, writtenNames } from './select.ts'

/** The owner's patterns that archived repositories would match if they were not archived. */
export function archivedMatches(
  layers: readonly Layer[],
  owner: string,
  { all, complete }: Repositories,
  families: readonly Family[],
): readonly PassedOver[] {
  const archived = all.filter((each) => each.archived).map((each) => ({ ...each, archived: false }))
  if (archived.length === 0) return []
  const pool = poolOf(owner, indexRepositories(archived, complete ? 'complete' : 'partial'), [], startSpending())
  // The plan itself is held to the limits; beyond them nothing is named.
  return withinLimits(
    () => passedOver(patternsIn(layers, families), pool),
    () => [],
  )
}

/** A glob or selector, and the list that it stands in. */
interface Pattern {
  readonly entry: string | Document
  readonly around: readonly Json[]
  source(): Source
}

function* patternsIn(layers: readonly Layer[], families: readonly Family[]): Generator<Pattern> {
  const listsIn = repositoryLists(families)
  for (const layer of layers) {
    const { match, path: own } = layer
    if (match !== undefined && isOutermost(layer))
      yield { entry: match, around: [match], source: () => layer.place([...own, 'match']) }
    for (const { path, entries } of listsIn(layer)) {
      for (const [index, entry] of entries.entries()) {
        const source = (): Source => layer.place([...own, ...path, index])
        if (isDocument(entry) || (typeof entry === 'string' && isGlob(entry) && !entry.startsWith('!'))) {
          yield { entry, around: entries, source }
        }
      }
    }
  }
}

function passedOver(patterns: Iterable<Pattern>, pool: Pool): readonly PassedOver[] {
  const found = new Map<string, { readonly first: Omit<PassedOver, 'places'>; readonly places: Set<string> }>()
  for (const { entry, around, source } of patterns) {
    if (isDocument(entry) && entry.archived !== undefined) continue
    const excluded = around.filter((each) => typeof each === 'string' && each.startsWith('!'))
    const written = new Set(writtenNames(around, pool.owner))
    const { names } = selectRepositories([entry, ...excluded], pool, source)
    const repositories = names.filter((name) => !written.has(name)).map((name) => listedName(pool.owner, name))
    if (repositories.length === 0) continue
    const pattern = isDocument(entry) ? JSON.stringify(entry) : entry
    const [place, key] = [source(), JSON.stringify([pattern, repositories])]
    const same = found.get(key) ?? { first: { pattern, source: place, repositories }, places: new Set<string>() }
    found.set(key, same)
    same.places.add(JSON.stringify(place))
  }
  const all = [...found.values()].map(({ first, places }) => ({ ...first, places: places.size }))
  return all.sort((left, right) => byText(left.pattern, right.pattern))
}
