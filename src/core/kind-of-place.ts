import { parseAddress } from './address.ts'
import type { NotRead } from './plan.ts'

/**
 * The kind of scope and the family of a place that could not be read, such as `organization secrets`: without any
 * names.
 */
export function kindOfPlace({ scope, family }: NotRead): string {
  const parsed = parseAddress(`${scope}/${family ?? 'permissions'}`) ?? parseAddress(scope)
  // A scope that does not parse is an account, or an organization of which no part could be read.
  if (parsed === undefined) return 'account'
  return family === undefined ? parsed.scope.type : `${parsed.scope.type} ${family}`
}
