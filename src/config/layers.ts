import { byText } from '../core/address.ts'
import type { DeclaredOwner, Layer } from './configuration.ts'
import type { Part } from './parts.ts'
import { matchNames } from './select.ts'

/** The owners that the parts name, sorted. One under `organizations` is an organization, wherever else it stands. */
export function ownersOf(parts: readonly Part[]): readonly DeclaredOwner[] {
  const owners = new Map<string, DeclaredOwner>()
  for (const { owner, rank, file, path } of parts) {
    if (owner === undefined) continue
    const name = owner.toLowerCase()
    const by = rank === 'organization' ? 'organization' : 'repositories'
    const known = owners.get(name)
    const sooner = known === undefined || (known.by === 'repositories' && by === 'organization')
    if (sooner) owners.set(name, { name, by, source: file.place(path) })
  }
  return [...owners.values()].sort((left, right) => byText(left.name, right.name))
}

/** The parts as layers, each of one owner: an organization set becomes one layer for every organization it matches. */
export function layersOf(parts: readonly Part[], owners: readonly DeclaredOwner[]): readonly Layer[] {
  const organizations = owners.filter(({ by }) => by === 'organization').map(({ name }) => name)
  return parts.flatMap((part) => {
    const { rank, order, body, path, file, match, repository } = part
    return ownersFor(part, organizations).map(
      (owner): Layer => ({
        rank,
        owner,
        ...(repository === undefined ? {} : { repository: repository.toLowerCase() }),
        ...(match === undefined ? {} : { match }),
        order,
        file: file.name,
        body,
        path,
        source: file.place(path),
      }),
    )
  })
}

function ownersFor(part: Part, organizations: readonly string[]): readonly string[] {
  return part.owner === undefined ? organizationsOf(part, organizations) : [part.owner.toLowerCase()]
}

/** The organizations that an organization set matches, of those that are named. */
export function organizationsOf({ organizations: match }: Part, named: readonly string[]): readonly string[] {
  const name = match?.name
  return name === undefined ? named : named.filter(matchNames(name))
}
