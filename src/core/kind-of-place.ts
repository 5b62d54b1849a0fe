import { parseAddress } from './address.ts'
import type { NotRead } from './plan.ts'

/** The kind of scope and the family of what could not be read, such as `organization secrets`: no name of anybody's. */
export function kindOfPlace({ scope, family }: NotRead): string {
  const parsed = parseAddress(`${scope}/${family ?? 'permissions'}`) ?? parseAddress(scope)
  // What has no scope below it is an account, or an organization of which nothing could be read.
  if (parsed === undefined) return 'account'
  return family === undefined ? parsed.scope.type : `${parsed.scope.type} ${family}`
}
