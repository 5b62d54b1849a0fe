import type { Edit } from '../../core/family.ts'
import { namesOf, type Scope } from '../../core/scope.ts'

/**
 * The repositories that a setting of a scope is about, for a sentence. Of one repository it gives no name: rows of many
 * repositories with the same change fold into one.
 */
export function whereIn({ scope, known }: Pick<Edit, 'scope' | 'known'>): string {
  const [name] = namesOf(scope)
  if (scope.type === 'enterprise')
    return `in every repository of the enterprise ${name} that its organizations leave to it`
  if (scope.type === 'organization') return `in every repository of ${name} that is not stricter itself`
  return isPublic(scope, known) ? 'in this public repository' : 'in this repository'
}

function isPublic(scope: Scope, { repositories }: Edit['known']): boolean {
  const name = namesOf(scope)[1] ?? ''
  return repositories.byName.get(name)?.visibility === 'public'
}
