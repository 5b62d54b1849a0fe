import { withBegunAbove } from '../core/begun-above.ts'
import { type Difference, differences } from '../core/claim.ts'
import type { Planned } from '../core/make-plan.ts'
import type { Plan } from '../core/plan.ts'
import { type Steps, stepsOf } from '../core/steps.ts'
import { doneOf, unfinished } from '../core/unfinished.ts'
import type { SavedPlan } from '../engine/saved-plan.ts'
import { renderDifference } from '../render/explain-difference.ts'
import { shorten } from '../render/shorten.ts'
import { EXIT } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import type { Refusal } from '../run/refusal.ts'
import type { Run } from '../run/run.ts'

/** The reviewed plan: a saved plan, a digest, both or neither. */
export interface Reviewed {
  readonly saved: SavedPlan | undefined
  readonly path: string
  readonly expectDigest: string | undefined
  /** The plan of that digest, where an apply of it was begun before. */
  readonly begun?: Plan | undefined
  /** The plan of that digest, used only to show the differences. */
  readonly recorded?: Plan | undefined
}

/** A run's results: its plan, and the files that its configuration was read from. */
export type Made = Pick<Run, 'planned'> & { readonly configuration: Pick<Run['configuration'], 'files'> }

/** Compares a saved plan, which is a claim and never instructions: it must contain this run's own plan. */
export function refusedByReview(made: Made, reviewed: Reviewed): Refusal[] {
  const { plan } = made.planned
  const { saved, path, expectDigest, begun, recorded } = reviewed
  const style = { colour: 'plain' } as const
  const refusals: Refusal[] = []
  if (saved && !saved.intact) {
    const message = `${path} was edited after it was made: its digest is not that of its changes. Nothing was written.`
    refusals.push({ code: EXIT.stale, message })
  } else if (saved) {
    const found = differencesTo(saved.plan, made)
    const refusal = { own: plan, claimed: saved.plan, differences: found }
    if (found.length > 0) refusals.push({ code: EXIT.stale, message: renderDifference(refusal, style), brief: BRIEF })
  }
  if (expectDigest !== undefined && expectDigest !== plan.digest) {
    const found = begun && differencesTo(begun, made)
    const claimed = begun ?? recorded ?? null
    const known = found ?? (recorded ? [...differencesTo(recorded, made), ...doneIn(recorded, made)] : [])
    const refusal = { own: plan, claimed, differences: known, expectedDigest: expectDigest }
    if (found?.length !== 0)
      refusals.push({ code: EXIT.stale, message: renderDifference(refusal, style), brief: BRIEF })
  }
  return refusals
}

/**
 * Compares a plan that was shown and confirmed with the one made again because another run wrote meanwhile: the
 * confirmed plan must contain all that is left.
 */
export function refusedSince(again: Made, shown: Plan): Refusal[] {
  const found = differencesTo(shown, again)
  if (found.length === 0) return []
  const refusal = { own: again.planned.plan, claimed: shown, differences: found }
  const why = 'Another run wrote while this one waited for the lock.'
  const message = `${why} ${renderDifference(refusal, { colour: 'plain' })}`
  return [{ code: EXIT.stale, message, brief: `${why} ${BRIEF}` }]
}

const BRIEF = 'The plan of now is another one than was reviewed. Nothing was written.'

/** The changes of a claimed plan that are done already: a digest alone needs all of them to be there. */
function doneIn(claimed: Plan, made: Made): readonly Difference[] {
  const done = doneOf(made.planned.plan, claimed, leftOf(made, claimed))
  return done.map((address) => ({ address, message: 'was reviewed, and is done already' }))
}

/** Prints the changes of the saved plan that are done already. */
export function reportDone(io: Io, made: Made, claimed: Plan): void {
  const done = doneOf(made.planned.plan, claimed, leftOf(made, claimed))
  if (done.length > 0) io.stderr(`Of the saved plan nothing is left to do for ${shorten(done)}.\n`)
}

/** Changes of this run that were not reviewed, and reviewed changes that this run would not make. */
function differencesTo(claimed: Plan, made: Made): readonly Difference[] {
  const { planned } = made
  const found = differences(planned.plan, claimed, stepsIn(planned))
  const known = new Set(found.map(({ address }) => address))
  const all = [...found, ...leftOf(made, claimed).filter(({ address }) => !known.has(address))]
  return withBegunAbove(all, planned, claimed)
}

function leftOf({ planned, configuration }: Made, claimed: Plan): readonly Difference[] {
  if (planned.plan.host !== claimed.host) return []
  return unfinished(planned.plan, claimed, { observations: planned.observations, files: configuration.files })
}

function stepsIn(planned: Planned): (address: string) => Steps {
  const byAddress = new Map(planned.works.map((work) => [work.change.address, work]))
  return (address) => {
    const work = byAddress.get(address)
    if (!work) throw new Error(`bug: the plan has no change of ${address}`)
    return stepsOf(work)
  }
}
