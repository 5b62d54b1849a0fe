import type { RunnerMove } from './consequence.ts'
import { patchOf } from './patch-of.ts'
import type { Action, Change } from './plan.ts'
import type { ScopeIds } from './section-facts.ts'

/** The beginning of a change. */
export type ChangeSeed = Pick<Change, 'address' | 'before' | 'after' | 'reason' | 'source'> & {
  readonly action: Action
}

interface Effects extends Pick<Change, 'value' | 'widens' | 'access' | 'consequences' | 'notes'> {
  readonly ids: ScopeIds
  readonly named: Change['ids']
  readonly moves: readonly RunnerMove[]
}

/**
 * A change as plain data. Its keys are written out: those that come after a spread give each object a shape of its own, which
 * takes half as much again as the object, and there are up to 100,000.
 */
export function changeOf(seed: ChangeSeed, effects: Effects): Change {
  const { address, action, before, after, reason, source } = seed
  const { named, value, widens, access, consequences, notes, moves } = effects
  const { owner_id, repository_id } = effects.ids
  const patch = patchOf(seed)
  const change: Change =
    named === undefined
      ? {
          address,
          action,
          before,
          after,
          reason,
          source,
          patch,
          owner_id,
          repository_id,
          value,
          widens,
          access,
          consequences,
          notes,
        }
      : { ...seed, patch, ...effects.ids, ids: named, value, widens, access, consequences, notes }
  return moves.length > 0 ? { ...change, runner_moves: moves } : change
}
