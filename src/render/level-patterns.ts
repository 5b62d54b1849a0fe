import { pathOf } from '../core/address.ts'
import { LADDER, LEVELS } from '../core/scope.ts'

/** For each level the word for several of its scopes, and the source of a regular expression that their addresses match. */
export const LEVEL_PATTERNS = LEVELS.map((level) => {
  const { key, params } = LADDER[level]
  const path = pathOf(
    level,
    params.map(() => '[^/]+'),
  )
  return { name: key, source: `^${path}$` }
})
