import { formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Live } from '../core/live.ts'
import { type Scope, scopeAbove } from '../core/scope.ts'
import { readNamed, type ScopeImport } from './import-scope.ts'
import { sectionAddress } from './known.ts'
import { namedBy, sectionsOf } from './named-sections.ts'
import type { BegunSections } from './read-sections.ts'

/**
 * Begins to read the sections of the level above that families need, as far as the credential may read them: the administrator of
 * one repository may not see the organization's settings, and can still import the repository.
 */
export function beginAbove(request: ScopeImport, scopes: readonly Scope[]): BegunSections {
  const { door, families, glob } = request
  // A personal account has no settings of its own above its repositories.
  const above = door.facts.type === 'personal' ? [] : scopes.flatMap((scope) => scopeAbove(scope) ?? [])
  const levels = new Map(above.map((scope) => [formatScope(scope), scope]))
  const types = new Set(scopes.map(({ type }) => type))
  const wanted = [...types].flatMap((type) => families.filter(namedBy(glob, type)))
  const needed = new Set(wanted.flatMap(({ needs }) => (needs ?? []).map(({ family }) => family)))
  const ofName = new Map(families.map((family) => [family.name, family]))
  const live = new Map<string, readonly Live[]>()
  const byAddress = new Map<string, Promise<void>>()
  for (const scope of levels.values()) {
    const sections = sectionsOf(scope, families, door).filter(({ family }) => needed.has(family))
    for (const section of sections) {
      const beside = (ofName.get(section.family)?.needs ?? []).flatMap(({ family, from }) =>
        from === 'here' ? sections.filter((each) => each.family === family) : [],
      )
      byAddress.set(sectionAddress(section), readInto(live, request, [section, ...beside]))
    }
  }
  return { live, reads: { all: [...byAddress.values()], byAddress } }
}

async function readInto(
  live: Map<string, readonly Live[]>,
  request: ScopeImport,
  sections: readonly DesiredSection[],
): Promise<void> {
  const { read } = await readNamed(request, sections)
  for (const each of read) live.set(sectionAddress(each.section), each.live)
}
