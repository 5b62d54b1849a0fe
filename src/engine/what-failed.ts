import { formatAddress } from '../core/address.ts'
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
  { fills }: Pick<Send, 'fills'> = {},
): Missed | undefined {
  const bringer = unbrought(work, stopped)
  if (bringer) return { work: bringer, why: 'was to bring this here' }
  const unready = fills && notReady(fills, work, stopped)
  if (unready) return unready
  const missing = stopped.ofScope(work.scope)
  if (missing?.change.action === 'create') return { work: missing, why: 'was to hold this' }
  // No value goes to where its protection was not taken.
  if (missing && putsValue(work)) return { work: missing, why: 'was to be protected first' }
  if (phase === 'narrow') return undefined
  const chooser = work.family.inherits && stopped.below(work.family.name, work.scope, choosesLess(work.key))
  if (chooser) return { work: chooser, why: 'was to choose who uses this before it opens' }
  const open = notClosed(work, stopped)
  if (open) return { work: open, why: 'was to be closed before this opens' }
  const wide = notLimited(work, stopped)
  if (wide) return { work: wide, why: 'was to limit this before it opens' }
  const ending = notInForce(work, stopped)
  if (ending) return { work: ending, why: 'was to be in force before this opens' }
  return phase === 'last' || phase === 'open' ? leftBehind(work, phase, stopped) : undefined
}

/**
 * Finds a change that stopped before a releasing request, or before one that opens once others have released: a later request
 * must neither lose members that were not moved, nor open a group that was to be emptied first.
 */
function leftBehind({ family, scope }: Work, phase: 'last' | 'open', stopped: Stopped): Missed | undefined {
  // Members of the level above are filled and emptied there.
  const above = family.inherits && scopeAbove(scope)
  const gone = 'was to leave this first'
  for (const place of [scope, ...(above ? [above] : [])]) {
    const beside = stopped.inSections([family.name], place, ({ phases }, { done }) => {
      const missing = phases.filter((_, index) => !done.includes(index))
      return missing.some((left) => PHASES.indexOf(left) < PHASES.indexOf(phase))
    })
    if (beside) return { work: beside, why: phase === 'last' ? 'might have taken up what this lets go of' : gone }
    const staying = stopped.inSections(family.holds ?? [], place, ({ change, leavesGroup }) => {
      return change.action === 'delete' || leavesGroup === true
    })
    if (staying) return { work: staying, why: gone }
  }
  return undefined
}

/** The change that was to bring the member of this one, where it stopped before it did. */
function unbrought({ comesBy }: Work, stopped: Stopped): Work | undefined {
  if (comesBy === undefined) return undefined
  return stopped.member(comesBy.address, ({ sends }, { done }) =>
    sends.some(({ fills }, index) => !fills && !done.includes(index)),
  )
}

/** Of those below, by its name there: a member that was to have fewer users. */
function choosesLess(name: string): (work: Work, progress: { readonly done: readonly number[] }) => boolean {
  return ({ key, phases }, { done }) =>
    key === name && phases.some((phase, index) => phase === 'narrow' && !done.includes(index))
}

/** Finds the change that was to write who may use a member, or choose of that below, before this one puts something into it. */
function notReady({ family, key }: NonNullable<Send['fills']>, work: Work, stopped: Stopped): Missed | undefined {
  const address = formatAddress(work.scope, family, key)
  const chooser = stopped.broughtBy(address) ?? stopped.below(family, work.scope, choosesLess(key))
  if (chooser) return { work: chooser, why: 'was to choose who uses this before it is filled' }
  if (address === work.change.address) return undefined
  const holder = stopped.member(address, ({ sends, phases }, { done }) =>
    sends.some(({ fills }, index) => {
      const isEarly = phases[index] !== 'last' && phases[index] !== 'open'
      return isEarly && !fills && !done.includes(index)
    }),
  )
  return holder && { work: holder, why: 'was to be ready before this is in it' }
}

/** A change of a policy above that stopped before it narrowed: what opens below it was to stand under the narrower one. */
function notLimited(work: Work, stopped: Stopped): Work | undefined {
  return policyAbove(work, stopped, ({ phases }, { done }) =>
    phases.some((phase, index) => (phase === 'narrow' || phase === 'replace') && !done.includes(index)),
  )
}

/** The same of one that stopped at any time: a list that ends above may have stood in the place of a narrower one below. */
function notInForce(work: Work, stopped: Stopped): Work | undefined {
  return policyAbove(work, stopped, ({ family, phases }, { done }) => {
    return family.shape === 'settings' && phases.some((phase, index) => phase !== 'open' && !done.includes(index))
  })
}

function policyAbove({ family, scope }: Work, stopped: Stopped, test: Parameters<Stopped['inSections']>[2]) {
  const policies = (family.needs ?? []).filter(({ from }) => from === 'above').map((need) => need.family)
  let found: Work | undefined
  for (let above = scopeAbove(scope); above && !found && policies.length > 0; above = scopeAbove(above)) {
    found = stopped.inSections(policies, above, test)
  }
  return found
}

/** A change below that stopped before it closed what this one opens: of the level right below, or, as a rule, further down. */
function notClosed({ family, scope }: Work, stopped: Stopped): Work | undefined {
  return stopped.below(family.name, scope, ({ sends }, { done }) =>
    sends.some(({ closesFirst }, index) => closesFirst && !done.includes(index)),
  )
}
