import { byText } from './address.ts'
import type { Access, AccessTo } from './plan.ts'
import type { Repositories } from './repository.ts'
import type { SameEntry } from './share-entries.ts'

export const NO_ACCESS: Access = { gains: [], loses: [] }

const OPENNESS = { public: 0, internal: 1, private: 2 } as const

/**
 * The repositories that gain and lose access between two reaches, public ones first.
 * @param named repository names that the YAML writes out; access of any other comes by a glob, a selector, a set or a
 * switch
 * @param broughtBy who can bring it about that a pattern takes a repository
 */
export function accessBetween(
  before: readonly number[],
  after: readonly number[],
  repositories: Repositories,
  named: ReadonlySet<string>,
  broughtBy: (name: string) => string | undefined = () => undefined,
  same: SameEntry = (entry) => entry,
): Access {
  return {
    gains: missing(after, before, repositories, named, broughtBy, same),
    loses: missing(before, after, repositories, named, () => undefined, same),
  }
}

function missing(
  from: readonly number[],
  inside: readonly number[],
  repositories: Repositories,
  named: ReadonlySet<string>,
  broughtBy: (name: string) => string | undefined,
  same: SameEntry,
): AccessTo[] {
  const held = new Set(inside)
  const found: AccessTo[] = []
  for (const id of new Set(from)) {
    const repository = held.has(id) ? undefined : repositories.byId.get(id)
    if (!repository) continue
    const { name, visibility } = repository
    const by = named.has(name) ? undefined : broughtBy(name)
    const via = named.has(name) ? 'named' : 'matched'
    found.push(same({ repository: name, visibility, via, ...(by === undefined ? {} : { by }) }))
  }
  return found.sort(publicFirst)
}

function publicFirst(left: AccessTo, right: AccessTo): number {
  return OPENNESS[left.visibility] - OPENNESS[right.visibility] || byText(left.repository, right.repository)
}

/** All of several, public ones first. */
export function mergeAccess(all: readonly Access[]): Access {
  return {
    gains: all.flatMap(({ gains }) => gains).sort(publicFirst),
    loses: all.flatMap(({ loses }) => loses).sort(publicFirst),
  }
}
