import type { Body } from '../worlds/world.ts'
import type { Wishes } from './desired-worlds.ts'
import { selects } from './lists.ts'
import type { RepositoryState } from './state.ts'

/** The desired state of one scope, after sets and the repository's own entry have joined. */
export interface Wanted {
  readonly permissions?: Body | 'unmanaged'
  /** By name in upper case. */
  readonly secrets?: Readonly<Record<string, Body | 'absent' | 'unmanaged'>>
  readonly prune: readonly string[]
}

/** The wishes for a repository: its own entry over the sets that match it, the later over the earlier. */
export function wantedOf(wishes: Wishes, name: string, repository: RepositoryState): Wanted {
  const layers = wishes.sets.filter(({ match }) => selects(match as Body, name, repository))
  const own = wishes.repositories[name]
  if (own !== undefined) layers.push(own)
  let permissions: Wanted['permissions']
  let secrets: Record<string, Body | 'absent' | 'unmanaged'> | undefined
  let prune: readonly string[] = []
  for (const layer of layers) {
    if (layer.prune !== undefined) prune = layer.prune as string[]
    if (layer.permissions !== undefined) permissions = over(permissions, layer.permissions as Body | 'unmanaged')
    for (const [key, given] of Object.entries((layer.secrets ?? {}) as Record<string, Body>)) {
      const before = secrets?.[key.toUpperCase()]
      secrets = { ...secrets, [key.toUpperCase()]: over(before, given) }
    }
    if (layer.secrets !== undefined) secrets ??= {}
  }
  return { prune, ...(permissions === undefined ? {} : { permissions }), ...(secrets === undefined ? {} : { secrets }) }
}

function over<Word extends string>(before: Body | Word | undefined, given: Body | Word): Body | Word {
  return isMap(before) && isMap(given) ? { ...before, ...given } : given
}

function isMap(value: unknown): value is Body {
  return value !== null && typeof value === 'object'
}
