import { formatAddress } from './address.ts'
import { LADDER, namesOf, type Scope, scopeAbove } from './scope.ts'

/** The member of another section that a scope is: an environment is one of its repository. */
interface Holder {
  /** The address of the section. */
  readonly section: string
  /** The name in it, folded. */
  readonly key: string
}

/** The member that a scope is; undefined of a scope that is no member. */
export function holderOf(scope: Scope): Holder | undefined {
  const { rooted, key } = LADDER[scope.type]
  const above = rooted ? undefined : scopeAbove(scope)
  return above && { section: formatAddress(above, key, ''), key: namesOf(scope).at(-1) ?? '' }
}
