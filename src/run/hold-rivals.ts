import type { HeldBack } from '../core/held-back.ts'
import { type LostClaim, lostClaims } from '../core/source-claims.ts'
import type { OwnerState } from '../engine/owner-state.ts'

/**
 * Holds back secrets whose source is that of another one by names in place of placeholders; everything else goes on. Of all
 * owners at once: a value is no less another's across organizations.
 */
export function holdRivals(states: readonly OwnerState[]): readonly OwnerState[] {
  const lost = new Map(lostClaims(states.flatMap(({ claims }) => claims)).map((each) => [each.lost.address, each]))
  if (lost.size === 0) return states
  return states.map((state) => {
    const own = state.claims.flatMap(({ address }) => lost.get(address) ?? [])
    if (own.length === 0) return state
    const read = new Set(state.sections.flatMap(({ section }) => section.members.map(({ address }) => address)))
    const sections = state.sections.map((each): OwnerState['sections'][number] => {
      if (!each.section.members.some(({ address }) => lost.has(address))) return each
      const members = each.section.members.map((member) =>
        lost.has(member.address) ? { ...member, withheld: 'all' as const } : member,
      )
      return { ...each, section: { ...each.section, members } }
    })
    const held = own.filter(({ lost: { address } }) => read.has(address)).map(heldFor)
    return { ...state, sections, heldBack: [...state.heldBack, ...held] }
  })
}

function heldFor({ lost, to }: LostClaim): HeldBack {
  const reason = `${lost.source} is the source of ${to.address} already, ${why(to)}`
  const help =
    'Give one of them a source of its own, such as `{ORGANIZATION}_{REPOSITORY}_NAME`, or an entry with another one.'
  return { address: lost.address, field: null, reason, source: lost.at, help }
}

function why({ filled }: LostClaim['to']): string {
  return filled === undefined ? 'where it is written out' : 'by the name that its placeholders stand for'
}
