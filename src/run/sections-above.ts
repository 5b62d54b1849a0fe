import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import { layersOfOwner } from '../config/scopes.ts'
import { formatAddress } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import { onceEach } from '../core/once.ts'
import { isEnterprise, ownerOf } from '../core/scope.ts'

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
    const owners = new Set(sections.map(({ scope }) => ownerOf(scope)))
    const above = [...owners].flatMap((owner) => {
      const { enterprise } = layersOfOwner(configuration, owner).find((layer) => layer.enterprise !== undefined) ?? {}
      return enterprise ?? []
    })
    return [...new Set(above)].flatMap(sectionsOf)
  }
}

/**
 * The addresses of the sections of all enterprises: after a pull request is merged they are written first, and its plan is
 * to be that of the apply which comes then.
 */
export function awaitedSections(configuration: Configuration): readonly string[] {
  const enterprises = configuration.owners.filter(({ name }) => isEnterprise(name))
  return enterprises.flatMap(({ name }) =>
    resolveOwner(configuration, name, undefined, configuration.families).sections.map(({ scope, family }) =>
      formatAddress(scope, family, ''),
    ),
  )
}
