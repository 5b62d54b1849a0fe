import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { getPath } from '../core/json.ts'
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
 * By section address: the parts of the level above that the sections depend on.
 * @param desired all sections of the configuration, by address
 */
export function neededAbove(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  desired: ReadonlyMap<string, DesiredSection>,
): ReadonlyMap<string, Above> {
  const found = new Map<string, Above & { readonly fields: Set<string> }>()
  const tops = topSections(desired)
  for (const section of sections) {
    const family = families.find(({ name }) => name === section.family)
    const scope = scopeAbove(section.scope)
    if (!family?.boundBy || !scope || !at(family, scope)) continue
    const own = desired.get(sectionAddress({ scope, family: family.name }))?.members[0]
    const over = overOf(scope, family.name, tops)
    const [top] = over?.members ?? []
    const policy = own && top ? { ...own, spec: { ...top.spec, ...own.spec } } : (own ?? top)
    const fields = section.members.flatMap((member) =>
      member.state === 'present' ? (family.boundBy?.(member, policy) ?? []) : [],
    )
    const beyond = over && fields.some((field) => getPath(own?.spec ?? {}, field) === undefined)
    for (const place of [scope, ...(beyond ? [over.scope] : [])]) {
      if (fields.length === 0) continue
      const address = sectionAddress({ scope: place, family: family.name })
      const above = found.get(address) ?? { scope: place, family, fields: new Set<string>(), for: section }
      found.set(address, above)
      for (const field of fields) above.fields.add(field)
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
