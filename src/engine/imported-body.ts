import { formatAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import { type Declarable, declarable, type WhyUnsaid } from '../core/declarable.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import type { Document } from '../core/json.ts'
import type { Live } from '../core/live.ts'
import { indexLive } from '../core/live-of.ts'
import { spelt } from '../core/spelling.ts'
import { wholeSpec } from '../core/whole-spec.ts'
import type { ReadSection } from './read-sections.ts'

interface Importing {
  /** Whether an address is among those that are imported. */
  matches(address: string): boolean
  /** Gets a sentence for each setting that no configuration can declare. */
  readonly leftOut: string[]
  /** Gets names as GitHub shows them, by those in the documents. */
  readonly shown: Record<string, string>
  readonly whyUnsaid?: WhyUnsaid | undefined
  /** `live`: the state as GitHub has it, with all that no configuration may say. */
  readonly form?: 'configuration' | 'live' | undefined
}

/**
 * The sections of one scope as a configuration writes them, by family.
 */
export function importedBody(
  read: readonly ReadSection[],
  { matches, leftOut, shown, whyUnsaid, form = 'configuration' }: Importing,
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
        if (form === 'live') {
          Object.assign(shown, member.shown)
          return [[member.name ?? member.key, spelt(family.fields, member.spec as Document)] as const]
        }
        const address = formatAddress(scope, family.name, member.key)
        const unsaid = nameUnsaid(family, member, whyUnsaid)
        if (unsaid !== undefined) {
          leftOut.push(`${address}: left out: ${unsaid}`)
          return []
        }
        const whole = declarable(family, wholeSpec({ family, known, scope }, member), whyUnsaid)
        if (member.fixed === 'inherited' && !saysOfInherited(family, whole.spec)) return []
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

/** Why no configuration can have a member by its name on GitHub, as a sentence; undefined where one can, and where all is given. */
export function nameUnsaid(
  family: Family,
  { name, key }: Pick<Live, 'name' | 'key'>,
  whyUnsaid: WhyUnsaid | undefined,
): string | undefined {
  if (family.shape === 'settings' || whyUnsaid === undefined) return undefined
  const why = whyUnsaid(name ?? key)
  return family.nameFault?.(name ?? key) ?? (why && `its name ${why}`)
}

/** Whether a configuration may say more of an inherited member than that it is one. */
function saysOfInherited(family: Family, spec: Document): boolean {
  return (family.inherits?.(spec) ?? false) && Object.keys(spec).length > 1
}

function leftOutText({ field, remove, faults }: Declarable['leftOut'][number]): string {
  if (remove === undefined) return `${field}: left out: ${faults.join('; ')}`
  return `${field}: left out what GitHub has and a configuration may not say; ${remove} takes it away: ${faults.join('; ')}`
}
