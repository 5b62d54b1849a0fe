import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Layer, Rank } from './configuration.ts'

/** Weak to strong. */
const RANKS: readonly Rank[] = [
  'enterprise',
  'organization_set',
  'organization',
  'organization_set.repository_set',
  'repository_set',
  'organization_set.repository',
  'repository',
]

const SETS: ReadonlySet<Rank> = new Set(
  RANKS.filter((rank) => rank.startsWith('organization_set') || rank === 'repository_set'),
)

/** Whether a layer applies to many scopes at once, without naming each. */
export function isSet(layer: Layer): boolean {
  return SETS.has(layer.rank)
}

/** Weak to strong; of the same rank the later in its file. */
export function sortLayers(layers: readonly Layer[]): readonly Layer[] {
  return [...layers].sort((left, right) => {
    const byRank = RANKS.indexOf(left.rank) - RANKS.indexOf(right.rank)
    if (byRank !== 0) return byRank
    if (left.file !== right.file) return left.file < right.file ? -1 : 1
    return left.order - right.order
  })
}

/** Two layers of one rank that may not give the same field. Of several sets in one file the later wins. */
export function rival(left: Layer, right: Layer): boolean {
  return left.rank === right.rank && !(isSet(left) && left.file === right.file)
}

/** The error for two statements of {@link rival} layers about one thing. */
export function conflict(
  what: string,
  first: { readonly source: Source },
  second: { readonly source: Source },
): Diagnostic {
  const place = formatSource(first.source)
  const message = `\`${what}\` is given here and at ${place}, with the same rank: keep one of them`
  return { severity: 'error', message, source: second.source }
}
