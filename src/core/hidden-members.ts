import type { DesiredSection } from './desired.ts'
import type { Family, FamilyAt } from './family.ts'
import { at } from './family-at.ts'
import type { Live } from './live.ts'
import { formerAddress, formerKey } from './rename.ts'
import type { ScopeType } from './scope.ts'
import type { SecretFacts } from './secret-state.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Support } from './support.ts'

/** Members that GitHub lets one write and does not show. */
export interface HiddenMembers {
  /** Why it does not show them, as the end of a sentence. */
  readonly why: string
  readonly byId: NonNullable<FamilyAt['byId']>
}

/** Undefined where GitHub shows the members of a family, and for settings. */
export function hiddenMembers(
  family: Family,
  scope: { readonly type: ScopeType },
  product: Support,
): HiddenMembers | undefined {
  const { byId, unreadable } = at(family, scope) ?? {}
  const why = byId && unreadable?.(product)
  return why === undefined || byId === undefined ? undefined : { why, byId }
}

/** The text that the ledger has of a member from before its delete until GitHub's answer. */
export const DELETING = 'document deleted'

/** Why an entry of the ledger cannot be relied on: its id may be that of another member. */
export function isUntrusted({ proof }: SecretFacts): boolean {
  return proof === 'altered' || proof === 'unsigned'
}

/**
 * The members of a section that the ledger has an id of, in place of those that GitHub does not show: nothing but their
 * ids is known. Where GitHub shows them, they are as they were read.
 */
export function liveByLedger(
  { family, scope, known, facts }: SectionFacts,
  section: DesiredSection,
  read: readonly Live[],
): readonly Live[] {
  const hidden = hiddenMembers(family, scope, known.product)
  if (hidden === undefined) return read
  const byLedger = (address: string, key: string): readonly (Live & { readonly id: number })[] => {
    const entry = facts(address)
    if (entry?.id === undefined || entry.foreign || isUntrusted(entry)) return []
    return [{ key, spec: {}, ref: hidden.byId.ref(entry.id), id: entry.id }]
  }
  return section.members.flatMap((member): readonly Live[] => {
    const own = byLedger(member.address, member.key)
    const former = formerKey(member)
    const before = former === undefined ? [] : byLedger(formerAddress(member) ?? '', former)
    // A rename that was interrupted left its id at both names.
    const others = before.filter(({ id }) => id !== own[0]?.id)
    return [...own, ...others.map((each) => ({ ...each, name: each.key }))].map(({ id: _, ...live }) => live)
  })
}
