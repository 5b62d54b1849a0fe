import type { Family } from '../core/family.ts'
import type { Route } from '../core/routes.ts'
import { LADDER, type ScopeType } from '../core/scope.ts'
import type { Checkup } from '../github/checkup.ts'
import type { Installation } from '../github/installation.ts'
import { lacksFor } from '../github/lacks-for.ts'
import { reportParts } from './report-routes.ts'

/**
 * The routes that reports cannot do without: files, and the settings that findings follow from.
 * @param by the level that the owner is declared at: an account that is known by its repositories has none of its own
 */
export function reportRoutes(families: readonly Family[], by: ScopeType): readonly Route[] {
  const needed = reportParts(families).filter(({ isNeeded }) => isNeeded)
  const routes = [...new Set(needed.flatMap((part) => part.routes))]
  return LADDER[by].owns ? routes : routes.filter((route) => !OF_OWNERS.test(route))
}

const OF_OWNERS = /^GET \/orgs\//

/**
 * A checkup with a note for each part of the reports: whether the credential may read it, or what it lacks for that.
 * @param installation undefined where the credential is a token, of which GitHub shows no permissions
 */
export function withReportParts(
  checkup: Checkup,
  families: readonly Family[],
  installation: Installation | undefined,
): Checkup {
  if (installation === undefined) {
    if (checkup.kind !== 'token') return checkup
    return { ...checkup, untold: [...checkup.untold, 'whether it may read the files of repositories (contents: read)'] }
  }
  const told = reportParts(families).map(({ part, routes, isNeeded }) => {
    const why = lacksFor(installation, routes)
    if (why === undefined) return `it may read ${part}.`
    return `it may not read ${part}: ${why}.${isNeeded ? '' : ' Reports name that as not read.'}`
  })
  return { ...checkup, notes: [...checkup.notes, ...told] }
}
