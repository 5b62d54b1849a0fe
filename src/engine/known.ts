import { formatAddress, formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Known, Wanted } from '../core/family.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { getPath } from '../core/json.ts'
import type { Live } from '../core/live.ts'
import { type From, scopeFrom } from '../core/need.ts'
import { once, onceEach } from '../core/once.ts'
import { formerKey } from '../core/rename.ts'
import type { Repositories } from '../core/repository.ts'
import { type Scope, scopeAbove } from '../core/scope.ts'
import type { Support } from '../core/support.ts'

/** All that was found out so far, by section address; it fills as levels are read from wide to narrow. */
export interface Findings {
  readonly desired: ReadonlyMap<string, DesiredSection>
  readonly live: ReadonlyMap<string, readonly Live[]>
  readonly product: Support
  readonly plan?: string | undefined
  readonly repositories: Repositories
  /** By section address: the fields that the desired state below depends on. */
  readonly below?: ReadonlyMap<string, { readonly fields: ReadonlySet<string> }>
  /** The desired members of a family at a level above, with what the level above that brings into force there. */
  through?(scope: Scope, family: string): readonly Wanted[] | undefined
  /** Whether the run may change an address: `--target` leaves others out. */
  inRun(address: string): boolean
}

/**
 * The facts that a family may use about one section; undefined `asked` is an import, which covers everything. Siblings
 * must not rely on a member that the run leaves out: it takes up no runner, for instance.
 */
export function knownFor(findings: Findings, scope: Scope, family: string, asked: DesiredSection | undefined): Known {
  // The last place alone: a family asks for one level after the other.
  let last: From | undefined
  let place: string | undefined
  const addressOf = (of: string, from: From): string | undefined => {
    if (from !== last) {
      const found = scopeFrom(scope, from)
      place = found && formatScope(found)
      last = from
    }
    return place && `${place}/${of}`
  }
  let above: { readonly scope: Scope | undefined } | undefined
  const placeAbove = (): Scope | undefined => {
    above ??= { scope: scopeAbove(scope) }
    return above.scope
  }
  const globs = asked === undefined || asked.prune.length === 0 ? NO_GLOBS : globsOf(asked)
  const isPruned = (key: string): boolean => {
    const address = formatAddress(scope, family, key)
    return globs.some((matches) => matches(address))
  }
  const managed = once(
    () =>
      new Set(
        asked?.members
          .filter(({ state }) => state !== 'unmanaged')
          .flatMap((member) => [member.key, formerKey(member) ?? []].flat()),
      ),
  )
  return {
    product: findings.product,
    plan: findings.plan,
    repositories: findings.repositories,
    live: (of, from) => findings.live.get(addressOf(of, from) ?? ''),
    once: onceEach(),
    desired: (of, from) => {
      const over = from === 'above' && findings.through ? placeAbove() : undefined
      if (over && findings.through) return findings.through(over, of)
      const members = findings.desired.get(addressOf(of, from) ?? '')?.members
      return from === 'here' ? members?.filter(({ address }) => findings.inRun(address)) : members
    },
    mentions: (field, key) => {
      if (!asked || (key === undefined ? globs.length > 0 : isPruned(key))) return true
      if (findings.below?.get(addressOf(family, 'here') ?? '')?.fields.has(field)) return true
      return asked.members.some((member) => {
        if (key !== undefined && member.key !== key && formerKey(member) !== key) return false
        return getPath(member.spec, field) !== undefined || member.edits[field] !== undefined
      })
    },
    concerns: (key) => !asked || managed().has(key) || isPruned(key),
    deletes: (key, from = 'here') => {
      const of = scopeFrom(scope, from)
      const section = from === 'here' ? asked : findings.desired.get(addressOf(family, from) ?? '')
      const member = section?.members.find((each) => each.key === key)
      if (member !== undefined) return member.state === 'absent'
      if (from === 'here' || section === undefined || of === undefined) return isPruned(key)
      const address = formatAddress(of, family, key)
      return globsOf(section).some((matches) => matches(address))
    },
  }
}

const NO_GLOBS: readonly ((address: string) => boolean)[] = []

function globsOf({ prune }: DesiredSection): typeof NO_GLOBS {
  return prune.map(({ glob }) => compileAddressGlob(glob))
}

/** The section's address, the key of {@link Findings}. */
export function sectionAddress(section: Pick<DesiredSection, 'scope' | 'family'>): string {
  return `${formatScope(section.scope)}/${section.family}`
}
