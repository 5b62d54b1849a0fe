import { formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { isPresent } from '../core/family-at.ts'
import { compileGlob } from '../core/glob.ts'
import { LADDER, type Scope, type ScopeType, scopeNamed } from '../core/scope.ts'
import type { OwnerDoor } from './open-owner.ts'

/** The things that an import names. */
interface NamedSections {
  readonly door: Pick<OwnerDoor, 'support'>
  readonly families: readonly Family[]
  readonly glob: string
}

/** The sections of a scope that an address may name something in. */
export function sectionsNamed({ door, families, glob }: NamedSections, scope: Scope): readonly DesiredSection[] {
  return sectionsOf(scope, families.filter(namedBy(glob, scope.type)), door)
}

/** All of a scope. */
export function sectionsOf(
  scope: Scope,
  families: readonly Family[],
  door: Pick<OwnerDoor, 'support'>,
): readonly DesiredSection[] {
  return families
    .filter((family) => isPresent(family, scope, door.support))
    .map(({ name }) => ({ scope, family: name, members: [], prune: [], source: NOWHERE }))
}

const NOWHERE = { file: '', line: 1, col: 1 }

/**
 * Whether an address may name a member of the family in a scope of the level: a family that it cannot name is not read.
 */
export function namedBy(glob: string, level: ScopeType): (family: Family) => boolean {
  const parts = glob.split('/')
  const place = formatScope(scopeNamed(level, LADDER[level].params)).split('/').length
  const segment = parts.slice(0, place).some((part) => part.includes('**')) ? undefined : parts[place]
  if (segment === undefined || segment.includes('**')) return () => true
  const matches = compileGlob(segment)
  return ({ name }) => matches(name)
}
