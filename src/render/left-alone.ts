import { parseAddress } from '../core/address.ts'
import type { LeftAlone, Plan } from '../core/plan.ts'
import { LADDER, ownerOf } from '../core/scope.ts'
import { foldBy } from './fold.ts'
import { groupBy } from './group-by.ts'
import { count, type NoteRow, note } from './row.ts'
import { formatName } from './value.ts'

/** The most unmanaged members that are named on a row. */
const LEFT_NAMED = 10

/** The settings that the configuration does not mention, counted by section; many scopes of one family are one row. */
export function viewLeftAlone(plan: Plan): readonly NoteRow[] {
  const content = ({ members }: LeftAlone): string => (members === null ? 'whole' : 'in part')
  return foldBy(plan.left_alone, ({ section }) => section, content).map(({ subject, items }) =>
    note(`${subject.text}: ${leftText(items)}${namesText(items)}`, subject.names),
  )
}

/** The same by numbers alone: a row for each owner, and one for what is below it at each level. */
export function countLeftAlone(plan: Pick<Plan, 'left_alone'>): readonly NoteRow[] {
  const places = byPlace(plan.left_alone)
  const placed = groupBy(places, ([place, [first]]) => {
    const scope = parseAddress(first.section)?.scope
    return scope ? `${ownerOf(scope)} ${scope.type}` : place
  })
  return [...placed.values()].map((found) => {
    const [[place, [first]]] = found
    const text = found.length === 1 ? place : placesText(found.length, first)
    return note(`${text}: ${countText(found.flatMap(([, items]) => items))}`)
  })
}

/** Of 10,000 repositories there are 160,000 sections: those of one place come together, and its path is cut off once. */
function byPlace(all: readonly LeftAlone[]): ReadonlyMap<string, readonly [LeftAlone, ...LeftAlone[]]> {
  const places = new Map<string, [LeftAlone, ...LeftAlone[]]>()
  let last: { readonly path: string; readonly items: LeftAlone[] } | undefined
  for (const item of all) {
    const { section } = item
    const end = section.lastIndexOf('/')
    if (last?.path.length === end && section.startsWith(last.path)) {
      last.items.push(item)
      continue
    }
    const path = section.slice(0, end)
    const known = places.get(path)
    if (known === undefined) {
      const items: [LeftAlone] = [item]
      places.set(path, items)
      last = { path, items }
    } else {
      known.push(item)
      last = { path, items: known }
    }
  }
  return places
}

function placesText(places: number, { section }: LeftAlone): string {
  const scope = parseAddress(section)?.scope
  return scope ? `${places} ${LADDER[scope.type].key} of ${ownerOf(scope)}` : section
}

function countText(items: readonly LeftAlone[]): string {
  let [families, members, fields] = [0, 0, 0]
  for (const item of items) {
    if (item.members === null) families += 1
    else members += item.members
    fields += item.fields
  }
  const counts = [
    members > 0 ? count(members, 'member') : '',
    fields > 0 ? count(fields, 'field') : '',
    families > 0 ? count(families, 'family as a whole', 'families as a whole') : '',
  ]
  return counts.filter((words) => words !== '').join(', ')
}

/** The members of a single section go by their names, those of several by their addresses; ten in all. */
function namesText(items: readonly LeftAlone[]): string {
  const named = items.flatMap(({ section, names = [] }) =>
    names.map((name) => (items.length === 1 ? formatName(name) : `${section}/${encodeURIComponent(name)}`)),
  )
  const members = items.reduce((sum, item) => sum + (item.members ?? 0), 0)
  const shown = named.slice(0, LEFT_NAMED)
  if (shown.length === 0) return ''
  const more = members > shown.length ? `, … ${members - shown.length} more` : ''
  return ` (members: ${shown.join(', ')}${more})`
}

function leftText(items: readonly LeftAlone[]): string {
  let [members, fields] = [0, 0]
  for (const item of items) {
    if (item.members === null) return 'all of it'
    members += item.members
    fields += item.fields
  }
  const counts = [members > 0 ? count(members, 'member') : '', fields > 0 ? count(fields, 'field') : '']
  return counts.filter((words) => words !== '').join(', ')
}
