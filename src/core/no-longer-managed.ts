import { byText } from './address.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import { formerAddress, RENAMED_FROM } from './rename.ts'

/** A setting of GitHub that one version of the configuration declares, and a later one does not. */
export interface NoLongerManaged {
  readonly address: string
  /** Dotted paths of the fields that are not given any more; left out where nothing of the address is. */
  readonly fields?: readonly string[]
}

/**
 * The members and fields that a configuration stops managing, after globs, sets and names are resolved: a moved file,
 * and a renamed repository, lose nothing.
 * @returns by address
 */
export function noLongerManaged(
  base: readonly DesiredSection[],
  own: readonly DesiredSection[],
): readonly NoLongerManaged[] {
  const now = managedIn(own)
  const renamed = new Set([...now.values()].map(formerAddress))
  return [...managedIn(base).values()]
    .flatMap((before): readonly NoLongerManaged[] => {
      const { address, state } = before
      const after = now.get(address)
      if (after === undefined) return renamed.has(address) ? [] : [{ address }]
      if (state !== 'present' || after.state !== 'present') return []
      const fields = Object.keys(before.sources).filter(
        (path) => path !== RENAMED_FROM && !givesAsMuch(after, before, path),
      )
      return fields.length === 0 ? [] : [{ address, fields: fields.sort(byText) }]
    })
    .sort((left, right) => byText(left.address, right.address))
}

/**
 * Whether a list is still given in full. An exact list that became `add_` or `remove_`, or one of which fewer entries
 * are named, is not: GitHub keeps entries that are neither added nor removed.
 */
function givesAsMuch(after: DesiredMember, before: DesiredMember, path: string): boolean {
  if (!(path in after.sources)) return false
  const { [path]: now } = after.edits
  const { [path]: then } = before.edits
  if (now === undefined || then === undefined) return now === undefined
  const frozen = after.frozen?.[path] ?? []
  const said = new Set([...now.add, ...now.remove, ...frozen.map(({ name }) => name)])
  return [...then.add, ...then.remove].every((name) => said.has(name))
}

function managedIn(sections: readonly DesiredSection[]): ReadonlyMap<string, DesiredMember> {
  const members = sections.flatMap((section) => section.members)
  return new Map(members.filter(({ state }) => state !== 'unmanaged').map((member) => [member.address, member]))
}
