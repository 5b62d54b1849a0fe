import { formatScope, parseAddress } from './address.ts'
import { matchAny } from './glob.ts'
import type { KnownNames } from './known-names.ts'
import { repositoryIn } from './scope.ts'

/**
 * The address as it was under the names that its repository had before.
 * @param which `aliases`: names that mean nothing else now; `formers`: also those that another repository has by now
 */
export function formerAddresses(
  address: string,
  names: KnownNames | undefined,
  which: 'aliases' | 'formers',
): readonly string[] {
  const scope = parseAddress(address)?.scope
  const repository = scope && repositoryIn(scope)
  if (names === undefined || repository === undefined) return []
  const { owner, repo } = repository
  const place = (name: string): string => formatScope({ type: 'repository', owner, repo: name })
  return names[which](repo).map((former) => `${place(former)}${address.slice(place(repo).length)}`)
}

/** Whether `--target` takes an address: by its present name or by a former one. All of them where there is no glob. */
export function targetMatcher(globs: readonly string[]): (address: string, names: KnownNames | undefined) => boolean {
  if (globs.length === 0) return () => true
  const matches = matchAny(globs)
  return (address, names) => matches(address) || formerAddresses(address, names, 'aliases').some(matches)
}
