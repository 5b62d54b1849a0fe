import { pathOf } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Route } from '../core/routes.ts'
import { LADDER, LEVELS } from '../core/scope.ts'
import { ACCOUNT_ROUTES } from '../github/product.ts'
import { importRoutes } from '../run/needs.ts'
import { ENVIRONMENTS, USED_FAMILIES } from '../survey/access-world.ts'
import { CONTENTS_ROUTES } from '../survey/contents-source.ts'
import { FOUND_IN } from '../survey/hygiene.ts'
import { OWNER_LISTS, REPOSITORY_LISTS } from '../survey/read-hygiene.ts'
import { PEOPLE_ROUTES } from '../survey/read-people.ts'

/** The routes that find an owner and its repositories. */
export const FINDING: readonly Route[] = [
  ACCOUNT_ROUTES.organization,
  'GET /orgs/{org}/repos',
  'GET /repos/{owner}/{repo}',
]

/** The families that hygiene reads; a reading that is saved serves the other reports too. */
export function hygieneFamilies(families: readonly Family[], isSaved: boolean): readonly Family[] {
  const names = isSaved ? [...USED_FAMILIES, ...FOUND_IN] : FOUND_IN
  return families.filter(({ name }) => names.includes(name))
}

/** The families that access reads. */
export function accessFamilies(families: readonly Family[]): readonly Family[] {
  return families.filter(({ name }) => name === ENVIRONMENTS || USED_FAMILIES.includes(name))
}

/** The routes to the settings of an owner and its repositories. */
export function settingsRoutes(families: readonly Family[]): readonly Route[] {
  const levels = LEVELS.filter(
    (level) => LADDER[level].rooted && (LADDER[level].lists ?? 'repositories') === 'repositories',
  )
  return [...new Set(levels.flatMap((level) => importRoutes(pathOf(level, ['x', 'x']), families)))]
}

/** The lists of hygiene beside settings. */
export const LIST_ROUTES: readonly Route[] = [...Object.values(OWNER_LISTS), ...Object.values(REPOSITORY_LISTS)]

/** A part of what reports read. */
interface ReportPartRoutes {
  readonly part: string
  readonly routes: readonly Route[]
  /** Whether a report fails without it. */
  readonly isNeeded: boolean
}

/** The routes of each part of the reports, for the check of a credential. */
export function reportParts(families: readonly Family[]): readonly ReportPartRoutes[] {
  const found = settingsRoutes(hygieneFamilies(families, false))
  return [
    { part: 'workflow files (actions-used, hygiene)', routes: [...FINDING, ...CONTENTS_ROUTES], isNeeded: true },
    { part: 'the settings that findings follow from (hygiene)', routes: found, isNeeded: true },
    { part: 'runners, and the ages of secrets (hygiene)', routes: LIST_ROUTES, isNeeded: true },
    ...accessFamilies(families).map((family) => ({
      part: `${family.name.replaceAll('_', ' ')} (access)`,
      routes: settingsRoutes([family]),
      isNeeded: false,
    })),
    { part: 'who may push (access --people)', routes: PEOPLE_ROUTES, isNeeded: false },
  ]
}
