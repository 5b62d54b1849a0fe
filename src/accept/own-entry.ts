import type { Layer } from '../config/configuration.ts'
import type { Path } from '../config/parse.ts'
import { CannotTake } from './cannot-take.ts'
import { ownRank, type Surroundings } from './surroundings.ts'

/** The place of an address's own entry, existing or new. */
export interface OwnEntry {
  readonly file: string
  readonly path: Path
}

/** Every place where the address has an entry of its own. */
export function ownEntries({ member, scope }: Surroundings): readonly OwnEntry[] {
  const rank = ownRank(scope)
  const mentions = member?.mentions.filter(({ layer }) => layer.rank === rank) ?? []
  return mentions.map(({ layer, path }) => ({ file: layer.file, path }))
}

/**
 * The place to write settings of the address alone: its entry, or the place for one.
 * @param near the file that a new entry goes to, where it can
 * @throws CannotTake where no file has a place for it
 */
export function ownEntry(at: Surroundings, near: string | undefined): OwnEntry {
  const entries = ownEntries(at)
  const entry = entries.find(({ file }) => file === near) ?? entries.at(-1)
  if (entry !== undefined) return entry
  const { scope, family, key, layers } = at
  const rank = ownRank(scope)
  const below = family.shape === 'settings' ? [family.name] : [family.name, key]
  const repo = scope.type === 'repository' ? scope.repo : undefined
  const own = layers.filter((layer) => layer.rank === rank && layer.repository === repo && layer.match === undefined)
  const layer = choose(own, family.name, near)
  if (layer !== undefined) return { file: layer.file, path: [...layer.path, ...below] }
  const organization = choose(
    layers.filter((each) => each.rank === 'organization'),
    family.name,
    near,
  )
  if (organization === undefined || repo === undefined) throw new CannotTake('no file has a place for an entry of it')
  return { file: organization.file, path: [...organization.path, 'repositories', repo, ...below] }
}

function choose(layers: readonly Layer[], family: string, near: string | undefined): Layer | undefined {
  const having = layers.filter(({ body }) => Object.hasOwn(body, family))
  return having.find(({ file }) => file === near) ?? having[0] ?? layers.find(({ file }) => file === near) ?? layers[0]
}
