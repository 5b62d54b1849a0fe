import { PHASES, type Phase } from '../core/directions.ts'
import { scopeAbove } from '../core/scope.ts'
import type { Send } from '../core/send.ts'
import { putsValue, type Work } from '../core/work.ts'
import type { Stopped } from './stopped.ts'

interface Missed {
  readonly work: Work
  readonly why: string
}

/** The change that stopped before something that a request must not go without, and why it must not. */
export function whatFailed(
  work: Work,
  phase: Phase,
  stopped: Stopped,
  { afterBelow }: Pick<Send, 'afterBelow'> = {},
): Missed | undefined {
  const bringer = unbrought(work, stopped)
  if (bringer) return { work: bringer, why: 'was to bring this here' }
  const chooser = afterBelow ? stopped.broughtBy(work.change.address) : undefined
  if (chooser) return { work: chooser, why: 'was to choose who uses this before it is filled' }
  const missing = stopped.ofScope(work.scope)
  if (missing?.change.action === 'create') return { work: missing, why: 'was to hold this' }
  // No value goes to where its protection was not taken.
  if (missing && putsValue(work)) return { work: missing, why: 'was to be protected first' }
  if (phase === 'narrow') return undefined
  const open = notClosed(work, stopped)
  if (open) return { work: open, why: 'was to be closed before this opens' }
  const wide = notLimited(work, stopped)
  if (wide) return { work: wide, why: 'was to limit this before it opens' }
  const other = phase === 'widen' ? undefined : leftBehind(work, phase, stopped)
  const why = phase === 'last' ? 'might have taken up what this lets go of' : 'was to leave this first'
  return other && { work: other, why }
}

/**
 * Finds a change of the same section that stopped before a releasing request, or before one that opens once others have
 * released: a later request must neither lose members that were not moved, nor open a group that was to be emptied
 * first.
 */
function leftBehind({ family, scope }: Work, phase: Phase, stopped: Stopped): Work | undefined {
  return stopped.inSections([family.name], scope, ({ phases }, { done }) => {
    const missing = phases.filter((_, index) => !done.includes(index))
    return missing.some((left) => PHASES.indexOf(left) < PHASES.indexOf(phase))
  })
}

/** The change that was to bring the member of this one, where it stopped before it did. */
function unbrought({ comesBy }: Work, stopped: Stopped): Work | undefined {
  if (comesBy === undefined) return undefined
  return stopped.member(comesBy.address, ({ sends }, { done }) =>
    sends.some(({ afterBelow }, index) => !afterBelow && !done.includes(index)),
  )
}

/** A change of the policy above that stopped before it narrowed: what opens below it was to stand under the narrower one. */
function notLimited(work: Work, stopped: Stopped): Work | undefined {
  const above = scopeAbove(work.scope)
  if (above === undefined) return undefined
  const policies = (work.family.needs ?? []).filter(({ from }) => from === 'above').map(({ family }) => family)
  return stopped.inSections(policies, above, ({ phases }, { done }) =>
    phases.some((phase, index) => phase === 'narrow' && !done.includes(index)),
  )
}

/** A change below that stopped before it closed what this one opens: of the level right below, or, as a rule, further down. */
function notClosed({ family, scope }: Work, stopped: Stopped): Work | undefined {
  return stopped.below(family.name, scope, ({ sends }, { done }) =>
    sends.some(({ closesFirst }, index) => closesFirst && !done.includes(index)),
  )
}
