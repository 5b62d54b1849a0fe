import { byText } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { isGlob } from '../core/glob.ts'
import { LADDER } from '../core/scope.ts'
import type { Configuration } from './configuration.ts'
import { repositoryLists } from './repository-lists.ts'
import { layersOfOwner, namedRepositories } from './scopes.ts'

/**
 * The repositories of an owner that must be read before its configuration can be resolved: all of them, or just the
 * named ones (folded, sorted, perhaps none).
 */
export function listingNeeds(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): 'all' | { readonly names: readonly string[]; readonly patterns?: true } {
  const { by } = configuration.owners.find(({ name }) => name === owner) ?? {}
  if (by !== undefined && LADDER[by].lists === 'organizations')
    return organizationsListed(configuration, owner, families)
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
 * The names of repositories that are enough for an owner of whose repositories all count as needed: nothing of its
 * configuration is a pattern. Where something that all may use changes, the plan asks for the others. Folded; undefined where only the listing is.
 */
export function namesEnough(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): ReadonlySet<string> | undefined {
  const layers = layersOfOwner(configuration, owner)
  const isPlain = (entry: unknown): boolean => typeof entry === 'string' && !isGlob(entry)
  const listsIn = repositoryLists(families)
  if (
    layers.some((layer) => layer.match !== undefined || !listsIn(layer).every(({ entries }) => entries.every(isPlain)))
  )
    return undefined
  return namedRepositories(layers, owner, families, 'with negations')
}

/**
 * The organizations that lists of an enterprise name or choose from: those that the configuration names, but not in another
 * enterprise, because GitHub's cloud does not list those of an enterprise. None where no list of it does. `patterns`: lists
 * have globs, for which Enterprise Server lists all that it has.
 */
function organizationsListed(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): { readonly names: readonly string[]; readonly patterns?: true } {
  const layers = layersOfOwner(configuration, owner)
  const listsIn = repositoryLists(families)
  const lists = layers.flatMap(listsIn)
  if (lists.length === 0) return { names: [] }
  const declared = configuration.owners.filter(({ name, by }) => {
    return LADDER[by].lists === 'repositories' && mayBelong(configuration, name, owner)
  })
  const names = [...declared.map(({ name }) => name), ...namedRepositories(layers, owner, families)]
  const isPattern = (entry: unknown): boolean => typeof entry === 'string' && isGlob(entry)
  return {
    names: [...new Set(names)].sort(byText),
    ...(lists.some(({ entries }) => entries.some(isPattern)) ? { patterns: true } : {}),
  }
}

/** Whether an organization is of this enterprise as far as the configuration says. */
function mayBelong(configuration: Configuration, organization: string, enterprise: string): boolean {
  return layersOfOwner(configuration, organization).every((layer) => {
    return layer.enterprise === undefined || layer.enterprise === enterprise
  })
}
