import type { Given } from '../config/given.ts'
import { selectRepositories } from '../config/select.ts'
import { byText } from '../core/address.ts'
import { append } from '../core/append.ts'
import { formatSource } from '../core/diagnostic.ts'
import type { Field } from '../core/field.ts'
import { isGlob } from '../core/glob.ts'
import type { Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import { isFolded } from '../core/shown-names.ts'
import { entryTexts, entryYaml } from '../core/spelling.ts'
import type { AddressContext } from './address-context.ts'
import { CannotTake } from './cannot-take.ts'
import type { Edit } from './edit.ts'
import type { OwnEntry } from './own-entry.ts'
import { shownAs } from './shown-as.ts'

interface ListRequest {
  readonly at: AddressContext
  readonly leaf: string
  readonly field: Field
  /** The members on GitHub. */
  readonly live: readonly string[]
  readonly entry: OwnEntry
  /** Whether the list is written out at that very place, for this address alone. */
  isOwn(given: Given): boolean
}

/** One list of the YAML with its edits. */
interface Draft {
  readonly given: Given
  readonly entries: readonly Json[]
  readonly own: boolean
  readonly removed: Set<number>
  readonly added: Json[]
}

/**
 * The edits after which a list agrees with GitHub. Written entries keep their order, globs and negations too: members
 * that only GitHub has are appended; members that GitHub lacks are removed where they are written out, and negated
 * where a glob gave them. A list that is shared, or of a set, stays as it is, with `add_` and `remove_` beside it in
 * the address's own entry.
 * @throws CannotTake where a part that cannot be changed contradicts GitHub
 */
export function takeList(request: ListRequest): readonly Edit[] {
  const { at, leaf, live, entry } = request
  const { member } = at
  const draft = (given: Given): Draft => ({
    given,
    entries: Array.isArray(given.value) ? given.value : [],
    own: request.isOwn(given),
    removed: new Set(),
    added: [],
  })
  const given = member?.fields.get(leaf)?.given
  const base = given === undefined ? undefined : draft(given)
  const adds = (member?.adds.get(leaf) ?? []).map(draft)
  const removes = (member?.removes.get(leaf) ?? []).map(draft)
  const shown = shownAs(at)
  const spelt = (name: string): Json => entryYaml(request.field, isFolded(request.field) ? shown(name) : name)
  const wanted = new Set(live)
  const more: string[] = []
  const fewer: string[] = []

  for (const remove of removes) {
    if (!excluded(request, remove, (name) => wanted.has(name))) throw takesAway(remove.given)
  }
  const taken = new Set(removes.flatMap((remove) => namesOf(request, remove)))
  const unwanted = (name: string): boolean => !wanted.has(name) && !taken.has(name)
  for (const list of [...adds, ...(base ? [base] : [])]) {
    if (!excluded(request, list, unwanted)) append(fewer, namesOf(request, list).filter(unwanted))
  }
  if (base !== undefined) {
    const given = new Set(adds.flatMap((add) => namesOf(request, add)))
    if (base.own) unnegate(request, base, (name) => wanted.has(name) && !given.has(name))
    const has = new Set([...namesOf(request, base), ...given])
    for (const name of [...wanted].filter((each) => !has.has(each)).sort(byText)) {
      if (base.own && !isNegated(request, base, name)) base.added.push(spelt(name))
      else more.push(name)
    }
  }
  for (const list of [...adds, ...(base ? [base] : [])]) {
    if (namesOf(request, list).length === 0) emptyOut(list)
  }
  for (const remove of removes) if (entriesOf(remove).every(isNegation)) emptyOut(remove)
  const keys = leafKeys(leaf)
  return [
    ...(base ? editsOf(base, 'keep') : []),
    ...[...adds, ...removes].flatMap((each) => editsOf(each, 'drop')),
    ...beside(entry, keys.add, more.map(spelt), adds),
    ...beside(entry, keys.remove, [...new Set(fewer)].sort(byText).map(spelt), removes),
  ]
}

/** Changes a list so that it gives none of these names; false where it is not to be changed. */
function excluded(request: ListRequest, list: Draft, isUnwanted: (name: string) => boolean): boolean {
  if (!namesOf(request, list).some(isUnwanted)) return true
  if (!list.own) return false
  for (const [index, entry] of list.entries.entries()) {
    const [name] = writtenOut(request, entry)
    if (name !== undefined && isUnwanted(name)) list.removed.add(index)
  }
  const left = namesOf(request, list).filter(isUnwanted).map(shownAs(request.at))
  if (request.field.list !== 'names')
    append(
      list.added,
      left.map((name) => `!${name}`),
    )
  return true
}

/** Takes out the negations of names that are wanted, where they are written out. */
function unnegate(request: ListRequest, list: Draft, isWanted: (name: string) => boolean): void {
  if (request.field.list === 'names') return
  for (const [index, entry] of list.entries.entries()) {
    if (typeof entry !== 'string' || !entry.startsWith('!')) continue
    const [name] = writtenOut(request, entry.slice(1))
    if (name !== undefined && isWanted(name)) list.removed.add(index)
  }
}

/** Whether a negation that stays would take the name away again. */
function isNegated(request: ListRequest, list: Draft, name: string): boolean {
  return request.field.list !== 'names' && !resolve(request, [...entriesOf(list), name]).includes(name)
}

/** A changed list that only takes away, or names something and comes to nothing, would be an error: nothing is wanted. */
function emptyOut(list: Draft): void {
  if (list.removed.size === 0 && list.added.length === 0) return
  for (const index of list.entries.keys()) list.removed.add(index)
  list.added.length = 0
}

function isNegation(entry: Json): boolean {
  return typeof entry === 'string' && entry.startsWith('!')
}

/** The name that an entry writes out: none for a glob, a selector, a negation, or an absent member. */
function writtenOut(request: ListRequest, entry: Json): readonly string[] {
  if (request.field.list === 'names') return entryTexts(request.field, [entry])
  if (typeof entry !== 'string') return []
  return entry.startsWith('!') || isGlob(entry) ? [] : resolve(request, [entry])
}

function namesOf(request: ListRequest, list: Draft): readonly string[] {
  return resolve(request, entriesOf(list))
}

function entriesOf({ entries, removed, added }: Draft): readonly Json[] {
  return [...entries.filter((_, index) => !removed.has(index)), ...added]
}

function resolve({ field, at }: ListRequest, entries: readonly Json[]): readonly string[] {
  if (field.list === 'names') return entryTexts(field, entries)
  return selectRepositories(entries, at.pool, () => at.planned.section.source).names
}

/** Empty `add_` and `remove_` lists go; an empty exact list stays, and declares that there is no entry. */
function editsOf(list: Draft, empty: 'keep' | 'drop'): readonly Edit[] {
  const { removed, added, given } = list
  if (removed.size === 0 && added.length === 0) return []
  const at = { file: given.layer.file, path: given.path }
  if (empty === 'drop' && entriesOf(list).length === 0) return [{ kind: 'remove', ...at }]
  return [{ kind: 'list', ...at, remove: [...removed], add: added }]
}

/** Names for the entry's own `add_` or `remove_` list, which may be there already. */
function beside(entry: OwnEntry, key: string, names: readonly Json[], lists: readonly Draft[]): readonly Edit[] {
  if (names.length === 0) return []
  const list = lists.find(({ own, given }) => own && given.layer.file === entry.file)
  if (list !== undefined && entriesOf(list).length > 0) {
    return [{ kind: 'list', file: entry.file, path: list.given.path, remove: [], add: names }]
  }
  return [{ kind: 'set', file: entry.file, path: [...entry.path, ...key.split('.')], value: names }]
}

function takesAway({ path, source }: Given): CannotTake {
  return new CannotTake(`\`${path.at(-1)}\` at ${formatSource(source)} takes away what GitHub has`)
}
