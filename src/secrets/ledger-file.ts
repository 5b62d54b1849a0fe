import { byText } from '../core/address.ts'
import { SetupError } from '../core/setup-error.ts'
import type { JournalEnd } from './journal-text.ts'
import { type Approval, isApproval, isEntry, isId, isSigned, type LedgerEntry, type LedgerId } from './ledger-parts.ts'
import type { Signed } from './proof.ts'

/** Proves that no line was taken out of a ledger, nor put into it. */
export interface LedgerSeal extends Signed {
  /** How often this ledger was saved: a copy of an older one has a lower one. */
  readonly counter: number
  /** Over the keys of its entries, ids and approvals. */
  readonly hash: string
}

/** The lines of a journal that a document has, and that the ledger's file does not have yet. */
export interface Journaled {
  readonly end: JournalEnd
  /** The key that signed them, in place of a seal over the present keys; undefined where none did. */
  readonly keyId: string | undefined
  /** Of a signed one: whether its signature and the seal of the ledger before it fit. */
  readonly state: 'fits' | 'unverified' | 'broken'
}

/**
 * The content of a ledger. The keys of entries are API host and address, those of ids host and name (`acme`, `acme/web`, in
 * lower case), joined by a space.
 */
export interface LedgerDocument {
  readonly format_version: string
  readonly entries: ReadonlyMap<string, LedgerEntry>
  readonly ids: ReadonlyMap<string, LedgerId>
  readonly approvals: readonly Approval[]
  readonly seal?: LedgerSeal
  /** The journal beside it, whose lines it has; undefined where there is none. */
  readonly journal?: Journaled
  /** Whether some of its ids are as older versions kept them, none of which was ever signed. */
  readonly former: boolean
  /** Fields of a later minor version; written back unchanged. */
  readonly others: Readonly<Record<string, unknown>>
}

const FORMAT_VERSION = '1.0'

/**
 * Reads a ledger; without text, an empty one.
 * @param name its name in messages, such as the file's path
 * @throws where it is no ledger or one of another major version; the message has the remedy
 */
export function parseLedger(text: string | undefined, name: string): LedgerDocument {
  if (text === undefined) {
    return {
      format_version: FORMAT_VERSION,
      entries: new Map(),
      ids: new Map(),
      approvals: [],
      former: false,
      others: {},
    }
  }
  const whole = record(json(text, name), name, 'it')
  const { format_version, entries = {}, ids = {}, repositories = {}, approvals = [], seal, ...others } = whole
  if (typeof format_version !== 'string' || !/^\d+\.\d+$/.test(format_version)) {
    throw broken(name, 'it has no "format_version" such as "1.0"')
  }
  if (format_version.split('.')[0] !== FORMAT_VERSION.split('.')[0]) {
    throw new SetupError(
      `the ledger ${name} has format version ${format_version}, and this octoform reads ${FORMAT_VERSION}: ` +
        'use the version of octoform that wrote it, or a later one',
    )
  }
  const read = new Map<string, LedgerEntry>()
  for (const [key, value] of Object.entries(record(entries, name, '"entries"'))) {
    const fields = record(value, name, `the entry "${key}"`)
    if (!isEntry(fields))
      throw broken(name, `the entry "${key}" lacks its "source", or a field of it is not as octoform writes it`)
    read.set(key, fields)
  }
  return {
    format_version,
    entries: read,
    ids: new Map([...formerIds(repositories, name), ...readIds(ids, name)]),
    approvals: readApprovals(approvals, name),
    ...(seal === undefined ? {} : { seal: readSeal(seal, name) }),
    former: Object.hasOwn(whole, 'repositories'),
    others,
  }
}

/** Of the ledgers that knew ids of repositories alone, under `host repos/acme/web`. */
function formerIds(repositories: unknown, name: string): Map<string, LedgerId> {
  const read = new Map<string, LedgerId>()
  for (const [key, id] of Object.entries(record(repositories, name, '"repositories"'))) {
    if (!isId(id)) throw broken(name, `"${key}" is not an id`)
    read.set(key.replace(' repos/', ' '), { id })
  }
  return read
}

function readIds(ids: unknown, name: string): Map<string, LedgerId> {
  const read = new Map<string, LedgerId>()
  for (const [key, value] of Object.entries(record(ids, name, '"ids"'))) {
    const fields = record(value, name, `the id of "${key}"`)
    if (!isSigned(fields)) throw broken(name, `the signature of the id of "${key}" is not text`)
    if (!isId(fields.id)) throw broken(name, `"${key}" is not an id`)
    read.set(key, { ...fields, id: fields.id })
  }
  return read
}

function readApprovals(approvals: unknown, name: string): Approval[] {
  if (!Array.isArray(approvals)) throw broken(name, '"approvals" is not a list')
  return approvals.map((approval) => {
    const fields = record(approval, name, 'one of "approvals"')
    if (!isApproval(fields)) throw broken(name, 'one of "approvals" lacks its "digest", "allow" or "reason"')
    return fields
  })
}

function readSeal(seal: unknown, name: string): LedgerSeal {
  const fields = record(seal, name, '"seal"')
  const { counter, hash } = fields
  if (!isSigned(fields)) throw broken(name, 'the signature of "seal" is not text')
  if (!isId(counter) || typeof hash !== 'string') throw broken(name, '"seal" lacks its "counter" or "hash"')
  return { ...fields, counter, hash }
}

/** Sorted and one field a line, so that a diff shows the changed ones and two branches merge. */
export function formatLedger(document: LedgerDocument): string {
  const { format_version, entries, ids, approvals, seal, others } = document
  const spent = approvals.length === 0 ? {} : { approvals }
  const sealed = seal === undefined ? {} : { seal }
  const whole = { format_version, ...others, entries: sorted(entries), ids: sorted(ids), ...spent, ...sealed }
  return `${JSON.stringify(whole, null, 2)}\n`
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([left], [right]) => byText(left, right)))
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const conflict = /^(<{7}|>{7}) /m.test(text)
    throw broken(name, conflict ? 'a merge conflict stands in it' : 'it is not JSON')
  }
}

function record(value: unknown, name: string, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(name, `${what} is not an object`)
  return value as Record<string, unknown>
}

function broken(name: string, why: string): Error {
  return new SetupError(
    `the ledger ${name} cannot be read: ${why}. Restore it from version control. ` +
      'Without any ledger the values of existing secrets count as unknown and are left alone until --rotate.',
  )
}
