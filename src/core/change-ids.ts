import { fullEntry } from './by-name.ts'
import type { Edit, Family } from './family.ts'
import { listsOwned } from './field.ts'
import { type Document, getPath } from './json.ts'
import { fieldAt, leavesOf } from './leaves.ts'
import type { ScopeType } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'

/** GitHub's numeric ids by name, such as `acme/web`, in lower case. */
export type Ids = Readonly<Record<string, number>>

/**
 * The ids of the repositories, teams, persons and Apps that are in just one of the two documents: a name is never more than
 * its id, and a repository that gains or loses access is reviewed by both.
 * @returns undefined where no list differs
 */
export function idsOfChange(
  section: Pick<SectionFacts, 'family' | 'scope' | 'known'>,
  ref: Edit['ref'],
  { before, after }: { readonly before: Document | null; readonly after: Document | null },
): Ids | undefined {
  const { family, scope } = section
  const found = new Map<string, number>()
  for (const leaf of listsOf(family, scope.type)) {
    const [had, has] = [namesAt(before, leaf), namesAt(after, leaf)]
    for (const [names, others, where] of [
      [had, has, 'listed'],
      [has, had, 'to be listed'],
    ] as const) {
      for (const name of names) {
        const id = others.has(name) ? undefined : idOf(section, ref, leaf, name, where)
        if (id !== undefined) found.set(fullEntry(scope, fieldAt(family, leaf), name), id)
      }
    }
  }
  return found.size === 0 ? undefined : idsIn(found)
}

/** From here on an object is made as a table: else V8 keeps a shape for each of its keys, and each list has shapes of its own. */
const MANY = 100

function idsIn(found: ReadonlyMap<string, number>): Ids {
  if (found.size < MANY) return Object.fromEntries(found)
  const ids = Object.create(null) as Record<string, number>
  for (const [name, id] of found) ids[name] = id
  return ids
}

/** The fields of a family that are lists of names with ids: of repositories, teams, persons, Apps. */
export function listsOf(family: Family, scope: ScopeType): readonly string[] {
  return leavesOf(family, scope).filter((leaf) => {
    const field = fieldAt(family, leaf)
    return listsOwned(field) || field.identity !== undefined
  })
}

/**
 * The id behind a name. GitHub's own list is the best source for its members, also where the owner's listing lacks the
 * name; for a future member there is only the listing.
 */
export function idOf(
  { family, known }: Pick<SectionFacts, 'family' | 'known'>,
  ref: Edit['ref'],
  leaf: string,
  name: string,
  where: 'listed' | 'to be listed',
): number | undefined {
  const isOwned = listsOwned(fieldAt(family, leaf))
  const listing = isOwned ? known.repositories.byName.get(name)?.id : known.ids?.get(name)
  const listed = (ref && family.listed?.(ref)) ?? {}
  const own = Object.hasOwn(listed, name) ? listed[name] : undefined
  return where === 'listed' ? (own ?? listing) : (listing ?? own)
}

/** The names that a document has in one of these lists. */
export function namesAt(document: Document | null, leaf: string): ReadonlySet<string> {
  const list = document === null ? undefined : getPath(document, leaf)
  return new Set(Array.isArray(list) ? (list as readonly string[]) : [])
}

/** The message about a name that leads to another repository than the reviewed one. */
export function another(name: string, reviewed: number, now: number): string {
  return `${name} is another repository now (id ${now}) than the plan was made for (id ${reviewed})`
}
