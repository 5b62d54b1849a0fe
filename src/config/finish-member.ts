import { append } from '../core/append.ts'
import type { DesiredMember, FrozenName, ListEdit } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Field } from '../core/field.ts'
import type { HeldBack } from '../core/held-back.ts'
import { type Document, withPath } from '../core/json.ts'
import { fieldAt } from '../core/leaves.ts'
import { RENAMED_FROM } from '../core/rename.ts'
import { ownerOf, type Scope } from '../core/scope.ts'
import { entryText } from '../core/spelling.ts'
import { broughtBy, broughtTogether } from './brought-by.ts'
import { fillMember } from './fill-member.ts'
import { fillValue, type OpenValue } from './fill-value.ts'
import type { Given } from './given.ts'
import type { MergedMember } from './merge.ts'
import { tooMany } from './merged-bounds.ts'
import { knownOf, type Pool } from './pool.ts'
import { isSet } from './ranks.ts'
import { resolveList } from './resolve-list.ts'
import { holdsTemplate, wordsOfTemplate } from './templates.ts'
import { versionedSource } from './value-source.ts'

/** The inputs of finishing. */
export interface Finishing {
  readonly pool: Pool
  /** Finished members by their merged form, which is the same in several places for members that only sets mention. */
  readonly finished: Map<MergedMember, HalfFinished>
  /** The names that placeholders stand for, by the words in a source. */
  readonly filled: Map<Scope, Map<string, readonly string[]>>
}

export interface Finished {
  /** Its address is that of the place where it was finished first. */
  readonly member: DesiredMember
  readonly heldBack: readonly Omit<HeldBack, 'address'>[]
  readonly diagnostics: readonly Diagnostic[]
  /** How many names its lists have. */
  readonly names: number
}

/** The same before the source of its value is filled. */
interface HalfFinished extends Finished {
  /** Set where that has placeholders. */
  readonly open?: OpenValue
}

/** One member of the configuration, its lists resolved. Only its own address may be another one: see `Finished`. */
export function finishMember(
  work: Finishing,
  scope: Scope,
  family: Family,
  merged: MergedMember,
  address: string,
): Finished {
  let finished = work.finished.get(merged)
  if (finished === undefined) {
    const own = fillMember(scope, family, merged, 'lists')
    finished = finish(work, scope, family, own, address)
    const isShared = own === merged && merged.mentions.every(({ layer }) => layer.match !== undefined)
    if (isShared) work.finished.set(merged, finished)
  }
  work.pool.spend('names', finished.names, () => merged.source)
  if (finished.open === undefined) return finished
  const { member, heldBack, problem } = fillValue(
    scope,
    family,
    { ...finished.member, address },
    finished.open,
    work.filled,
  )
  return {
    member,
    heldBack: heldBack ? [...finished.heldBack, heldBack] : finished.heldBack,
    diagnostics: problem ? [...finished.diagnostics, problem] : finished.diagnostics,
    names: finished.names,
  }
}

