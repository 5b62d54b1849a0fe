import { formatAddress } from '../core/address.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import { shorten } from './shorten.ts'

/** The sentence about it: its address, and GitHub's answer with the status. */
export function partText({ scope, family, reason }: PartNotRead): string {
  return `${formatAddress(scope, family, '')} could not be read, and is left out: ${reason}`
}

/** One sentence for each family: in many repositories it is mostly the same. */
export function partTexts(parts: readonly PartNotRead[]): readonly string[] {
  const byFamily = new Map<string, PartNotRead[]>()
  for (const part of parts) byFamily.set(part.family, [...(byFamily.get(part.family) ?? []), part])
  return [...byFamily.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    if (all.length === 1) return [partText(first)]
    const addresses = all.map(({ scope, family }) => formatAddress(scope, family, ''))
    return [`${shorten(addresses, 3)} could not be read, and are left out; the first: ${first.reason}`]
  })
}
