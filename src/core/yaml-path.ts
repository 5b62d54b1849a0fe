import { LADDER, namesOf, type Scope, type ScopeType } from './scope.ts'

/**
 * The keys that lead to a scope in a configuration, from the top.
 * @param hasKey whether an owner has a key of its own, such as an organization under `organizations`; of one that has none,
 * a repository stands at the top as `owner/name`
 * @param names those of the scope, as they are to be written
 */
export function yamlPath(scope: Scope, hasKey: boolean, names: readonly string[] = namesOf(scope)): readonly string[] {
  return pathOf(scope.type, hasKey, names)
}

function pathOf(type: ScopeType, hasKey: boolean, names: readonly string[]): readonly string[] {
  const { key, owns, above } = LADDER[type]
  if (owns || above === undefined) return [key, ...names]
  if (LADDER[above].owns && !hasKey) return [key, names.join('/')]
  return [...pathOf(above, hasKey, names.slice(0, LADDER[above].params.length)), key, names.at(-1) ?? '']
}
