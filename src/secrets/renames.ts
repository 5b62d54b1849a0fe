import { LADDER, LEVELS } from '../core/scope.ts'
import type { Draft } from './draft.ts'
import { type EntryOf, entryKey } from './entry.ts'
import type { LedgerEntry, LedgerId } from './ledger-parts.ts'

/** A repository (`acme/web`) or owner (`acme`) that GitHub knows by another name now; both in lower case. */
export interface Rename {
  readonly from: string
  readonly to: string
}

interface Move {
  readonly host: string
  readonly renames: readonly Rename[]
  /** Makes the entry of the new address. */
  entry(entry: LedgerEntry, from: EntryOf, to: EntryOf): LedgerEntry
  /** Makes the id of the new name. */
  id(id: LedgerId, from: string, to: string): LedgerId
}

/**
 * Moves a ledger's entries and ids from former names to the present ones, all renames at once, so that two that were
 * swapped keep apart. An owner takes its repositories along. Entries under a name that another repository has now go:
 * theirs does not exist any more. An id stays under the old name as well, so that a repository which takes that name
 * later is not mistaken for the former one.
 */
export function followRenames(draft: Pick<Draft, 'entries' | 'ids'>, move: Move): void {
  const { host, renames } = move
  const ids = new Map<string, LedgerId>()
  const entries = new Map<string, LedgerEntry>()
  const taken = new Set<string>()
  for (const [key, id] of draft.ids) {
    const [of, name = ''] = key.split(' ')
    const now = of === host ? nameOfNow(name, renames) : undefined
    if (now === undefined) continue
    const to = entryKey({ host, address: now })
    ids.set(to, move.id(id, name, now))
    if (draft.ids.get(to)?.id !== id.id) taken.add(now)
  }
  for (const [key, entry] of draft.entries) {
    const [of, address = ''] = key.split(' ')
    const at = of === host ? placeOf(address) : undefined
    const now = at && nameOfNow(at.name, renames)
    if (at === undefined || now === undefined) continue
    draft.entries.delete(key)
    const to = { host, address: `${at.before}${now}${at.after}` }
    entries.set(entryKey(to), move.entry(entry, { host, address }, to))
    taken.add(now)
  }
  for (const key of draft.entries.keys()) {
    const [of, address = ''] = key.split(' ')
    if (of === host && taken.has(placeOf(address)?.name ?? '')) draft.entries.delete(key)
  }
  for (const [key, id] of ids) draft.ids.set(key, id)
  for (const [key, entry] of entries) draft.entries.set(key, entry)
}

/** The repositories of a host that a ledger has entries of, by name. */
export function namesWithEntries(keys: Iterable<string>, host: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const key of keys) {
    const [of, address = ''] = key.split(' ')
    const name = of === host ? placeOf(address)?.name : undefined
    if (name !== undefined) names.add(name)
  }
  return names
}

function nameOfNow(name: string, renames: readonly Rename[]): string | undefined {
  const own = renames.find(({ from }) => from === name)
  if (own !== undefined) return own.to
  const [owner, repo] = name.split('/')
  const above = repo === undefined ? undefined : renames.find(({ from }) => from === owner)
  return above && `${above.to}/${repo}`
}

/** Addresses of the levels whose names have ids behind them: an enterprise is known by its name alone. */
const PLACES = LEVELS.filter((level) => LADDER[level].rooted && LADDER[level].above !== undefined).map((level) => {
  const { address, params } = LADDER[level]
  return new RegExp(`^(${address}/)(${params.map(() => '[^/]+').join('/')})(/.*)$`)
})

/** The name above an address: `acme` of an organization's, `acme/web` of a repository's. */
function placeOf(address: string): { before: string; name: string; after: string } | undefined {
  const found = PLACES.find((place) => place.test(address))?.exec(address)
  const [, before, name, after] = found ?? []
  return before === undefined || name === undefined || after === undefined ? undefined : { before, name, after }
}
