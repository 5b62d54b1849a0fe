import type { FamilyAt, Known, Wanted } from '../../core/family.ts'
import type { Document } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import { repositoryIn, type Scope, type ScopeType } from '../../core/scope.ts'

/** The repositories that have a setting: the public ones, or those that are not. GitHub answers 422 for the others. */
export type Having = 'public' | 'private'

/** The live side of a repository that GitHub has no such setting of. */
export const NOT_HERE: Live<Document, Document> = { key: '', spec: {}, ref: { not_here: true } }

/** Whether it is known without a request. An internal repository is asked about: no page says which it counts as. */
export function surelyLacks(having: Having, scope: Scope, { repositories }: Known): boolean {
  const visibility = repositories.byName.get(repositoryIn(scope)?.repo ?? '')?.visibility
  return visibility !== undefined && visibility !== 'internal' && visibility !== having
}

type Align<S extends ScopeType> = NonNullable<FamilyAt<S, Document, Document>['align']>

/**
 * Leaves settings out where GitHub has none, with a warning: a set gives them to repositories of every visibility, and
 * nothing can bring them about there.
 */
export function leftOutWhereLacking<S extends ScopeType>(having: Having, next: Align<S> | undefined): Align<S> {
  const whose = having === 'public' ? 'public repositories' : 'private and internal repositories'
  const message = `GitHub has this setting for ${whose} alone: nothing is planned here`
  const nothing = (wanted: Wanted<Document>): Wanted<Document> => ({ ...wanted, spec: {}, edits: {} })
  return (wanted, live, known, scope) => {
    if (live?.ref.not_here === true) {
      return { wanted: nothing(wanted), live: {}, findings: [{ severity: 'warning', message }] }
    }
    return next?.(wanted, live, known, scope) ?? { wanted, live: live?.spec, findings: [] }
  }
}
