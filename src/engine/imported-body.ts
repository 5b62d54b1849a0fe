import { formatAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import { type Declarable, declarable } from '../core/declarable.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import type { Document } from '../core/json.ts'
import { indexLive } from '../core/live-of.ts'
import { wholeSpec } from '../core/whole-spec.ts'
import type { ReadSection } from './read-sections.ts'

/**
 * The sections of one scope as a configuration writes them, by family.
 * @param matches whether an address is among those that are imported
 * @param leftOut gets a sentence for each setting that no configuration can declare
 * @param shown gets names as GitHub shows them, by those in the documents
 */
export function importedBody(
  read: readonly ReadSection[],
  matches: (address: string) => boolean,
  leftOut: string[],
  shown: Record<string, string>,
): Document {
  const body: Record<string, Document> = {}
  for (const section of read) {
    const { family, known, live } = section
    const { scope } = section.section
    const hidden = at(family, scope)?.unreadable?.(known.product)
    if (hidden !== undefined) leftOut.push(`${formatAddress(scope, family.name, '')}: left out, as ${hidden}`)
    const members = [...indexLive(family, [], live).values()]
      .filter((member) => matches(formatAddress(scope, family.name, member.key)))
      .flatMap((member) => {
        const whole = declarable(family, wholeSpec({ family, known, scope }, member))
        if (member.fixed === 'inherited' && !saysOfInherited(family, whole.spec)) return []
        const address = formatAddress(scope, family.name, member.key)
        Object.assign(shown, member.shown)
        append(
          leftOut,
          whole.leftOut.map((each) => `${address} ${leftOutText(each)}`),
        )
        // Of one that no name says, nothing is left.
        if (member.unclear !== undefined) leftOut.push(`${address}: ${member.unclear}: left out`)
        if (member.unclear !== undefined && Object.keys(whole.spec).length === 0) return []
        return [[member.name ?? member.key, whole.spec] as const]
      })
    const [first] = members
    // One without a field is of no setting that GitHub has here.
    if (family.shape === 'settings' && first && Object.keys(first[1]).length > 0) body[family.name] = first[1]
    if (family.shape === 'members' && members.length > 0) body[family.name] = Object.fromEntries(members)
  }
  return body
}

/** Whether a configuration may say more of an inherited member than that it is one. */
function saysOfInherited(family: Family, spec: Document): boolean {
  return (family.inherits?.(spec) ?? false) && Object.keys(spec).length > 1
}

function leftOutText({ field, remove, faults }: Declarable['leftOut'][number]): string {
  return `${field}: left out what GitHub has and a configuration may not say; ${remove} takes it away: ${faults.join('; ')}`
}
