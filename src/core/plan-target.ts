import type { DesiredSection } from './desired.ts'
import { matchAny } from './glob.ts'
import { formerAddress } from './rename.ts'

interface Targeted {
  readonly flags: { readonly target: readonly string[] }
  readonly sections: readonly { readonly section: DesiredSection }[]
  formerly?(address: string): readonly string[]
}

/** Whether `--target` takes an address, by its own name or by one that it had before. */
export function planTarget(input: Targeted): (address: string) => boolean {
  if (input.flags.target.length === 0) return () => true
  const matches = matchAny(input.flags.target)
  const renamed = new Map<string, string>()
  for (const { section } of input.sections) {
    for (const member of section.members) {
      const former = formerAddress(member)
      if (former !== undefined) renamed.set(member.address, former)
    }
  }
  return (address) =>
    matches(address) || [...(input.formerly?.(address) ?? []), renamed.get(address) ?? []].flat().some(matches)
}
