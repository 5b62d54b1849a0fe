import { type Diagnostic, formatSource } from '../core/diagnostic.ts'
import type { MergedMember } from './merge.ts'
import type { ResolvedList } from './resolve-list.ts'

const MOST_PLACES = 3

/**
 * Reports more entries than GitHub takes, where several lists come to so many: X and the `add_X` of all layers. A
 * single list with too many is found when its file is checked.
 */
export function tooMany(
  { fields, adds }: MergedMember,
  path: string,
  most: number | undefined,
  { exact, edit }: Pick<ResolvedList, 'exact' | 'edit'>,
): readonly Diagnostic[] {
  const count = (exact ?? edit?.add ?? []).length
  if (most === undefined || count <= most) return []
  const base = fields.get(path)?.given
  const [last, ...others] = [...(base === undefined ? [] : [base]), ...(adds.get(path) ?? [])].reverse()
  if (last === undefined) return []
  const places = others.slice(0, MOST_PLACES).map(({ source }) => formatSource(source))
  const more = others.length > MOST_PLACES ? ` and ${others.length - MOST_PLACES} places more` : ''
  const where = places.length === 0 ? '' : ` with what stands at ${places.join(', ')}${more}`
  const message =
    `\`${path.split('.').at(-1)}\` comes to ${count.toLocaleString('en')} entries${where}, ` +
    `and GitHub takes ${most.toLocaleString('en')}`
  return [{ severity: 'error', message, source: last.source }]
}
