import { byText } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { LADDER } from '../core/scope.ts'
import type { Configuration } from './configuration.ts'
import { layersOfOwner, namedRepositories, repositoryLists } from './scopes.ts'

/**
 * The repositories of an owner that must be read before its configuration can be resolved: all of them, or just the
 * named ones (folded, sorted, perhaps none).
 */
export function listingNeeds(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): 'all' | { readonly names: readonly string[] } {
  const { by } = configuration.owners.find(({ name }) => name === owner) ?? {}
  if (by !== undefined && LADDER[by].lists === 'organizations') {
    return { names: organizationsListed(configuration, owner, families) }
  }
  const names = new Set<string>()
  for (const { level, match, repository, path, body } of layersOfOwner(configuration, owner)) {
    if (match !== undefined) return 'all'
    // An organization's settings reach unnamed repositories: a switch to `none` takes Actions from all of them.
    if (LADDER[level].lists === 'repositories' && families.some(({ name }) => body[name] !== undefined)) return 'all'
    if (repository === undefined) continue
    if (path[0] !== LADDER[level].key && LADDER[level].rooted) return 'all'
    names.add(repository)
  }
  return { names: [...names].sort(byText) }
}

/**
 * The organizations that lists of an enterprise name or choose from: those that the configuration names, because GitHub's
 * cloud does not list those of an enterprise. None where no list of it does.
 */
function organizationsListed(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly string[] {
  const layers = layersOfOwner(configuration, owner)
  const listsIn = repositoryLists(families)
  if (!layers.some(({ body }) => listsIn(body).length > 0)) return []
  const declared = configuration.owners.filter(({ by }) => LADDER[by].lists === 'repositories')
  const names = [...declared.map(({ name }) => name), ...namedRepositories(layers, owner, families)]
  return [...new Set(names)].sort(byText)
}
