import { append } from '../core/append.ts'
import type { FrozenName, ListEdit } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Field } from '../core/field.ts'
import { isEnterprise, listedWord } from '../core/scope.ts'
import { broughtByAll } from './brought-by.ts'
import { contradictions } from './contradictions.ts'
import type { Given } from './given.ts'
import { type ListNames, listNames, sortedNames, type TakenEntry } from './list-names.ts'
import type { MergedMember } from './merge.ts'
import type { Pool } from './pool.ts'

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

const UNTOUCHED = {
  exact: undefined,
  edit: undefined,
  matched: [],
  brought: new Map(),
  undecided: [],
  frozen: [],
} as const

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
  const resolve = (given: Given): ListNames => listNames(given, field, pool)
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
  const all = sortedNames([...(base?.names ?? []), ...added].filter(isLeft))
  const matched = kind === 'names' ? [] : all.filter((name) => !written.has(name))
  const former = [base, ...adds].flatMap((each) => each?.frozen ?? [])
  const frozen = [...former.filter(({ name }) => isLeft(name)), ...doubted.filter(({ name }) => !removed.has(name))]
  const undecided = sortedNames([base, ...adds].flatMap((each) => each?.undecided ?? []).filter(isLeft))
  const brought = broughtByAll([base, ...adds])
  if (base !== undefined)
    return { exact: all, edit: undefined, matched, brought, undecided, frozen, taken, diagnostics }
  return {
    exact: undefined,
    edit: { add: sortedNames(added), remove: sortedNames([...removed].filter((name) => !isOpen.has(name))) },
    matched,
    brought,
    undecided,
    frozen,
    taken,
    diagnostics,
  }
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

function writtenOf({ names, matched }: ListNames): readonly string[] {
  const given = new Set(matched)
  return names.filter((name) => !given.has(name))
}
