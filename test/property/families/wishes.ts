import type { Body, WorldScope } from '../../worlds/world.ts'
import { ORGANIZATIONS } from '../../worlds/world.ts'
import type { Random } from '../random.ts'
import { membersOf, mixed } from './documents.ts'
import { EXACT } from './names.ts'
import { onProduct, type Pool, poolsOn } from './pool.ts'
import { ENTERPRISE, OTHER } from './seed.ts'

/** A random configuration of a world: any families of any of its scopes, said of one scope or of all in a set. */
export function configurationBy(random: Random, product: string, world: Body): Body {
  const live = world.organizations as Readonly<Record<string, Body>>
  const mine = ['acme', ...(isDescribed(live[OTHER]) ? [OTHER] : [])].map((name) => {
    return [name, organizationBy(random, product, live[name] ?? {})] as const
  })
  const named = Object.fromEntries(mine)
  const sets = random.chance(30) ? [organizationSetBy(random, product), organizationSetBy(random, product)] : []
  const top = {
    version: 1,
    // Its server does not tell this one.
    ...(product === 'ghae-2021' ? { github: { product } } : {}),
    ...(sets.length > 0 ? { organization_sets: random.chance(50) ? sets : sets.slice(1) } : {}),
  }
  const enterprises = world.enterprises as Record<string, Body> | undefined
  if (enterprises === undefined) return { ...top, organizations: named }
  const above = sectionsBy(random, product, 'enterprise', enterprises[ENTERPRISE] ?? {}, 25)
  const organizations = { ...ORGANIZATIONS.named, ...named }
  return { ...top, enterprises: { [ENTERPRISE]: { ...above, organizations } } }
}

/** Whether it is more than a name in its enterprise. */
function isDescribed(organization: Body | undefined): boolean {
  return Object.keys((organization?.repositories ?? {}) as Body).length > 0
}

function organizationBy(random: Random, product: string, live: Body): Body {
  const repositories = Object.entries(live.repositories as Body).flatMap(([name, given]) => {
    const own = random.chance(45) ? sectionsBy(random, product, 'repository', given as Body, 18) : {}
    return Object.keys(own).length > 0 ? [[name, own]] : []
  })
  const sets = repositorySetsBy(random, product)
  return {
    ...sectionsBy(random, product, 'organization', live, 25),
    repositories: Object.fromEntries(repositories),
    ...(sets.length > 0 ? { repository_sets: sets } : {}),
  }
}

const MATCHES: readonly Body[] = [
  {},
  { name: 'service-*' },
  { name: ['*', '!A-fork', '!service-mail'] },
  { visibility: ['private', 'internal'] },
  { topic: 'backend', archived: true },
  { fork: true },
]
const OWNERS: readonly Body[] = [{}, { name: 'ACME' }, { name: 'team-*' }, { name: ['*', '!acme'] }]

function repositorySetsBy(random: Random, product: string): Body[] {
  const count = random.chance(35) ? 1 + random.upTo(1) : 0
  const sets = Array.from({ length: count }, () => sectionsBy(random, product, 'repository', {}, 9))
  return sets.filter((own) => Object.keys(own).length > 0).map((own) => ({ match: random.oneOf(MATCHES), ...own }))
}

function organizationSetBy(random: Random, product: string): Body {
  const sets = random.chance(30) ? repositorySetsBy(random, product) : []
  return {
    match: random.oneOf(OWNERS),
    ...sectionsBy(random, product, 'organization', {}, 9),
    ...(sets.length > 0 ? { repository_sets: sets } : {}),
  }
}

function sectionsBy(random: Random, product: string, scope: WorldScope, live: Body, percent: number): Body {
  const sections: Record<string, unknown> = {}
  const prune: string[] = []
  for (const pool of poolsOn(product).filter((each) => each.scope === scope)) {
    if (!random.chance(percent)) continue
    if (pool.shape === 'settings' && random.chance(3)) {
      sections[pool.family] = 'unmanaged'
      continue
    }
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
  const there = Object.keys((live[pool.family] ?? {}) as Body)
  // Groups that this product does not show can only be made.
  const isHidden = product === 'ghae-2021' && pool.family === 'runner_groups'
  const present = isHidden ? [] : there
  const others = said.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !TIED.test(key))))
  const taken = new Set<string>()
  const all = [
    ...present.filter(() => random.chance(35)),
    ...names.filter(() => random.chance(30)).filter((name) => !(isHidden && there.includes(name))),
  ]
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

/** What may stand at one member alone. */
const TIED = /^((add_|remove_)?runners|inherited|renamed_from)$/
