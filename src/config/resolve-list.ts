import { byText } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { FrozenName, ListEdit } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Field } from '../core/field.ts'
import { isDocument, type Json } from '../core/json.ts'
import { isEnterprise, listedWord } from '../core/scope.ts'
import { entryTexts } from '../core/spelling.ts'
import { broughtByAll } from './brought-by.ts'
import { contradictions } from './contradictions.ts'
import type { Given } from './given.ts'
import type { MergedMember } from './merge.ts'
import { heldName, renamedWarning } from './name-messages.ts'
import { belowOwner } from './names-in.ts'
import { knownOf, type Pool } from './pool.ts'
import { missingListed } from './scopes.ts'
import { selectRepositories } from './select.ts'
import { type VainEntry, vainGlob, vainNegation, vainSelector } from './vain-entries.ts'

/** The result of a list with its `add_` and `remove_`. */
export interface ResolvedList {
  /** The whole list, where the YAML gives it. */
  readonly exact: readonly string[] | undefined
  /** The changes to GitHub's list, where the YAML gives no exact one. */
  readonly edit: ListEdit | undefined
  /** Members that a glob or selector gave. */
  readonly matched: readonly string[]
  /** Of those: who can bring it about that a selector gives them. */
  readonly brought: ReadonlyMap<string, string>
  /** Offline, repositories that it may hold beside, by a selector. */
  readonly undecided: readonly string[]
  /** Repositories that entries mean by former names. */
  readonly frozen: readonly FrozenName[]
  /** Entries whose name is another repository's now, or that went to another owner. */
  readonly taken: readonly TakenEntry[]
  readonly diagnostics: readonly Diagnostic[]
  /**
   * The reason why a list is not put into effect whose entries all resolve to nothing. `help` where that is to be
   * reported.
   */
  readonly vain?: { readonly reason: string; readonly source: Source; readonly help?: string }
}

/** An entry of which nothing is done. */
interface TakenEntry {
  readonly source: Source
  readonly reason: string
  readonly help: string
}

const NOTHING: Names = {
  names: [],
  matched: [],
  brought: new Map(),
  undecided: [],
  frozen: [],
  taken: [],
  vain: false,
  diagnostics: [],
}

const UNTOUCHED = {
  exact: undefined,
  edit: undefined,
  matched: [],
  brought: new Map(),
  undecided: [],
  frozen: [],
} as const

