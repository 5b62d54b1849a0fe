import { getPath } from '../core/json.ts'
import type { Change } from '../core/plan.ts'

/** The most lengths in a row. */
const SHOWN = 5

/**
 * The lengths of the texts that changes of variables put or take away, for readers who may not see the texts: `; text of 12,
 * 3 → 20 characters`. Empty where none does.
 */
export function textLengths(changes: readonly Change[]): string {
  const lengths = changes.flatMap((change) => lengthOf(change) ?? [])
  if (lengths.length === 0) return ''
  const more = lengths.length > SHOWN ? `, … ${lengths.length - SHOWN} more` : ''
  const word = lengths.join() === '1' ? 'character' : 'characters'
  return `; text of ${lengths.slice(0, SHOWN).join(', ')}${more} ${word}`
}

/** Of a secret, the field has the source of the value, and a change that differs in it puts the value. */
function lengthOf({ before, after, value }: Change): string | undefined {
  if (value !== null) return undefined
  const [had, has] = [before, after].map((document) => document && getPath(document, 'value'))
  if (had === has) return undefined
  const lengths = [had, has].flatMap((text) => (typeof text === 'string' ? [[...text].length] : []))
  return lengths.length === 0 ? undefined : lengths.join(' → ')
}