function finish(
  { pool }: Finishing,
  scope: Scope,
  family: Family,
  merged: MergedMember,
  address: string,
): HalfFinished {
  const withheld: string[] = []
  const heldBack: Omit<HeldBack, 'address'>[] = []
  const diagnostics: Diagnostic[] = []
  let spec: Document = {}
  let names = 0
  const sources: Record<string, Source> = {}
  // Made where a list needs them: nearly no member has one.
  let edits: Record<string, ListEdit> | undefined
  let matched: Record<string, readonly string[]> | undefined
  let brought: Record<string, string> | undefined
  let frozen: Record<string, readonly FrozenName[]> | undefined
  let undecided: Record<string, readonly string[]> | undefined
  let entries: Record<string, ReadonlyMap<string, Source>> | undefined
  let open: OpenValue | undefined
  for (const path in family.fields) {
    const field = fieldAt(family, path)
    const given = merged.fields.get(path)?.given
    const source = given?.source ?? merged.adds.get(path)?.at(-1)?.source ?? merged.removes.get(path)?.at(-1)?.source
    if (source === undefined) continue
    if (field.list === undefined) {
      if (given === undefined) continue
      const name = path === RENAMED_FROM && typeof given.value === 'string' ? family.fold(given.value) : undefined
      spec = withPath(spec, path, name ?? (field.secret ? versionedSource(given.value) : given.value))
      if (field.secret && holdsTemplate(given.value)) open = openValue(path, given)
    } else {
      const list = resolveList(merged, path, { ...field, list: field.list }, pool)
      if (list.vain !== undefined) {
        withheld.push(path)
        if (list.vain.help !== undefined) heldBack.push({ field: path, ...list.vain, help: list.vain.help })
      }
      append(diagnostics, list.diagnostics, tooMany(merged, path, field.most, list))
      for (const entry of list.taken) heldBack.push({ field: path, ...entry })
      if (list.frozen.length > 0) frozen = { ...frozen, [path]: list.frozen }
      if (list.exact !== undefined) spec = withPath(spec, path, list.exact)
      if (list.edit !== undefined) edits = { ...edits, [path]: list.edit }
      if (field.list === 'names') entries = { ...entries, [path]: entryPlaces(merged, path, field, pool) }
      if (list.matched.length > 0) matched = { ...matched, [path]: list.matched }
      for (const name of list.matched) {
        const by = list.brought.get(name)
        if (by === undefined) continue
        brought ??= {}
        brought[name] = broughtTogether([by, brought[name] ?? by])
      }
      if (list.undecided.length > 0) undecided = { ...undecided, [path]: list.undecided }
      names += list.exact?.length ?? 0
      names += (list.edit?.add.length ?? 0) + (list.edit?.remove.length ?? 0)
    }
    sources[path] = source
  }
  const member = {
    key: merged.key,
    ...(merged.spelling === merged.key ? {} : { name: merged.spelling }),
    state: merged.state,
    spec,
    edits: edits ?? NONE,
    source: merged.source,
    sources,
    matched: matched ?? NONE,
    ...(brought ? { brought } : NONE),
    ...setBrought(merged),
    ...(withheld.length > 0 ? { withheld } : NONE),
    ...(undecided ? { undecided } : NONE),
    ...(frozen ? { frozen } : NONE),
    ...(entries ? { entries } : NONE),
    ...formerIn(scope, merged),
    fromSet: fromSet(merged),
    address,
  }
  return {
    member,
    heldBack,
    diagnostics: diagnostics.length > 0 ? diagnostics : NO_DIAGNOSTICS,
    names,
    ...(open ? { open } : {}),
  }
}

function openValue(path: string, { value, layer, source }: Given): OpenValue {
  const words = wordsOfTemplate(value)
  const isWritten = layer.match === undefined || !words.includes('repository')
  return { path, text: versionedSource(value), words, isWritten, source }
}

/** One for all: of two hundred thousand members nearly none has a list. */
const NONE = Object.freeze({})

const NO_DIAGNOSTICS: readonly never[] = Object.freeze([])

/** The place of each name in a list and its `add_`. */
function entryPlaces(member: MergedMember, path: string, field: Field, pool: Pool): ReadonlyMap<string, Source> {
  const given = member.fields.get(path)?.given
  const all = [...(given ? [given] : []), ...(member.adds.get(path) ?? [])]
  const [first] = all
  if (first !== undefined && all.length === 1 && Array.isArray(first.value)) {
    return knownOf(pool, 'places', first.value, () => placesOf(all, field))
  }
  return placesOf(all, field)
}

function placesOf(all: readonly Given[], field: Field): ReadonlyMap<string, Source> {
  const places = new Map<string, Source>()
  for (const each of all) {
    for (const [index, entry] of (Array.isArray(each.value) ? each.value : []).entries()) {
      const text = entryText(field, entry)
      if (text === undefined || places.has(text)) continue
      places.set(text, each.layer.place([...each.path, index]))
    }
  }
  return places
}

/** The fields that are given by a name which the repository does not have any more. */
function formerIn(scope: Scope, { fields, adds, removes, mentions }: MergedMember): Pick<DesiredMember, 'former'> {
  const former = mentions.map(({ layer }) => layer.former).findLast((name) => name !== undefined)
  if (former === undefined) return {}
  const given = [...fields].filter(([, each]) => each.given.layer.former !== undefined)
  const edited = [...adds, ...removes].filter(([, each]) => each.some(({ layer }) => layer.former !== undefined))
  return { former: { name: `${ownerOf(scope)}/${former}`, fields: [...given, ...edited].map(([path]) => path) } }
}

/** The people who can bring it about that a set gives a member to a repository. */
function setBrought({ mentions }: MergedMember): Pick<DesiredMember, 'setBrought'> {
  const by = mentions.flatMap(({ layer: { match } }) => (match === undefined ? [] : (broughtBy(match) ?? [])))
  return by.length === 0 ? {} : { setBrought: broughtTogether(by) }
}

/** Whether a set gives any field of a member. A member without fields comes from the layer that mentions it last. */
function fromSet({ fields, adds, removes, mentions }: MergedMember): boolean {
  const givers = [...[...fields.values()].map(({ given }) => given), ...[...adds.values(), ...removes.values()].flat()]
  const counted = givers.length > 0 ? givers : mentions.slice(-1)
  return counted.some(({ layer }) => isSet(layer))
}
