import { byText } from './address.ts'
import type { DesiredMember, DesiredSection, FrozenName } from './desired.ts'
import type { Family, Known } from './family.ts'
import { at } from './family-at.ts'
import type { HeldBack } from './held-back.ts'
import { getPath, withPath } from './json.ts'
import type { Live } from './live.ts'
import { liveOf } from './live-of.ts'
import type { Scope } from './scope.ts'

export interface SettledNames {
  readonly section: DesiredSection
  readonly heldBack: readonly HeldBack[]
}

/**
 * Decides about repositories that lists mean by a former name, once GitHub's state is known: a repository with access
 * keeps it, and one without gains none by that name. The result is plain lists, which the rest of planning compares.
 */
export function settleNames(
  section: DesiredSection,
  live: readonly Live[],
  family: Family,
  known: Known,
  scope: Scope,
): SettledNames {
  if (!section.members.some(({ frozen }) => frozen)) return { section, heldBack: [] }
  const heldBack: HeldBack[] = []
  const members = section.members.map((member) => {
    const now = liveOf(family, member, live)
    return member.frozen && member.state === 'present'
      ? settled(member, now, { family, known, scope }, heldBack)
      : member
  })
  return { section: { ...section, members }, heldBack }
}

function settled(
  member: DesiredMember,
  live: Live | undefined,
  { family, known, scope }: { readonly family: Family; readonly known: Known; readonly scope: Scope },
  heldBack: HeldBack[],
): DesiredMember {
  const reach = new Set((live && at(family, scope)?.reach?.(live.spec, known, scope)) ?? [])
  let { spec, withheld } = member
  const matched: Record<string, readonly string[]> = { ...member.matched }
  for (const [path, frozen] of Object.entries(member.frozen ?? {})) {
    const exact = getPath(spec, path) as readonly string[] | undefined
    const list = new Set(exact)
    for (const each of frozen) {
      const has = mayUse(each, reach, known)
      if (has) list.add(each.name)
      else if (each.kind === 'captured') list.delete(each.name)
      if (!has && each.kind === 'former' && !list.has(each.name)) heldBack.push(notGiven(member, path, each))
    }
    if (exact === undefined) continue
    if (list.size === 0) {
      // An empty list was not intended: it waits until its entries lead to repositories again.
      spec = withPath(spec, path, undefined)
      withheld = withheld === 'all' ? withheld : [...(withheld ?? []), path]
      continue
    }
    const names = [...list].sort(byText)
    spec = withPath(spec, path, names)
    const before = new Set(exact)
    const kept = names.filter((name) => !before.has(name))
    if (kept.length > 0) matched[path] = [...(matched[path] ?? []), ...kept].sort(byText)
  }
  const { frozen: _, ...rest } = member
  return { ...rest, spec, matched, ...(withheld === undefined ? {} : { withheld }) }
}

function mayUse({ name }: FrozenName, reach: ReadonlySet<number>, { repositories }: Known): boolean {
  const id = repositories.byName.get(name)?.id
  return id !== undefined && reach.has(id)
}

function notGiven(member: DesiredMember, field: string, { source, reason, help }: FrozenName): HeldBack {
  return { address: member.address, field, reason, source, help }
}
