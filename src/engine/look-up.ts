import type { DesiredSection } from '../core/desired.ts'
import type { Family, Get } from '../core/family.ts'
import { getPath } from '../core/json.ts'
import { fieldAt, identityLeaves } from '../core/leaves.ts'
import type { Live } from '../core/live.ts'
import { ownerOf } from '../core/scope.ts'
import type { Support } from '../core/support.ts'
import { GitHubError } from '../github/errors.ts'

/**
 * The ids behind the names in lists of teams, persons and Apps, by entry: as GitHub's own lists have them, and else looked
 * up, each once in a run. A name that GitHub does not show is missing.
 * @throws GitHubError where GitHub does not answer whether there is one
 */
export function lookUp(
  { scope, members }: DesiredSection,
  family: Family,
  live: readonly Live[],
  get: Get,
  product: Support,
): Promise<ReadonlyMap<string, number>> | ReadonlyMap<string, number> {
  const paths = identityLeaves(family, scope, product)
  return paths.length === 0 ? NO_IDS : idsBehind(paths, { scope, members }, family, live, get)
}

async function idsBehind(
  paths: readonly string[],
  { scope, members }: Pick<DesiredSection, 'scope' | 'members'>,
  family: Family,
  live: readonly Live[],
  get: Get,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const { ref } of live) for (const [entry, id] of Object.entries(family.listed?.(ref) ?? {})) ids.set(entry, id)
  const wanted = paths.flatMap((path) =>
    members
      .filter(({ state }) => state === 'present')
      .flatMap(({ spec, edits }) => [...textsOf(getPath(spec, path)), ...(edits[path]?.add ?? [])])
      .map((entry) => ({ entry, identity: fieldAt(family, path).identity })),
  )
  await Promise.all(
    wanted.map(async ({ entry, identity }) => {
      if (ids.has(entry) || identity === undefined) return
      const { route, params } = identity.lookUp(entry, ownerOf(scope))
      try {
        ids.set(entry, (await get.one<{ readonly id: number }>(route, params)).id)
      } catch (error) {
        if (!(error instanceof GitHubError) || error.status !== 404) throw error
      }
    }),
  )
  return ids
}

const NO_IDS: ReadonlyMap<string, number> = new Map()

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? (list as readonly string[]) : []
}
