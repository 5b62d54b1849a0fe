import { bytesOfNames, cutForm, type Named } from './change-forms.ts'
import { type Form, whole } from './fit.ts'
import { byteLength } from './markdown-text.ts'

/** Room for headings, fences, and the words about missing parts. */
const RESERVE = 1_000

/**
 * Cuts the name lists of a report that is too long even in its shortest forms. The room is shared by need, and half of
 * it is sure for each.
 * @param named the parts to cut; undefined where there are no names to show
 */
export function fitNames<K extends string, N extends K>(
  chosen: Readonly<Record<K, Form>>,
  named: Readonly<Record<N, Named>> | undefined,
  write: (chosen: Readonly<Record<K, Form>>) => string,
  limit: number,
): Readonly<Record<K, Form>> {
  if (!named || byteLength(write(chosen)) <= limit) return chosen
  const parts = Object.entries<Named>(named).filter(([, { changes }]) => changes.length > 0)
  const without = { ...chosen, ...Object.fromEntries(parts.map(([name]) => [name, whole('')])) }
  let room = Math.max(0, limit - byteLength(write(without)) - RESERVE)
  const cut: [string, Form][] = []
  for (const [index, [name, part]] of sortedByNeed(parts).entries()) {
    const bytes = Math.min(bytesOfNames(part), Math.floor(room / (parts.length - index)))
    cut.push([name, cutForm(part, bytes)])
    room -= bytes
  }
  const fitted = { ...chosen, ...Object.fromEntries(cut) }
  if (byteLength(write(fitted)) <= limit) return fitted
  return { ...chosen, ...Object.fromEntries(parts.map(([name, part]) => [name, cutForm(part, 0)])) }
}

/** A part that needs less than its share leaves the rest to the others. */
function sortedByNeed(parts: readonly [string, Named][]): readonly [string, Named][] {
  return [...parts].sort(([, left], [, right]) => bytesOfNames(left) - bytesOfNames(right))
}
