import { families } from '../../../src/families/index.ts'
import { memoize } from '../../support/memoize.ts'
import { isAe, isSupported, lackingFields, strip } from '../../worlds/case.ts'
import { worlds } from '../../worlds/index.ts'
import type { Body, FamilyWorld, ScopeWorld, WorldScope } from '../../worlds/world.ts'

/** What the worlds of the contract test say of one family at one level. */
export interface Pool {
  readonly family: string
  readonly scope: WorldScope
  readonly shape: 'settings' | 'members'
  /** In the seeds: whole documents, or members by name. */
  readonly seeds: readonly Body[]
  /** In the configurations. */
  readonly stages: readonly Body[]
  readonly prune: readonly string[]
  /** The products that have it, and which fields. */
  readonly had: readonly Pick<FamilyWorld, 'since' | 'ae'>[]
}

const BELOW: Readonly<Record<WorldScope, WorldScope | undefined>> = {
  enterprise: 'organization',
  organization: 'repository',
  repository: 'environment',
  environment: undefined,
}

/** A pool for each family and level: a new family has one as soon as it has a world. */
export const poolsOn = memoize((product: string): readonly Pool[] =>
  families.flatMap(({ name, shape, scopes }) =>
    (Object.keys(scopes) as WorldScope[]).map((scope) => {
      const own: readonly ScopeWorld[] = worlds[name]?.scopes[scope] ?? []
      const fitting = own.filter((world) => fits(world, product))
      const stages = fitting.flatMap((world) => world.stages)
      const prune = stages.flatMap((stage) => (stage.prune ?? []) as string[])
      return {
        family: name,
        scope,
        shape,
        seeds: seedsOf(name, scope),
        stages: stages.flatMap((stage) => (stage[name] === undefined ? [] : [stage[name] as Body])),
        prune: prune.filter((glob) => glob.startsWith(`${name}/`)),
        had: fitting.map(({ since, ae }) => ({
          since: { ...worlds[name]?.since, ...since },
          ae: { ...worlds[name]?.ae, ...ae },
        })),
      }
    }),
  ),
)

/** GitHub AE shows and takes so little of some families that they have worlds of their own for it. */
function fits({ on, notOn }: ScopeWorld, product: string): boolean {
  return !isAe(product) || (on?.includes(product) ?? !notOn?.includes(product))
}

/** The documents of a key in all seeds of a level, of whatever family's world: and of what is above the level below. */
export function seedsOf(key: string, scope: WorldScope): Body[] {
  const all = Object.values(worlds)
  const own = all.flatMap((world) => world.scopes[scope] ?? []).map(({ seed }) => seed)
  const below = BELOW[scope]
  const above = below ? all.flatMap((world) => (world.scopes[below] ?? []) as ScopeWorld[]).map((one) => one.above) : []
  return [...own, ...above].flatMap((seed) =>
    seed?.[key] === undefined ? [] : [(key === 'hosted_images' ? seed[key] : withoutIds(seed[key])) as Body],
  )
}

/** Ids are the sandbox's to give: members of several worlds have the same ones. Images are named by theirs. */
function withoutIds(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutIds)
  const entries = Object.entries(value).filter(([key, inner]) => !(key === 'id' && typeof inner === 'number'))
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutIds(inner)]))
}

/** The document without what the product lacks; undefined where it lacks the family at this level. */
export function onProduct({ had }: Pool, product: string, document: unknown): unknown {
  const own = had.find((each) => isSupported({ ...each, product }))
  return own === undefined ? undefined : strip(document, lackingFields({ ...own, product }))
}
