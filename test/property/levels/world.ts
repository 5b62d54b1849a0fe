import type { Body } from '../../worlds/world.ts'
import { fields, type Random } from '../random.ts'
import type { SelectedActions } from '../state.ts'

/** Lists of actions, of which none admits all that another one does but `c`, which `b` holds. */
export const LISTS: Readonly<Record<'a' | 'b' | 'c', SelectedActions>> = {
  a: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['acme/*'] },
  b: { github_owned_allowed: false, verified_allowed: true, patterns_allowed: ['acme/good@*', 'docker/*'] },
  c: { github_owned_allowed: false, verified_allowed: false, patterns_allowed: ['docker/*'] },
}

/** `all`, `local_only`, or one of the lists. */
export type Allowed = 'all' | 'local_only' | keyof typeof LISTS

export const ALLOWED: readonly Allowed[] = ['all', 'local_only', 'a', 'b', 'c']
export const MODES = ['all', 'all', 'selected', 'none'] as const

/** An enterprise with organizations and repositories, each with a policy of its own, in any state that GitHub can have. */
export function levelsBy(random: Random, isPinning: boolean): Body {
  const names = ['acme', ...(random.chance(50) ? ['beta'] : [])]
  const organizations = names.map((name) => {
    const repositories = ['web', ...['api', 'lib'].filter(() => random.chance(50))]
    const policy = ownerBy(random, 'repositories', repositories)
    const below = repositories.map((each) => {
      return [each, { permissions: { enabled: random.chance(75), ...actionsBy(random) } }] as const
    })
    return [name, { permissions: policy, repositories: Object.fromEntries(below) }] as const
  })
  const inc = {
    organizations: Object.fromEntries(names.map((name) => [name, {}])),
    permissions: ownerBy(random, 'organizations', names),
  }
  return { enterprises: { inc }, organizations: Object.fromEntries(organizations) }

  function ownerBy(by: Random, members: 'organizations' | 'repositories', all: readonly string[]): Body {
    const mode = by.oneOf(MODES)
    const isKept = mode === 'selected' || by.chance(30)
    return fields({
      [`enabled_${members}`]: mode,
      [members]: isKept ? by.some(all) : undefined,
      ...actionsBy(by),
    })
  }

  /** A list is kept by GitHub also while it is not in force. */
  function actionsBy(by: Random): Body {
    const allowed = by.oneOf(ALLOWED)
    const kept = by.chance(40) ? by.oneOf(Object.values(LISTS)) : undefined
    return fields({ ...allowedFields(allowed, kept), sha_pinning_required: isPinning ? by.chance(40) : undefined })
  }
}

/** The fields of a policy that say which actions may run. */
export function allowedFields(allowed: Allowed | undefined, kept?: SelectedActions): Body {
  if (allowed === undefined) return {}
  const list = allowed === 'all' || allowed === 'local_only' ? kept : LISTS[allowed]
  return fields({
    allowed_actions: allowed === 'all' || allowed === 'local_only' ? allowed : 'selected',
    selected_actions: list,
  })
}
