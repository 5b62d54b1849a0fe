import type { Body, WorldScope } from '../../worlds/world.ts'
import { ORGANIZATIONS } from '../../worlds/world.ts'
import type { Random } from '../random.ts'
import { membersOf, mixed } from './documents.ts'
import { onProduct, POOLS, type Pool } from './pool.ts'
import { ENTERPRISE } from './seed.ts'

/** A random configuration of a world: any families of any of its scopes. */
export function configurationBy(random: Random, product: string, world: Body): Body {
  const acme = (world.organizations as { acme: Body }).acme
  const repositories = Object.entries(acme.repositories as Body).flatMap(([name, given]) => {
    const own = random.chance(45) ? sectionsBy(random, product, 'repository', given as Body, 18) : {}
    return Object.keys(own).length > 0 ? [[name, own]] : []
  })
  const organization = {
    ...sectionsBy(random, product, 'organization', acme, 25),
    repositories: Object.fromEntries(repositories),
  }
  const enterprises = world.enterprises as Record<string, Body> | undefined
  if (enterprises === undefined) return { version: 1, organizations: { acme: organization } }
  const above = sectionsBy(random, product, 'enterprise', enterprises[ENTERPRISE] ?? {}, 25)
  const organizations = { ...ORGANIZATIONS.named, acme: organization }
  return { version: 1, enterprises: { [ENTERPRISE]: { ...above, organizations } } }
}

function sectionsBy(random: Random, product: string, scope: WorldScope, live: Body, percent: number): Body {
  const sections: Record<string, unknown> = {}
  const prune: string[] = []
  for (const pool of POOLS.filter((each) => each.scope === scope)) {
    if (!random.chance(percent)) continue
    const made = pool.shape === 'settings' ? mixed(random, pool.stages) : membersBy(random, product, pool, live)
    const kept = onProduct(pool, product, made) as Body | undefined
    if (kept === undefined || (pool.shape === 'settings' && Object.keys(kept).length === 0)) continue
    sections[pool.family] = kept
    if (pool.prune.length > 0 && random.chance(25)) prune.push(random.oneOf(pool.prune))
  }
  return prune.length > 0 ? { ...sections, prune } : sections
}

/** Some members: present ones and new ones, and what the worlds say of any member. */
function membersBy(random: Random, product: string, pool: Pool, live: Body): Body {
  const { names, said } = membersOf(pool.stages)
  const present = Object.keys((live[pool.family] ?? {}) as Body)
  const others = said.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !TIED.test(key))))
  const taken = new Set<string>()
  const all = [...present.filter(() => random.chance(35)), ...names.filter(() => random.chance(30))]
  const entries = all.flatMap((name): [string, unknown][] => {
    const key = EXACT.includes(pool.family) ? name : name.toLowerCase()
    if (taken.has(key)) return []
    taken.add(key)
    const inside = pool.family === 'environments' ? sectionsBy(random, product, 'environment', {}, 50) : {}
    const own = pool.stages.flatMap((stage) => (typeof stage[name] === 'object' ? [stage[name] as Body] : []))
    const kind = random.upTo(99)
    if (kind < 12) return [[name, 'absent']]
    if (kind < 18) return [[name, 'unmanaged']]
    if (own.length > 0 && kind < 60) return [[name, { ...random.oneOf(own), ...inside }]]
    return [[name, { ...mixed(random, others), ...inside }]]
  })
  return Object.fromEntries(entries)
}

/** Families whose names differ by case. */
export const EXACT = ['runner_groups', 'workflows', 'runners', 'hosted_runners']
/** What may stand at one member alone. */
const TIED = /^((add_|remove_)?runners|inherited|renamed_from)$/
