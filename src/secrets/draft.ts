import { append } from '../core/append.ts'
import type { LedgerDocument } from './ledger-file.ts'
import type { Approval, LedgerEntry, LedgerId } from './ledger-parts.ts'

/** The part of a `Map` that mutations use. */
export interface DraftMap<Value> extends Iterable<[string, Value]> {
  readonly size: number
  get(key: string): Value | undefined
  set(key: string, value: Value): unknown
  delete(key: string): unknown
  keys(): Iterable<string>
}

/**
 * A ledger that can be changed in place; a mutation may run again, on a version that another process saved meanwhile.
 */
export interface Draft {
  readonly entries: DraftMap<LedgerEntry>
  readonly ids: DraftMap<LedgerId>
  readonly approvals: Approval[]
  /** Set where it is to be saved though nothing else changed, to be sealed; `anew` where its seal does not fit, too. */
  sealing?: 'open' | 'anew'
}
export type Mutation = (draft: Draft) => void

/** The effect of a draft, by key; undefined for what is taken out. */
export interface Changes {
  readonly entries: ReadonlyMap<string, LedgerEntry | undefined>
  readonly ids: ReadonlyMap<string, LedgerId | undefined>
  /** Those that are added at the end of the list. */
  readonly approvals: readonly Approval[]
}

/** The effect of mutations. */
export interface Drafted {
  readonly changes: Changes
  readonly sealing: Draft['sealing']
  /** Whether approvals were changed in another way than by adding to them. */
  readonly rewrites: readonly Approval[] | undefined
}

/** Runs mutations over a document, which stays as it is: a run of thousands of notes copies none of a large ledger. */
export function draft(document: LedgerDocument, mutations: Iterable<Mutation>): Drafted {
  const entries = overlay(document.entries)
  const ids = overlay(document.ids)
  const changed: Draft = { entries: entries.map, ids: ids.map, approvals: [...document.approvals] }
  for (const mutation of mutations) mutation(changed)
  const { approvals, sealing } = changed
  const isLonger = document.approvals.every((approval, index) => approvals[index] === approval)
  return {
    changes: {
      entries: entries.changes(),
      ids: ids.changes(),
      approvals: isLonger ? approvals.slice(document.approvals.length) : [],
    },
    sealing,
    rewrites: isLonger ? undefined : approvals,
  }
}

export function isEmpty({ entries, ids, approvals }: Changes): boolean {
  return entries.size + ids.size + approvals.length === 0
}

/** A document whose maps can be changed by who made it. */
export interface OwnDocument extends LedgerDocument {
  readonly entries: Map<string, LedgerEntry>
  readonly ids: Map<string, LedgerId>
}

/** The same document in maps of its own. */
export function ownDocument(document: LedgerDocument): OwnDocument {
  const { entries, ids } = document
  return Object.assign({}, document, { entries: new Map(entries), ids: new Map(ids) })
}

/** The document with the changes; its maps are the same ones, so that it takes no longer where there are many entries. */
export function changedInPlace(document: OwnDocument, { entries, ids, approvals }: Changes): OwnDocument {
  enter(document.entries, entries)
  enter(document.ids, ids)
  const all = approvals.length === 0 ? document.approvals : [...document.approvals]
  if (all !== document.approvals) append(all as Approval[], approvals)
  return Object.assign({}, document, { approvals: all })
}

function enter<Value>(map: Map<string, Value>, changes: ReadonlyMap<string, Value | undefined>): void {
  for (const [key, value] of changes) {
    if (value === undefined) map.delete(key)
    else map.set(key, value)
  }
}

function overlay<Value>(base: ReadonlyMap<string, Value>): {
  readonly map: DraftMap<Value>
  changes(): ReadonlyMap<string, Value | undefined>
} {
  const over = new Map<string, Value | undefined>()
  let size = base.size
  const get = (key: string): Value | undefined => (over.has(key) ? over.get(key) : base.get(key))
  const put = (key: string, value: Value | undefined): void => {
    size += Number(value !== undefined) - Number(get(key) !== undefined)
    over.set(key, value)
  }
  function* all(): Generator<[string, Value]> {
    for (const [key, was] of base) {
      const value = over.has(key) ? over.get(key) : was
      if (value !== undefined) yield [key, value]
    }
    for (const [key, value] of over) if (value !== undefined && !base.has(key)) yield [key, value]
  }
  function* keys(): Generator<string> {
    for (const [key] of all()) yield key
  }
  return {
    map: {
      get size() {
        return size
      },
      get,
      set: put,
      delete: (key) => put(key, undefined),
      keys,
      [Symbol.iterator]: all,
    },
    changes: () => new Map([...over].filter(([key, value]) => !isSame(base.get(key), value))),
  }
}

/** Whether both are written by the same text. */
function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right)
}
