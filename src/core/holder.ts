import { formatAddress } from './address.ts'
import { LADDER, LEVELS, namesOf, type Scope, scopeAbove, scopeNamed } from './scope.ts'

/** The member of another section that a scope is: an environment is one of its repository. */
interface Holder {
  /** The address of the section. */
  readonly section: string
  /** The name in it, folded. */
  readonly key: string
}

/** The scope that a member of this family is; undefined where it is none. */
export function scopeOfMember(scope: Scope, family: string, key: string): Scope | undefined {
  const level = LEVELS.find(
    (type) => LADDER[type].above === scope.type && !LADDER[type].rooted && LADDER[type].key === family,
  )
  return level && scopeNamed(level, [...namesOf(scope), key])
}

/** The member that a scope is; undefined of a scope that is no member. */
export function holderOf(scope: Scope): Holder | undefined {
  const { rooted, key } = LADDER[scope.type]
  const above = rooted ? undefined : scopeAbove(scope)
  return above && { section: formatAddress(above, key, ''), key: namesOf(scope).at(-1) ?? '' }
}
