import { byText } from './address.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'

/** Something that one version of the configuration says of GitHub, and a later one does not. */
export interface NoLongerManaged {
  readonly address: string
  /** Dotted paths of the fields that are not given any more; left out where nothing of the address is. */
  readonly fields?: readonly string[]
}

/**
 * What a configuration stops managing, by what its globs, sets and names come to: a file that is moved, and a repository that
 * is called otherwise by now, lose nothing.
 * @returns by address
 */
export function noLongerManaged(
  base: readonly DesiredSection[],
  own: readonly DesiredSection[],
): readonly NoLongerManaged[] {
  const now = managedIn(own)
  return [...managedIn(base).values()]
    .flatMap((before): readonly NoLongerManaged[] => {
      const { address, state } = before
      const after = now.get(address)
      if (after === undefined) return [{ address }]
      if (state !== 'present' || after.state !== 'present') return []
      const fields = Object.keys(before.sources).filter((path) => !givesAsMuch(after, before, path))
      return fields.length === 0 ? [] : [{ address, fields: fields.sort(byText) }]
    })
    .sort((left, right) => byText(left.address, right.address))
}

/**
 * A list whose members were exactly these, and of which only some are added or removed by now, is not given any more; nor
 * is one of which fewer are: what is neither added nor removed any more stays as it is on GitHub.
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
