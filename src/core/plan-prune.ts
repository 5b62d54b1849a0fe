import { byText, formatAddress, formatScope } from './address.ts'
import type { DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { compileAddressGlob } from './glob.ts'
import type { HeldBack } from './held-back.ts'
import { hiddenMembers } from './hidden-members.ts'
import type { Live } from './live.ts'
import { occupied, planDelete } from './plan-member.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

/** The deletes of live members that the YAML does not mention and that a `prune` names. */
export function planPrune(
  facts: SectionFacts,
  section: DesiredSection,
  live: readonly Live[],
): { works: Work[]; diagnostics: Diagnostic[]; heldBack: HeldBack[] } {
  if (section.prune.length === 0) return { works: [], diagnostics: [], heldBack: [] }
  const { known, family, scope } = facts
  if (!known.repositories.complete) {
    const message = `prune is held back in ${formatScope(scope)}: the credential does not see every repository of the owner`
    return {
      works: [],
      heldBack: [],
      diagnostics: section.prune
        .slice(0, 1)
        .map(({ source }) => ({ severity: 'warning', message, source, held_back: true })),
    }
  }
  const hidden = hiddenMembers(family, scope, known.product)
  if (hidden !== undefined) {
    const address = formatAddress(scope, family.name, '')
    const message = `prune does nothing in ${address}: ${hidden.why}; write what is to go as absent`
    const warnings = section.prune.slice(0, 1).map(({ source }) => ({ severity: 'warning' as const, message, source }))
    return { works: [], heldBack: [], diagnostics: warnings }
  }
  const mentioned = new Set(section.members.map((member) => member.key))
  const globs = section.prune.map((prune) => ({ ...prune, matches: compileAddressGlob(prune.glob) }))
  const works: Work[] = []
  const heldBack: HeldBack[] = []
  for (const member of live) {
    if (mentioned.has(member.key) || member.fixed) continue
    const address = formatAddress(scope, family.name, member.key)
    const prune = globs.find(({ matches }) => matches(address))
    if (!prune) continue
    const held = occupied(facts, member, { address, source: prune.source })
    if (held) heldBack.push(held)
    else works.push(planDelete(facts, member, address, `not in the YAML, and prune names ${prune.glob}`, prune.source))
  }
  works.sort((left, right) => byText(left.change.address, right.change.address))
  return { works, diagnostics: [], heldBack }
}