interface Names {
  readonly names: readonly string[]
  readonly matched: readonly string[]
  readonly brought: ReadonlyMap<string, string>
  readonly undecided: readonly string[]
  readonly frozen: readonly FrozenName[]
  readonly taken: readonly TakenEntry[]
  /** Whether it names something and came to nothing. */
  readonly vain: boolean
  /** Of its entries. The same objects for all aliases of a list. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Resolves one list of a member. `add_X` and `remove_X` are applied to the list X where it is given, else they are an
 * edit of GitHub's list. A list whose entries all resolve to nothing is held back, so that a misspelt topic never
 * empties an access list; where the credential does not see every repository it is left alone with a warning.
 */
export function resolveList(
  member: MergedMember,
  path: string,
  field: Field & { readonly list: NonNullable<Field['list']> },
  pool: Pool,
): ResolvedList {
  const { list: kind } = field
  const resolve = (given: Given): Names => {
    const entries: readonly Json[] = Array.isArray(given.value) ? given.value : []
    // A message about a list names its own place, for all of its aliases.
    return knownOf(pool, 'list', entries, () => {
      if (kind === 'names') return { ...NOTHING, names: sorted(entryTexts(field, entries)) }
      return resolveRepositories(given, entries, pool)
    })
  }
  const given = member.fields.get(path)?.given
  const base = given === undefined ? undefined : resolve(given)
  const adds = (member.adds.get(path) ?? []).map((each) => ({ given: each, ...resolve(each) }))
  const removes = (member.removes.get(path) ?? []).map((each) => ({ given: each, ...resolve(each) }))
  const lists = [base, ...adds, ...removes].filter((each) => each !== undefined)
  const diagnostics = lists.flatMap((each) => each.diagnostics)
  append(diagnostics, contradictions(member.adds.get(path) ?? [], member.removes.get(path) ?? [], field, pool.owner))
  const taken = lists.flatMap((each) => each.taken)
  if (given !== undefined && base?.vain && adds.every((add) => add.names.length + add.frozen.length === 0)) {
    if (pool.seen === 'all') return { ...UNTOUCHED, taken, diagnostics, vain: heldBackBy(given, pool) }
    return {
      ...UNTOUCHED,
      taken,
      diagnostics: [...diagnostics, unseen(given, pool)],
      vain: { reason: '', source: given.source },
    }
  }
  for (const each of [...adds, ...removes])
    if (each.vain && each.diagnostics.length === 0) diagnostics.push(cameToNothing(each.given, pool))

  if (base !== undefined && adds.length + removes.length === 0) {
    const { names, matched, brought, undecided, frozen } = base
    return { exact: names, edit: undefined, matched, brought, undecided, frozen, taken, diagnostics }
  }

  // Removing a former name removes its present repository.
  const removed = new Set(removes.flatMap(({ names, frozen }) => [...names, ...formersOf(frozen)]))
  // An entry whose removal is in doubt stays as it is.
  const doubted = removes.flatMap(({ frozen }) => frozen.filter(({ kind }) => kind === 'captured'))
  const isOpen = new Set(doubted.map(({ name }) => name))
  const isLeft = (name: string): boolean => !removed.has(name) && !isOpen.has(name)
  const added = adds.flatMap(({ names }) => names).filter(isLeft)
  const written = new Set([base, ...adds].flatMap((each) => (each === undefined ? [] : writtenOf(each))))
  const all = sorted([...(base?.names ?? []), ...added].filter(isLeft))
  const matched = kind === 'names' ? [] : all.filter((name) => !written.has(name))
  const former = [base, ...adds].flatMap((each) => each?.frozen ?? [])
  const frozen = [...former.filter(({ name }) => isLeft(name)), ...doubted.filter(({ name }) => !removed.has(name))]
  const undecided = sorted([base, ...adds].flatMap((each) => each?.undecided ?? []).filter(isLeft))
  const brought = broughtByAll([base, ...adds])
  if (base !== undefined)
    return { exact: all, edit: undefined, matched, brought, undecided, frozen, taken, diagnostics }
  return {
    exact: undefined,
    edit: { add: sorted(added), remove: sorted([...removed].filter((name) => !isOpen.has(name))) },
    matched,
    brought,
    undecided,
    frozen,
    taken,
    diagnostics,
  }
}

function resolveRepositories(given: Given, entries: readonly Json[], pool: Pool): Names {
  const at = (): Source => given.source
  const {
    names,
    matched,
    brought,
    undecided,
    missing,
    vain: vainOnes,
    foreign,
    ...former
  } = selectRepositories(entries, pool, at)
  const isVain = new Set(vainOnes)
  const diagnostics: Diagnostic[] = []
  const place = (index: number): Diagnostic['source'] & object => {
    return given.layer.place([...given.path, index])
  }
  for (const { index, name } of missing) diagnostics.push(missingListed(name, pool, place(index)))
  for (const [index, entry] of entries.entries()) {
    for (const { path, message } of vainIn(entry, isVain.has(index), pool, at)) {
      const source = given.layer.place([...given.path, index, ...path])
      diagnostics.push({ severity: 'warning', message, source })
    }
  }
  for (const { index, entry } of foreign) {
    const message = `\`${entry}\` is of another owner: a list takes ${isEnterprise(pool.owner) ? 'organizations' : 'repositories'} of ${pool.owner} only`
    diagnostics.push({ severity: 'error', message, source: place(index) })
  }
  const { owner } = pool
  const taken: TakenEntry[] = []
  for (const { index, written, negated, fact } of former.known) {
    const source = place(index)
    if (fact.kind === 'renamed') diagnostics.push(renamedWarning(owner, written, fact.to, source, undefined))
    else if (fact.kind === 'captured' || !negated) taken.push({ source, ...heldName(owner, written, fact) })
  }
  const frozen = former.frozen.map(({ name, index, written, kind }): FrozenName => {
    const reason = `${owner}/${written} is called ${owner}/${name} now: under its old name it gains nothing`
    return { name, kind, source: place(index), reason, help: `Write ${name}.` }
  })
  const nothing = names.length + frozen.length + foreign.length === 0
  const vain = entries.length > 0 && nothing && pool.seen !== 'offline'
  return { names, matched, brought, undecided, frozen, taken, vain, diagnostics }
}

/** The parts of an entry that match nothing and are skipped. */
function vainIn(entry: Json, isVain: boolean, pool: Pool, at: () => Source): readonly VainEntry[] {
  if (pool.seen === 'offline') return []
  if (isDocument(entry)) {
    return vainSelector(entry, pool, 'it is skipped', at).map(({ path, message }) => {
      return { path, message: path.length === 0 ? `the selector ${message}` : message }
    })
  }
  if (typeof entry !== 'string') return []
  if (entry.startsWith('!')) {
    const name = belowOwner(entry.slice(1), pool.owner)
    const message = name === undefined ? undefined : vainNegation(`!${name}`, pool, at)
    return message === undefined ? [] : [{ path: [], message }]
  }
  return isVain ? [{ path: [], message: vainGlob(entry, pool, at) }] : []
}

function formersOf(frozen: readonly FrozenName[]): readonly string[] {
  return frozen.filter(({ kind }) => kind === 'former').map(({ name }) => name)
}

function heldBackBy({ path, source }: Given, { owner }: Pool): NonNullable<ResolvedList['vain']> {
  const reason = `\`${path.at(-1)}\` resolves to no ${listedWord(owner)} of ${owner}: an access list is never emptied by that`
  const help = `Name ${isEnterprise(owner) ? 'organizations' : 'repositories'} that are there, or write [] where none is wanted.`
  return { reason, source, help }
}

function unseen({ path, source }: Given, { owner }: Pool): Diagnostic {
  const message = `\`${path.at(-1)}\` resolves to no ${listedWord(owner)} that these credentials see; it is left alone`
  return { severity: 'warning', message, source }
}

function cameToNothing({ path, source }: Given, pool: Pool): Diagnostic {
  const whose = pool.seen === 'all' ? `of ${pool.owner}` : 'that these credentials see'
  return {
    severity: 'warning',
    message: `\`${path.at(-1)}\` resolves to no ${listedWord(pool.owner)} ${whose}; it is skipped`,
    source,
  }
}

function writtenOf({ names, matched }: Names): readonly string[] {
  const given = new Set(matched)
  return names.filter((name) => !given.has(name))
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(byText)
}
