import type { Document } from '../core/json.ts'
import type { Scope } from '../core/scope.ts'
import { printableYaml } from './printable-yaml.ts'

/** One scope of a configuration: family name → document. */
export interface ScopeBody {
  readonly scope: Scope
  readonly body: Document
}

/**
 * A configuration as YAML.
 * @param owners whether the owner is an organization, under which its repositories stand, or a personal account
 */
export function renderConfiguration(bodies: readonly ScopeBody[], owner: 'organization' | 'personal'): string {
  const organizations: Record<string, Record<string, unknown>> = {}
  const repositories: Record<string, Document> = {}
  const repositoriesOf = new Map<string, Record<string, Document>>()
  for (const { scope, body } of bodies) {
    if (scope.type === 'organization') organizations[scope.org] = { ...organizations[scope.org], ...body }
    if (scope.type !== 'repository') continue
    if (owner === 'personal') {
      repositories[`${scope.owner}/${scope.repo}`] = body
      continue
    }
    const known = repositoriesOf.get(scope.owner) ?? {}
    known[scope.repo] = body
    if (repositoriesOf.has(scope.owner)) continue
    repositoriesOf.set(scope.owner, known)
    organizations[scope.owner] = { ...organizations[scope.owner], repositories: known }
  }
  return printableYaml({
    version: 1,
    ...(Object.keys(organizations).length > 0 ? { organizations } : {}),
    ...(Object.keys(repositories).length > 0 ? { repositories } : {}),
  })
}
