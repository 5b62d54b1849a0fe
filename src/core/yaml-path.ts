import { LADDER, namesOf, type Scope, scopeNamed } from './scope.ts'

/**
 * The keys that lead to a scope in a configuration, from the top.
 * @param hasKey whether an owner has a key of its own, such as an organization under `organizations`; of one that has none,
 * a repository stands at the top as `owner/name`
 * @param spelling its own name as GitHub has it, where that is not the folded one
 */
export function yamlPath(scope: Scope, hasKey: boolean, spelling?: string): readonly string[] {
  const { key, owns, above } = LADDER[scope.type]
  const names = namesOf(scope)
  if (owns || above === undefined) return [key, ...names]
  if (LADDER[above].owns && !hasKey) return [key, names.join('/')]
  return [...yamlPath(scopeNamed(above, names), hasKey), key, spelling ?? names.at(-1) ?? '']
}
