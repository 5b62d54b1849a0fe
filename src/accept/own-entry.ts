import type { Layer } from '../config/configuration.ts'
import type { Path } from '../config/yaml-file.ts'
import { LADDER, namesOf, type Scope, scopeAbove } from '../core/scope.ts'
import { type AddressContext, isOwnOf } from './address-context.ts'
import { CannotTake } from './cannot-take.ts'
import { shownAs } from './shown-as.ts'

/** The place of an address's own entry, existing or new. */
export interface OwnEntry {
  readonly file: string
  readonly path: Path
}

/** Every place where the address has an entry of its own. */
export function ownEntries({ member, scope }: AddressContext): readonly OwnEntry[] {
  const isOwn = isOwnOf(scope)
  const mentions = member?.mentions.filter(({ layer }) => isOwn(layer)) ?? []
  return mentions.map(({ layer, path }) => ({ file: layer.file, path }))
}

/**
 * The place to write settings of the address alone: its entry, or the place for one.
 * @param near the file that a new entry goes to, where it can
 * @throws CannotTake where no file has a place for it
 */
export function ownEntry(at: AddressContext, near: string | undefined): OwnEntry {
  const entries = ownEntries(at)
  const entry = entries.find(({ file }) => file === near) ?? entries.at(-1)
  if (entry !== undefined) return entry
  const { scope, family, key, planned } = at
  const there = planned.live.find((each) => each.key === key && each.fixed !== 'inherited')
  return placeOf(scope, family.shape === 'settings' ? [family.name] : [family.name, there?.name ?? key], at, near)
}

/** The place for an entry in a scope, or in the narrowest one around it that a file speaks of. */
function placeOf(scope: Scope, below: Path, at: AddressContext, near: string | undefined): OwnEntry {
  const layer = choose(at.layers.filter(isOwnOf(scope)), at.family.name, near)
  if (layer !== undefined) return { file: layer.file, path: [...layer.path, ...below] }
  const { owns, key } = LADDER[scope.type]
  const above = owns ? undefined : scopeAbove(scope)
  if (above === undefined) throw new CannotTake('no file has a place for an entry of it')
  const name = namesOf(scope).at(-1) ?? ''
  const written = LADDER[scope.type].rooted ? shownAs(at)(name) : name
  return placeOf(above, [key, written, ...below], at, near)
}

function choose(layers: readonly Layer[], family: string, near: string | undefined): Layer | undefined {
  const having = layers.filter(({ body }) => Object.hasOwn(body, family))
  return having.find(({ file }) => file === near) ?? having[0] ?? layers.find(({ file }) => file === near) ?? layers[0]
}
