import { SetupError } from '../core/setup-error.ts'
import type { Changes } from './draft.ts'
import { REMEDY } from './journal-text.ts'
import { isApproval, isEntry, isId, isSigned, type LedgerEntry, type LedgerId } from './ledger-parts.ts'

/** The changes of one save, as a line of a journal has them; null for what is taken out. */
export function changesJson({ entries, ids, approvals }: Changes): object {
  return {
    ...(entries.size === 0 ? {} : { entries: withNulls(entries) }),
    ...(ids.size === 0 ? {} : { ids: withNulls(ids) }),
    ...(approvals.length === 0 ? {} : { approvals }),
  }
}

/**
 * Reads them.
 * @param name the journal's, in messages
 * @throws SetupError where a line has what octoform does not write
 */
export function readChanges(json: unknown, name: string): Changes {
  const { entries = {}, ids = {}, approvals = [], ...others } = json as Record<string, unknown>
  // A change that is not understood must not be lost.
  const [other] = Object.keys(others)
  if (other !== undefined) throw broken(name, `"${other}" in it`)
  if (!Array.isArray(approvals) || !approvals.every((each) => isRecord(each) && isApproval(each))) {
    throw broken(name, '"approvals"')
  }
  return {
    entries: mapOf<LedgerEntry>(entries, 'entries', name, isEntry),
    ids: mapOf<LedgerId>(ids, 'ids', name, (fields): fields is Record<string, unknown> & LedgerId => {
      return isSigned(fields) && isId(fields.id)
    }),
    approvals,
  }
}

function withNulls<Value>(map: ReadonlyMap<string, Value | undefined>): Record<string, Value | null> {
  return Object.fromEntries([...map].map(([key, value]) => [key, value ?? null]))
}

function mapOf<Value>(
  json: unknown,
  what: string,
  name: string,
  is: (fields: Record<string, unknown>) => fields is Record<string, unknown> & Value,
): ReadonlyMap<string, Value | undefined> {
  if (!isRecord(json)) throw broken(name, `"${what}"`)
  const map = new Map<string, Value | undefined>()
  for (const [key, value] of Object.entries(json)) {
    if (value !== null && !(isRecord(value) && is(value))) throw broken(name, `"${key}"`)
    map.set(key, value === null ? undefined : value)
  }
  return map
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function broken(name: string, what: string): Error {
  return new SetupError(`the journal ${name} cannot be read: ${what} is not as octoform writes it. ${REMEDY}`)
}
