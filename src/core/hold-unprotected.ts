import { formatScope } from './address.ts'
import type { HeldBack } from './held-back.ts'
import { holderOf } from './holder.ts'
import type { WithheldBySection } from './knowing.ts'
import { valueLeaf } from './leaves.ts'
import type { SectionPlan } from './planned-section.ts'
import type { Scope } from './scope.ts'
import { putsValue, type Work } from './work.ts'

interface Unwritten {
  /** The parts of desired members that this run does not write. */
  readonly withheld: WithheldBySection
  /** The addresses of changes that the run leaves out. */
  readonly outside: ReadonlySet<string>
}

/**
 * Holds back what is to go into an environment that this run does not bring about as the YAML has it: no value goes to where
 * its protection is not there, and nothing at all to an environment that is not created.
 */
export function holdUnprotected(own: SectionPlan, scope: Scope, unwritten: Unwritten): SectionPlan {
  const holder = holderOf(scope)
  if (holder === undefined || own.works.length === 0) return own
  const place = formatScope(scope)
  const parts = unwritten.withheld.get(holder.section)?.get(holder.key)
  const isOutside = unwritten.outside.has(place)
  if (parts === undefined && !isOutside) return own
  const held = own.works.filter((work) => putsValue(work) || (parts === 'all' && work.change.action === 'create'))
  const reason = isOutside
    ? `${place} is not as the YAML has it, and this run leaves that out`
    : `${place} is held back, in whole or in part`
  const help = isOutside ? `Apply ${place} too.` : `See to what holds back ${place}.`
  const waiting = new Set(held)
  return {
    ...own,
    works: own.works.filter((work) => !waiting.has(work)),
    heldBack: [...own.heldBack, ...held.map((work) => heldWork(work, reason, help))],
  }
}

function heldWork({ change, family }: Work, reason: string, help: string): HeldBack {
  const field = change.action === 'create' ? null : (valueLeaf(family) ?? null)
  return { address: change.address, field, reason, source: change.source, help }
}
