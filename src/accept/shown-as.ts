import type { ShownAs } from '../core/shown-names.ts'
import type { AddressContext } from './address-context.ts'

/** Names as GitHub shows them: in the lists of the member at an address, or in the owner's listing. */
export function shownAs({ planned, key }: Pick<AddressContext, 'planned' | 'key'>): ShownAs {
  const { repositories } = planned.facts.known
  const lists = planned.live.flatMap((each) => (each.key === key && each.shown !== undefined ? [each.shown] : []))
  return (name) => {
    const own = lists.find((names) => Object.hasOwn(names, name))
    return own?.[name] ?? repositories.byName.get(name)?.shown ?? name
  }
}
