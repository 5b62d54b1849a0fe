import { formatAddress } from './address.ts'
import type { DesiredMember } from './desired.ts'
import { at } from './family-at.ts'
import type { Live } from './live.ts'
import { scopeAbove } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'

/** A member that is not there, and that a change of the level above brings before its own change is written. */
export interface Coming {
  /** The address of that change. */
  readonly by: string
  /** As GitHub will show it then, without the data that its requests need. */
  readonly live: Live
}

/** Foresees a desired member that the level above brings, in this run or before it; undefined where nothing does. */
export function comingOf({ family, scope, known }: SectionFacts, member: DesiredMember): Coming | undefined {
  const above = scopeAbove(scope)
  const spec = above && at(family, scope)?.coming?.(member, known, scope)
  if (above === undefined || spec === undefined) return undefined
  return { by: formatAddress(above, family.name, member.key), live: { key: member.key, spec, ref: {} } }
}
