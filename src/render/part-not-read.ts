import { formatAddress } from '../core/address.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import { groupBy } from './group-by.ts'
import { shorten } from './shorten.ts'

/** The sentence about it: its address, and GitHub's answer with the status. */
export function partText({ scope, family, reason }: PartNotRead): string {
  return `${formatAddress(scope, family, '')} could not be read, and is left out: ${reason}`
}

/** One sentence for each family: in many repositories it is mostly the same. */
export function partTexts(parts: readonly PartNotRead[]): readonly string[] {
  return [...groupBy(parts, ({ family }) => family).values()].flatMap((all) => {
    const [first] = all
    if (all.length === 1) return [partText(first)]
    const addresses = all.map(({ scope, family }) => formatAddress(scope, family, ''))
    return [`${shorten(addresses, 3)} could not be read, and are left out; the first: ${first.reason}`]
  })
}
