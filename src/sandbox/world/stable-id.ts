import { createHash } from 'node:crypto'

/** An id for a thing that the seed gives none, such as a label or a person: always the same for the same text. */
export function stableId(text: string): number {
  return 10_000_000 + Number.parseInt(createHash('sha1').update(text).digest('hex').slice(0, 7), 16)
}

/** A made-up SHA of a commit: always the same for the same text. */
export function stableSha(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
