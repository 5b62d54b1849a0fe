import type { DesiredSection } from '../core/desired.ts'
import { repositoryIn, type Scope } from '../core/scope.ts'
import type { Above } from './above.ts'

/** Sections that are read together, with the policies above them that stand in the same place. */
export interface Group {
  readonly sections: readonly DesiredSection[]
  readonly aboves: readonly Above[]
}

/**
 * The sections of the owner and those above it, which all repositories may need, and those of each repository: of these
 * none needs another's.
 */
export function inGroups(
  sections: readonly DesiredSection[],
  aboves: readonly Above[],
): { readonly ofOwner: Group; readonly ofRepositories: readonly Group[] } {
  const ofOwner = emptyGroup()
  const byName = new Map<string, OpenGroup>()
  const groupOf = (scope: Scope): OpenGroup => {
    const name = repositoryIn(scope)?.repo
    if (name === undefined) return ofOwner
    const known = byName.get(name) ?? emptyGroup()
    byName.set(name, known)
    return known
  }
  for (const section of sections) groupOf(section.scope).sections.push(section)
  for (const above of aboves) groupOf(above.scope).aboves.push(above)
  return { ofOwner, ofRepositories: [...byName.values()] }
}

interface OpenGroup extends Group {
  readonly sections: DesiredSection[]
  readonly aboves: Above[]
}

function emptyGroup(): OpenGroup {
  return { sections: [], aboves: [] }
}
