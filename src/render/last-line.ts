import { enterprisesLeftOut, isAboutLeftOut } from '../core/enterprises-left-out.ts'
import { type Counts, isWholePlan, type Plan } from '../core/plan.ts'
import { isTampered } from '../core/plan-ledger.ts'
import { isPart, rollingWords } from '../core/rolling.ts'
import { count } from './row.ts'
import type { Wording } from './wording.ts'

/**
 * The line that other programs look for: the fixed phrase first and whole, then other reasons why GitHub differs from
 * the configuration.
 * @param refused whether the run ends otherwise than its plan says
 */
export function lastLine(plan: Plan, counts: Counts, wording: Wording, refused: boolean): string {
  const unknown = plan.secrets.unknown.length
  const phrase = phraseOf(plan, counts, wording, refused)
  return [
    phrase,
    ...rollingText(plan, phrase),
    ...heldBackText(plan.held_back),
    ...(wording === 'drift' && unknown > 0 ? [`${count(unknown, 'secret')} unknown.`] : []),
    ...lostText(plan),
    ...(plan.ledger?.unverified ? ['Ledger not verified.'] : []),
    ...leftOutText(plan),
  ].join(' ')
}

/** How much a rolling run compared, where its phrase does not say so. */
function rollingText({ rolling }: Plan, phrase: string): readonly string[] {
  if (!isPart(rolling)) return []
  const words = rollingWords(rolling)
  return phrase.includes(words) ? [] : [`Compared: ${words}.`]
}

/** A run that compares no enterprise does not read as if it had. */
function leftOutText(plan: Pick<Plan, 'left_out' | 'flags'>): readonly string[] {
  const left = enterprisesLeftOut(plan)
  return left.length === 0 ? [] : [`${count(left.length, 'enterprise')} left out.`]
}

function lostText({ no_longer_managed: lost = [] }: Plan): readonly string[] {
  return lost.length === 0 ? [] : [`${count(lost.length, 'address', 'addresses')} no longer managed.`]
}

/** The number of held-back changes in a last line; empty for none. */
export function heldBackText(heldBack: readonly unknown[]): readonly string[] {
  return heldBack.length === 0 ? [] : [`${heldBack.length} held back.`]
}

/** The phrase for no changes is used only where everything was read, and nothing is wrong, refused or held back. */
function phraseOf(plan: Plan, counts: Counts, wording: Wording, refused: boolean): string {
  const none = counts.add + counts.change + counts.delete === 0
  const isOpen =
    refused ||
    isTampered(plan.ledger) ||
    plan.held_back.length > 0 ||
    !isWholePlan({ ...plan, rolling: undefined }) ||
    isAboutLeftOut(plan)
  if (none && !plan.complete) {
    const places = plan.not_read.length === 0 ? 'something' : count(plan.not_read.length, 'scope')
    return `Nothing to change in what could be read; ${places} could not be.`
  }
  if (none && !isOpen && isPart(plan.rolling)) return `No drift in ${rollingWords(plan.rolling)}.`
  if (none && !isOpen) return wording === 'plan' ? 'No changes.' : 'No drift.'
  const word = wording === 'plan' ? 'Plan' : 'Drift'
  return `${word}: ${counts.add} to add, ${counts.change} to change, ${counts.delete} to delete.`
}
