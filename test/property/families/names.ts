import type { Body } from '../../worlds/world.ts'

/** Families whose names differ by case. */
export const EXACT: readonly string[] = ['runner_groups', 'workflows', 'runners', 'hosted_runners']

export function mapAt(value: unknown, key: string): Body {
  const inner = (value as Body | undefined)?.[key]
  return inner !== null && typeof inner === 'object' ? (inner as Body) : {}
}
