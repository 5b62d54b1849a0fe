import type { Field } from './field.ts'
import { ownerOf, type Scope } from './scope.ts'

/** The name of an entry in a scope by which its id is known; undefined of a list without ids of its own. */
export function identityName({ identity }: Pick<Field, 'identity'>, entry: string, scope: Scope): string | undefined {
  return identity?.fullName(entry, ownerOf(scope))
}
