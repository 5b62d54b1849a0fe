import { byText } from './address.ts'
import { append } from './append.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { HeldBack } from './held-back.ts'
import { secretLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import { planMember } from './plan-member.ts'
import type { SectionPlan } from './planned-section.ts'
import { repositoryIn } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'

/** Whether the section's repository is archived: GitHub refuses all writes of its settings and members. */
export function isArchived({ scope, known }: Pick<SectionFacts, 'scope' | 'known'>): boolean {
  return known.repositories.byName.get(repositoryIn(scope)?.repo ?? '')?.archived === true
}

/**
 * Leaves the settings of an archived repository alone and names them. Only those that users rely on are held back: a
 * value that is due for any reason, and members that should be gone.
 */
export function planArchived(
  facts: SectionFacts,
  section: DesiredSection,
  byKey: ReadonlyMap<string, Live>,
): SectionPlan {
  const heldBack: HeldBack[] = []
  const diagnostics: Diagnostic[] = []
  const archived: string[] = []
  for (const member of section.members) {
    if (member.state === 'unmanaged') continue
    const live = byKey.get(member.key)
    const planned = planMember(facts, member, live)
    append(
      diagnostics,
      planned.diagnostics.filter(({ severity }) => severity === 'error'),
    )
    const held = heldBackIn(facts, member, planned.work?.change)
    if (held) heldBack.push(held)
    else if (member.state === 'absent') append(heldBack, planned.heldBack ?? [])
    else if (member.state === 'present') archived.push(member.address)
  }
  const mentioned = new Set(section.members.map(({ key }) => byKey.get(key)))
  const others = [...byKey.values()].filter((member) => !mentioned.has(member))
  const leftAlone = others.map(({ key }) => key).sort(byText)
  const nothing = {
    works: [],
    unknown: [],
    notCompared: [],
    withheld: new Map(),
    alsoHeld: new Map(),
    settled: new Map(),
    reach: [],
  }
  return { ...nothing, diagnostics, heldBack, archived, leftAlone, fieldsLeftAlone: 0 }
}

const HELP = 'Bring the repository back, or take this out of the YAML.'

function heldBackIn(
  { family }: SectionFacts,
  { address, source, sources, key }: DesiredMember,
  change: { readonly action: string; readonly value: unknown } | undefined,
): HeldBack | undefined {
  if (change?.action === 'delete') {
    const reason = `the repository is archived, so that ${key} cannot be deleted`
    return { address, field: null, reason, source, help: HELP }
  }
  const path = secretLeaf(family)
  if (change === undefined || change.value === null || path === undefined) return undefined
  const reason = 'the repository is archived, so that the value, which is due, cannot be put'
  return { address, field: path, reason, source: sources[path] ?? source, help: HELP }
}
