import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { getPath } from '../core/json.ts'
import { scopeFrom } from '../core/need.ts'
import { type Scope, scopeAbove } from '../core/scope.ts'
import { sectionAddress } from './known.ts'
import { overOf, topSections } from './through-above.ts'

/** A section of the level above, with the fields that sections below depend on. */
export interface Above {
  readonly scope: Scope
  readonly family: Family
  /** Dotted paths of its fields. */
  readonly fields: ReadonlySet<string>
  /** The first section that needs it. */
  readonly for: DesiredSection
}

/**
 * By section address: the parts of the levels above that the sections depend on.
 * @param desired all sections of the configuration, by address
 */
export function neededAbove(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  desired: ReadonlyMap<string, DesiredSection>,
): ReadonlyMap<string, Above> {
  const found = new Map<string, Above & { readonly fields: Set<string> }>()
  const tops = topSections(desired)
  const note = (section: DesiredSection, family: Family, scope: Scope, fields: readonly string[]): void => {
    if (fields.length === 0 || !at(family, scope)) return
    const address = sectionAddress({ scope, family: family.name })
    const above = found.get(address) ?? { scope, family, fields: new Set<string>(), for: section }
    found.set(address, above)
    for (const field of fields) above.fields.add(field)
  }
  const ofName = new Map(families.map((family) => [family.name, family]))
  for (const section of sections) {
    const family = ofName.get(section.family)
    if (!family?.boundBy && !family?.boundBeyond) continue
    const present = section.members.filter(({ state }) => state === 'present')
    const further = family.boundBeyond && scopeFrom(section.scope, 'further above')
    if (further) {
      note(
        section,
        family,
        further,
        present.flatMap((member) => family.boundBeyond?.(member) ?? []),
      )
    }
    const scope = family.boundBy && scopeAbove(section.scope)
    if (!scope || !at(family, scope)) continue
    const own = desired.get(sectionAddress({ scope, family: family.name }))?.members[0]
    const over = overOf(scope, family.name, tops)
    const [top] = over?.members ?? []
    const policy = own && top ? { ...own, spec: { ...top.spec, ...own.spec } } : (own ?? top)
    const fields = present.flatMap((member) => family.boundBy?.(member, policy) ?? [])
    note(section, family, scope, fields)
    if (over && fields.some((field) => getPath(own?.spec ?? {}, field) === undefined)) {
      note(section, family, over.scope, fields)
    }
  }
  return found
}

/** The warning for a policy that could not be read: GitHub reports its limits once a value is written. */
export function unreadAbove({ scope, family, for: section }: Above, reason: string): Diagnostic {
  const address = sectionAddress({ scope, family: family.name })
  const message = `${address} could not be read, so that what this policy forbids shows only when it is written: ${reason}`
  return { severity: 'warning', message, source: section.source, address: sectionAddress(section) }
}
