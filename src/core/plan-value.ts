import type { DesiredMember } from './desired.ts'
import { routeOf } from './leaves.ts'
import type { Live } from './live.ts'
import type { Change } from './plan.ts'
import { type SecretFacts, secretState } from './secret-state.ts'
import type { SectionFacts } from './section-facts.ts'
import { isSameValue, type ValueAt, valueText } from './value-text.ts'

const NOTHING_KNOWN: SecretFacts = { value: 'not compared' }

/** The plan for the value of a secret that is on GitHub. */
export interface ValuePlan {
  readonly puts: Change['value']
  readonly reason?: string | undefined
  readonly noted?: 'unknown' | 'not compared' | undefined
  readonly sourceChanged: boolean
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly holds: boolean
}

/** Whether the value is put, and why; `changed` are the other fields that differ. */
export function planValue(
  section: SectionFacts,
  member: DesiredMember,
  live: Live,
  at: { readonly path: string; readonly valueAt: ValueAt | undefined; readonly changed: readonly string[] },
): ValuePlan {
  const { family, scope } = section
  const facts = section.facts(member.address) ?? NOTHING_KNOWN
  const route = routeOf(family, at.path, scope.type)
  const needed = at.changed.some((leaf) => routeOf(family, leaf, scope.type) === route)
  const { valueAt } = at
  const rotates = valueAt !== undefined && section.rotates(member.address, valueAt.source)
  const state = secretState(facts, live.updated_at, rotates ? 'rotate' : 'keep')
  const holds = state.state === 'unchanged'
  if (valueAt === undefined) return { puts: needed ? 'put' : null, sourceChanged: false, holds }
  // A version that the ledger lacks needs a write, also for a secret that octoform never wrote.
  const sourceChanged = facts.source === undefined ? valueAt.version !== undefined : !isSameValue(facts.source, valueAt)
  const again = state.state === 'put again'
  const puts = rotates ? 'rotate' : needed || sourceChanged ? 'put' : again ? 'again' : null
  const noted =
    state.state === 'unknown' ? 'unknown' : state.state === 'unchanged' && !state.compared ? 'not compared' : undefined
  return {
    puts,
    sourceChanged,
    holds,
    reason: again ? state.reason : undefined,
    noted,
    before: sourceChanged || facts.source === undefined ? facts.source : valueText(valueAt),
    after: facts.source !== undefined || puts !== null ? valueText(valueAt) : undefined,
  }
}
