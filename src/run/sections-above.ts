import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import type { DesiredSection } from '../core/desired.ts'
import { onceEach } from '../core/once.ts'
import { LADDER, ownerOf, scopeAbove } from '../core/scope.ts'

/**
 * Gives the desired sections of the enterprise above an organization, by the organization's: it is planned as if those were in
 * force. They are resolved offline, and once for all organizations.
 */
export function sectionsAbove(
  configuration: Configuration,
): (sections: readonly DesiredSection[]) => readonly DesiredSection[] {
  const resolved = onceEach()
  const sectionsOf = (owner: string): readonly DesiredSection[] =>
    resolved(owner, () => resolveOwner(configuration, owner, undefined, configuration.families).sections)
  return (sections) => {
    const owners = sections.flatMap(({ scope }) => {
      const above = LADDER[scope.type].owns ? scopeAbove(scope) : undefined
      return above === undefined ? [] : [ownerOf(above)]
    })
    return [...new Set(owners)].flatMap(sectionsOf)
  }
}
