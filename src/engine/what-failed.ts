import { formatScope } from '../core/address.ts'
import { PHASES, type Phase } from '../core/directions.ts'
import { LEVELS, scopeAbove } from '../core/scope.ts'
import { putsValue, type Work } from '../core/work.ts'
import { isOfScope } from './created-scope.ts'
import type { Progress } from './outcome-of.ts'

interface Missed {
  readonly work: Work
  readonly why: string
}

/** The change that stopped before something that a request must not go without, and why it must not. */
export function whatFailed(work: Work, phase: Phase, progress: ReadonlyMap<Work, Progress>): Missed | undefined {
  const missing = unwritten(work, progress)
  if (missing?.change.action === 'create') return { work: missing, why: 'was to hold this' }
  // No value goes to where its protection was not taken.
  if (missing && putsValue(work)) return { work: missing, why: 'was to be protected first' }
  if (phase === 'narrow') return undefined
  const open = notClosed(work, progress)
  if (open) return { work: open, why: 'was to be closed before this opens' }
  const wide = notLimited(work, progress)
  if (wide) return { work: wide, why: 'was to limit this before it opens' }
  const other = phase === 'widen' ? undefined : leftBehind(work, phase, progress)
  const why = phase === 'last' ? 'might have taken up what this lets go of' : 'was to leave this first'
  return other && { work: other, why }
}

/**
 * Finds a change of the same section that stopped before a releasing request, or before one that opens once others have
 * released: a later request must neither lose members that were not moved, nor open a group that was to be emptied
 * first.
 */
function leftBehind(work: Work, phase: Phase, progress: ReadonlyMap<Work, Progress>): Work | undefined {
  for (const [other, { done, error, held }] of progress) {
    if (other.family !== work.family || formatScope(other.scope) !== formatScope(work.scope)) continue
    if (!(error || held) || other === work) continue
    const missing = other.phases.filter((_, index) => !done.includes(index))
    if (missing.some((left) => PHASES.indexOf(left) < PHASES.indexOf(phase))) return other
  }
  return undefined
}

/** The change of the scope itself that this one is in, where it stopped. */
function unwritten(work: Work, progress: ReadonlyMap<Work, Progress>): Work | undefined {
  for (const [other, { error, held }] of progress) {
    if ((error || held) && other !== work && isOfScope(other, work.scope)) return other
  }
  return undefined
}

/** A change of the policy above that stopped before it narrowed: what opens below it was to stand under the narrower one. */
function notLimited(work: Work, progress: ReadonlyMap<Work, Progress>): Work | undefined {
  const policies = (work.family.needs ?? []).filter(({ from }) => from === 'above').map(({ family }) => family)
  const above = scopeAbove(work.scope)
  if (policies.length === 0 || above === undefined) return undefined
  for (const [other, { done, error, held }] of progress) {
    if (!(error || held) || !policies.includes(other.family.name)) continue
    if (formatScope(other.scope) !== formatScope(above)) continue
    if (other.phases.some((phase, index) => phase === 'narrow' && !done.includes(index))) return other
  }
  return undefined
}

/** A change below that stopped before it closed what this one opens: of the level right below, or, as a rule, further down. */
function notClosed(work: Work, progress: ReadonlyMap<Work, Progress>): Work | undefined {
  const depth = LEVELS.indexOf(work.scope.type)
  for (const [other, { done, error, held }] of progress) {
    if (!(error || held) || other.family !== work.family) continue
    const above = scopeAbove(other.scope)
    const isFurther = LEVELS.indexOf(other.scope.type) > depth + 1
    if (!isFurther && (above === undefined || formatScope(above) !== formatScope(work.scope))) continue
    if (other.sends.some(({ closesFirst }, index) => closesFirst && !done.includes(index))) return other
  }
  return undefined
}
