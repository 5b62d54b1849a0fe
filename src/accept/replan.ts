import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import { formatAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Known } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { makePlan, type PlanInput } from '../core/make-plan.ts'
import { scopeFrom } from '../core/need.ts'
import type { Plan } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { ownerOf, type Scope } from '../core/scope.ts'
import { settleNames } from '../core/settle-names.ts'

/** A plan of one configuration, with its sections. */
export interface Replanned {
  readonly plan: Plan
  readonly sections: PlanInput['sections']
}

/**
 * Plans another configuration against the settings that were read already. Sections that were not read are left out of
 * it, and held-back changes differ like all others: accepting one is a way to resolve it.
 * @param input the input of the first configuration's plan
 */
export function replan(input: PlanInput, configuration: Configuration): Replanned {
  const { desired, diagnostics, heldBack } = resolveAll(input, configuration)
  const kept: HeldBack[] = [...heldBack]
  for (const { section: planned, facts, live } of input.sections) {
    const at = addressOf(planned.scope, planned.family)
    const section = desired.get(at)
    if (section === undefined) continue
    const settled = settleNames(section, live, facts.family, facts.known, section.scope)
    desired.set(at, settled.section)
    append(kept, settled.heldBack)
  }
  const owners = new Set(input.sections.map(({ section }) => ownerOf(section.scope)))
  const sections = input.sections.flatMap((read) => {
    const section = desired.get(addressOf(read.section.scope, read.section.family))
    if (section === undefined) return []
    const known = knowing(read.facts.known, section.scope, { desired, owners })
    return [{ ...read, section, facts: { ...read.facts, known, unheld: true as const } }]
  })
  return { plan: makePlan({ ...input, sections, diagnostics, heldBack: kept }).plan, sections }
}

function resolveAll(
  { sections, families }: PlanInput,
  configuration: Configuration,
): {
  readonly desired: Map<string, DesiredSection>
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
} {
  const owners = new Map<string, Repositories>()
  for (const { section, facts } of sections) owners.set(ownerOf(section.scope), facts.known.repositories)
  const desired = new Map<string, DesiredSection>()
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  for (const [owner, repositories] of owners) {
    const resolved = resolveOwner(configuration, owner, repositories, families)
    append(diagnostics, resolved.diagnostics)
    append(heldBack, resolved.heldBack)
    for (const section of resolved.sections) desired.set(addressOf(section.scope, section.family), section)
  }
  return { desired, diagnostics, heldBack }
}

/**
 * Gives families the desired sections of this configuration in place of the first one's. Those of an owner that the run leaves
 * out are the same in both.
 */
function knowing(
  known: Known,
  scope: Scope,
  { desired, owners }: { readonly desired: ReadonlyMap<string, DesiredSection>; readonly owners: ReadonlySet<string> },
): Known {
  return {
    ...known,
    once: (_, work) => work(),
    desired: (family, from) => {
      const before = known.desired(family, from)
      const place = scopeFrom(scope, from)
      if (place === undefined || !owners.has(ownerOf(place))) return before
      const members = desired.get(addressOf(place, family))?.members
      return before === undefined ? undefined : members
    },
  }
}

function addressOf(scope: Scope, family: string): string {
  return formatAddress(scope, family, '')
}
