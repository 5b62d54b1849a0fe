import { formatAddress, formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Known, Wanted } from '../core/family.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { getPath } from '../core/json.ts'
import type { Live } from '../core/live.ts'
import { type From, scopeFrom } from '../core/need.ts'
import { onceEach } from '../core/once.ts'
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
  // A function of its own for each of these would take most of what is kept of a section.
  const place: SectionPlace = {
    scope,
    family,
    asked,
    last: undefined,
    address: undefined,
    above: undefined,
    managed: undefined,
  }
  const globs = asked === undefined || asked.prune.length === 0 ? NO_GLOBS : globsOf(asked)
  return {
    product: findings.product,
    plan: findings.plan,
    repositories: findings.repositories,
    live: (of, from) => findings.live.get(addressOf(place, of, from) ?? ''),
    once: onceEach(),
    desired: (of, from) => {
      const over = from === 'above' && findings.through ? scopeOver(place) : undefined
      if (over && findings.through) return findings.through(over, of)
      const members = findings.desired.get(addressOf(place, of, from) ?? '')?.members
      return from === 'here' ? members?.filter(({ address }) => findings.inRun(address)) : members
    },
    mentions: (field, key) => {
      if (!asked || (key === undefined ? globs.length > 0 : isPruned(place, globs, key))) return true
      if (findings.below?.get(addressOf(place, family, 'here') ?? '')?.fields.has(field)) return true
      return asked.members.some((member) => {
        if (key !== undefined && member.key !== key && formerKey(member) !== key) return false
        return getPath(member.spec, field) !== undefined || member.edits[field] !== undefined
      })
    },
    concerns: (key) => !asked || managedKeys(place).has(key) || isPruned(place, globs, key),
    deletes: (key, from = 'here') => {
      const section = from === 'here' ? asked : findings.desired.get(addressOf(place, family, from) ?? '')
      const member = section?.members.find((each) => each.key === key)
      if (member !== undefined) return member.state === 'absent'
      const of = scopeFrom(scope, from)
      if (from === 'here' || section === undefined || of === undefined) return isPruned(place, globs, key)
      const address = formatAddress(of, family, key)
      return globsOf(section).some((matches) => matches(address))
    },
  }
}

/** A section, and what was found out of it when it was asked for. */
interface SectionPlace {
  readonly scope: Scope
  readonly family: string
  readonly asked: DesiredSection | undefined
  /** The last level that was asked for, with its address: a family asks for one after the other. */
  last: From | undefined
  address: string | undefined
  above: { readonly scope: Scope | undefined } | undefined
  managed: ReadonlySet<string> | undefined
}

function addressOf(place: SectionPlace, family: string, from: From): string | undefined {
  if (from !== place.last) {
    const found = scopeFrom(place.scope, from)
    place.address = found && formatScope(found)
    place.last = from
  }
  return place.address && `${place.address}/${family}`
}

function scopeOver(place: SectionPlace): Scope | undefined {
  place.above ??= { scope: scopeAbove(place.scope) }
  return place.above.scope
}

function managedKeys(place: SectionPlace): ReadonlySet<string> {
  place.managed ??= new Set(
    place.asked?.members
      .filter(({ state }) => state !== 'unmanaged')
      .flatMap((member) => [member.key, formerKey(member) ?? []].flat()),
  )
  return place.managed
}

function isPruned({ scope, family }: SectionPlace, globs: typeof NO_GLOBS, key: string): boolean {
  if (globs.length === 0) return false
  const address = formatAddress(scope, family, key)
  return globs.some((matches) => matches(address))
}

const NO_GLOBS: readonly ((address: string) => boolean)[] = []

function globsOf({ prune }: DesiredSection): typeof NO_GLOBS {
  return prune.map(({ glob }) => compileAddressGlob(glob))
}

/** The section's address, the key of {@link Findings}. */
export function sectionAddress(section: Pick<DesiredSection, 'scope' | 'family'>): string {
  return `${formatScope(section.scope)}/${section.family}`
}
