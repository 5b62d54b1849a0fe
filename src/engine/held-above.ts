import { formatScope } from '../core/address.ts'
import { formatSource } from '../core/diagnostic.ts'
import { sourceOf } from '../core/finding-place.ts'
import { LADDER, scopeAbove } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import type { GitHubError } from '../github/errors.ts'
import { sectionAddress } from './known.ts'

const HELD = ' GitHub answers so where the level above holds it by policy.'

/** Which level holds what GitHub refuses to a change, with its line; empty where the answer says nothing of a level above. */
export function heldAboveText(
  { sends, scope, family, policy }: Pick<Work, 'sends' | 'scope' | 'family' | 'policy'>,
  { status, route }: Pick<GitHubError, 'status' | 'route'>,
): string {
  const level = LADDER[scope.type].above
  const isBound = family.needs?.some((need) => need.family === family.name && need.from === 'above') ?? false
  const refused = sends.find((send) => send.route === route)
  const answersSo = status === 409 || (status !== undefined && refused?.heldAbove === status)
  if (level === undefined || !isBound || !answersSo) return ''
  const above = scopeAbove(scope)
  if (above === undefined) return `${HELD} That is the ${level} of ${formatScope(scope)}, which no file names.`
  const [field] = refused?.fields ?? []
  const line = policy === undefined ? '' : `, which is set at ${formatSource(sourceOf(policy, field))}`
  const higher = LADDER[above.type].above === undefined ? '' : `, or the ${LADDER[above.type].above}'s above it`
  return `${HELD} That is ${sectionAddress({ scope: above, family: family.name })}${line}${higher}.`
}
