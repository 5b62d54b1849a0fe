import { byText } from '../core/address.ts'
import type { FrozenName } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Field } from '../core/field.ts'
import { isDocument, type Json } from '../core/json.ts'
import { isEnterprise, listedName } from '../core/scope.ts'
import { entryTexts } from '../core/spelling.ts'
import type { Given } from './given.ts'
import { heldName, renamedWarning } from './name-messages.ts'
import { belowOwner } from './names-in.ts'
import { knownOf, type Pool } from './pool.ts'
import { missingListed } from './scopes.ts'
import { selectRepositories } from './select.ts'
import { type VainEntry, vainGlob, vainNegation, vainSelector } from './vain-entries.ts'

/** An entry of which nothing is done. */
export interface TakenEntry {
  readonly source: Source
  readonly reason: string
  readonly help: string
}

/** The entries of one list, resolved. */
export interface ListNames {
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

const NOTHING: ListNames = {
  names: [],
  matched: [],
  brought: new Map(),
  undecided: [],
  frozen: [],
  taken: [],
  vain: false,
  diagnostics: [],
}

/** Resolves the entries of one list. A message about a list names its own place, for all of its aliases. */
export function listNames(given: Given, field: Field, pool: Pool): ListNames {
  const entries: readonly Json[] = Array.isArray(given.value) ? given.value : []
  return knownOf(pool, 'list', entries, () => {
    if (field.list === 'names') return { ...NOTHING, names: sortedNames(entryTexts(field, entries)) }
    return resolveRepositories(given, entries, pool)
  })
}

function resolveRepositories(given: Given, entries: readonly Json[], pool: Pool): ListNames {
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
    const reason = `${listedName(owner, written)} is called ${listedName(owner, name)} now: under its old name it gains nothing`
    return { name, kind, source: place(index), reason, help: `Write ${name}.` }
  })
  const nothing = names.length + frozen.length + foreign.length === 0
  const vain = entries.length > 0 && nothing && pool.seen !== 'offline'
  // One list where patterns give all of its names: of 1,000 secrets for 900 repositories the second takes some megabytes.
  const all = matched.length === names.length ? names : matched
  return { names, matched: all, brought, undecided, frozen, taken, vain, diagnostics }
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

/** Each once, in their order. */
export function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(byText)
}
