import { encodeName, formatAddress, formatScope } from './address.ts'
import type { DesiredMember } from './desired.ts'
import type { Known, Wanted, WishBelow } from './family.ts'
import { withPath } from './json.ts'
import { type From, scopeFrom } from './need.ts'
import { onceEach } from './once.ts'
import { liveAsRenamed } from './rename.ts'
import { type Scope, scopeAbove } from './scope.ts'

/** The parts of a member that this run does not write: all of it, or the fields at these dotted paths. */
export type Withheld = 'all' | ReadonlySet<string>

/** By section address, then by the member's key. */
export type WithheldBySection = ReadonlyMap<string, ReadonlyMap<string, Withheld>>

/** Sections that a run writes, and those that another one writes before, by section address. */
export interface WrittenSections {
  readonly now: ReadonlySet<string>
  /** Whether the run may change an address in one of them. */
  takes(address: string): boolean
  readonly before: ReadonlySet<string>
}

/**
 * The known facts, with the settings above that the run writes: what comes through them from further up counts only where
 * the run writes that.
 */
export function knowingWritten(known: Known, scope: Scope, written: WrittenSections): Known {
  const above = scopeAbove(scope)
  if (above === undefined) return known
  let path: string | undefined
  const addressIn = (from: From, family: string, key: string): string | undefined => {
    if (from !== 'above') {
      const place = scopeFrom(scope, from)
      return place && formatAddress(place, family, key)
    }
    path ??= formatScope(above)
    return key === '' ? `${path}/${family}` : `${path}/${family}/${encodeName(key)}`
  }
  const desired = (family: string): readonly DesiredMember[] | undefined => {
    return known.desired(family, 'above') as readonly DesiredMember[] | undefined
  }
  return {
    writes: (family, from, key = '') => {
      const address = addressIn(from, family, '')
      if (address !== undefined && written.now.has(address)) {
        if (key === '' || written.takes(addressIn(from, family, key) ?? '')) return 'in this run'
      }
      const isThrough = desired(family)?.some(({ through }) => through && written.now.has(through.from)) === true
      if (from === 'above' && isThrough) return 'in this run'
      return address !== undefined && written.before.has(address) ? 'before it' : 'elsewhere'
    },
    ...known,
    desired: (family, from) => {
      if (from !== 'above') return known.desired(family, from)
      return desired(family)?.flatMap((member) => {
        if (member.through === undefined || written.now.has(member.through.from)) return [member]
        return without(member, new Set(member.through.fields)).filter(({ spec }) => Object.keys(spec).length > 0)
      })
    },
  }
}

/** The known facts, with the live members of each family under the names that the configuration gives them. */
export function knowingRenamed(known: Known): Known {
  const found = onceEach()
  return {
    ...known,
    live: (family, from) =>
      found(`${from} ${family}`, () => {
        const live = known.live(family, from)
        return live && liveAsRenamed(known.desired(family, from), live)
      }),
  }
}

/**
 * The known facts, with the desired state that this run can reach: settings held back in a level above do not count
 * below it, and a held-back group takes up no runner that another releases.
 */
export function knowing(known: Known, scope: Scope, withheld: WithheldBySection): Known {
  if (withheld.size === 0) return known
  return {
    ...known,
    once: onceEach(),
    desired: (family, from) => {
      const members = known.desired(family, from)
      const place = scopeFrom(scope, from)
      const held = place && withheld.get(formatAddress(place, family, ''))
      return held ? members?.flatMap((member) => without(member, held.get(member.key))) : members
    },
  }
}

/** The known facts, with the wishes further down as far as the run can reach them. */
export function knowingBelow(known: Known, withheld: WithheldBySection, asked: () => void): Known {
  const { wishesBelow } = known
  if (wishesBelow === undefined) return known
  return {
    ...known,
    wishesBelow(family) {
      asked()
      const wishes = [...wishesBelow(family)].map(([name, all]) => [name, all.map(asReached)] as const)
      return new Map(wishes)
    },
  }

  /** The address of a settings document is that of its section. */
  function asReached({ wanted }: WishBelow): WishBelow {
    const { address, key } = wanted as DesiredMember
    return { wanted, reached: without(wanted, withheld.get(address)?.get(key))[0] }
  }
}

function without(member: Wanted, withheld: Withheld | undefined): readonly Wanted[] {
  if (withheld === undefined) return [member]
  if (withheld === 'all') return []
  let spec = member.spec as DesiredMember['spec']
  for (const path of withheld) spec = withPath(spec, path, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([path]) => !withheld.has(path)))
  return [{ ...member, spec, edits }]
}
