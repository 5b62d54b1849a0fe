import type { Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { isDocument } from '../core/json.ts'
import type { KnownNames } from '../core/known-names.ts'
import type { Configuration, Layer } from './configuration.ts'
import { isOutermost } from './layers.ts'
import { alternatives, belowOwner } from './names-in.ts'
import { repositoryLists } from './repository-lists.ts'
import { layersOfOwner } from './scopes.ts'

/** A place where the YAML has a name that its repository does not have any more. */
export interface FormerName {
  readonly source: Source
  /** Without owner and `!`. */
  readonly written: string
  readonly to: string
}

/** Every place where one owner's configuration writes out a former name: keys, lists, exclusions, the names of sets. */
export function formerNames(
  configuration: Configuration,
  owner: string,
  names: KnownNames,
  families: readonly Family[],
): readonly FormerName[] {
  const found: FormerName[] = []
  const look = (text: string, source: Source): void => {
    const written = belowOwner(text.startsWith('!') ? text.slice(1) : text, owner)
    const fact = written === undefined ? undefined : names.fact(written.toLowerCase())
    if (written !== undefined && fact?.kind === 'renamed') found.push({ source, written, to: fact.to })
  }
  const layers = layersOfOwner(configuration, owner)
  const listsIn = repositoryLists(families)
  const keys = new Set(layers.flatMap(({ repository }) => repository ?? []))
  for (const layer of layers) {
    const { path, source } = layer
    const { repository, match } = isOutermost(layer) ? layer : INSIDE
    const at = (...below: readonly (string | number)[]): Source => layer.place([...path, ...below])
    const fact = repository === undefined ? undefined : names.fact(repository)
    // Beside a key with the present name this one must be merged by a person.
    if (repository !== undefined && fact?.kind === 'renamed' && !keys.has(fact.to)) look(repository, source)
    for (const { below, text } of textsOf(match?.name)) look(text, at('match', 'name', ...below))
    for (const { path: list, entries } of listsIn(layer)) {
      for (const [index, entry] of entries.entries()) {
        if (typeof entry === 'string') look(entry, at(...list, index))
        if (!isDocument(entry)) continue
        for (const { below, text } of textsOf(entry.name)) look(text, at(...list, index, 'name', ...below))
      }
    }
  }
  return found
}

const INSIDE: Pick<Layer, 'repository' | 'match'> = {}

function textsOf(name: Parameters<typeof alternatives>[0]): readonly { below: readonly number[]; text: string }[] {
  if (!Array.isArray(name)) return alternatives(name).map((text) => ({ below: [], text }))
  return name.flatMap((text, index) => (typeof text === 'string' ? [{ below: [index], text }] : []))
}
