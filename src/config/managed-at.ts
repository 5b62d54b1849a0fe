import { formatSource } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Configuration } from './configuration.ts'
import { resolveOwner } from './resolve.ts'

/**
 * Where a configuration gives an address of an owner, such as `octoform.yaml:12:7`; undefined where it leaves it alone. Sets
 * that only GitHub's listing decides are not counted.
 */
export function managedAt(
  configuration: Configuration,
  owner: string,
  address: string,
  families: readonly Family[],
): string | undefined {
  if (!configuration.owners.some(({ name }) => name === owner)) return undefined
  const { sections } = resolveOwner(configuration, owner, undefined, families)
  const member = sections.flatMap(({ members }) => members).find((each) => each.address === address)
  return member === undefined ? undefined : formatSource(member.source)
}
