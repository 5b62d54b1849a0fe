import type { DesiredMember } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { isInSorted } from '../core/in-sorted.ts'
import { sameJson } from '../core/json.ts'
import type { KnownNames } from '../core/known-names.ts'
import { once } from '../core/once.ts'
import { namesOf, ownerOf, scopeAbove } from '../core/scope.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { Doubted } from './refuse-contradictions.ts'

/**
 * The errors that GitHub's names do not refute, also where a part of the configuration is held back: what `validate` refuses
 * is no plan. An owner of which nothing was read decides nothing.
 */
export function confirmedOnNames(doubted: readonly Doubted[], states: readonly OwnerState[]): readonly Diagnostic[] {
  const names = new Map(states.map(({ owner, names }) => [owner, names?.known]))
  const resolved = once(() => membersIn(states))
  const confirmed = doubted.filter(({ scope, member, above, fromOpenSet }) => {
    const holder = scopeAbove(scope)
    const known = holder && names.get(ownerOf(holder))
    if (known === undefined || isListedOtherwise(known, namesOf(scope).at(-1) ?? '', above)) return false
    return !fromOpenSet || sameJson(resolved().get(member.address)?.spec, member.spec)
  })
  return confirmed.map(({ told }) => told)
}

/** With GitHub's answers, by address. */
function membersIn(states: readonly OwnerState[]): ReadonlyMap<string, DesiredMember> {
  const members = states.flatMap(({ desired }) => desired ?? []).flatMap((section) => section.members)
  return new Map(members.map((member) => [member.address, member]))
}

/** Whether the list may mean it by another name: one that it had before, or the one that it has now. */
function isListedOtherwise(known: KnownNames, name: string, above: DesiredMember | undefined): boolean {
  const fact = known.fact(name)
  if (fact?.kind === 'renamed' || fact?.kind === 'captured') return true
  const lists = [...Object.values(above?.spec ?? {}), ...Object.values(above?.edits ?? {}).map(({ add }) => add)]
  return known.formers(name).some((former) => lists.some((list) => Array.isArray(list) && isInSorted(list, former)))
}
