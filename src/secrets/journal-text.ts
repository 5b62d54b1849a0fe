import { createHash } from 'node:crypto'
import { SetupError } from '../core/setup-error.ts'

/**
 * The notes of a run beside a ledger in a file, each synced before the run goes on, until they are in the ledger itself:
 * a head, then a line for each save. A line has the hash of all before it and of itself, a signature over that, and the
 * changes in JSON. The head has the hash of the ledger's text, so that a journal fits one version of one ledger, and the
 * last signature proves the whole.
 */
export interface JournalText {
  /** The key that signed each of its lines; undefined where none did. */
  readonly keyId: string | undefined
  /** The changes of each line. */
  readonly lines: readonly unknown[]
  readonly end: JournalEnd
  /** Over the hash at its end; undefined without a key, and without lines. */
  readonly signature: string | undefined
}

/** The end that the next line continues. */
export interface JournalEnd {
  readonly hash: string
  /** How many bytes hold. What follows them is a line that a killed process did not finish. */
  readonly bytes: number
}

/** `none`: there is nothing to take from it. `other`: it is of another version of the ledger. */
export type Read = JournalText | 'none' | 'other'

interface Head {
  readonly format_version: string
  readonly ledger: string
  readonly key_id?: string
}

const FORMAT_VERSION = '1.0'
const LINE = /^([0-9a-f]{64}) (\S+) (\{.*\})$/
/** The last line before the ledger is replaced: the hash of its new text. */
const FOLDED = /^folded ([0-9a-f]{64})$/
const UNSIGNED = '-'

/** Of the text of a ledger, or of a part of a journal. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The first line of a journal. @param ledger the hash of the ledger's text */
export function journalHead(
  ledger: string,
  keyId: string | undefined,
): { readonly text: string; readonly hash: string } {
  const head: Head = { format_version: FORMAT_VERSION, ledger, ...(keyId === undefined ? {} : { key_id: keyId }) }
  const text = JSON.stringify(head)
  return { text: `${text}\n`, hash: textHash(text) }
}

/** One more line. @param sign undefined for a journal without signatures */
export function journalLine(
  before: string,
  changes: object,
  sign: ((hash: string) => string | undefined) | undefined,
): { readonly text: string; readonly hash: string; readonly signature: string | undefined } {
  const json = JSON.stringify(changes)
  const hash = lineHash(before, json)
  const signature = sign?.(hash)
  return { text: `${hash} ${signature ?? UNSIGNED} ${json}\n`, hash, signature }
}

/** The line that says which text takes the journal in. A crash may leave both: then the journal holds nothing more. */
export function foldedLine(text: string): string {
  return `folded ${textHash(text)}\n`
}

/**
 * Reads a journal. The last line may be a torn one, which no run has relied on; each other one is whole.
 * @param ledger the hash of the ledger's text
 * @param name its name in messages
 * @throws SetupError where it is not as octoform wrote it
 */
export function readJournal(text: string, ledger: string, name: string): Read {
  const [first, ...rest] = text.split('\n').slice(0, -1)
  const head = first === undefined ? undefined : headIn(first, name)
  if (first === undefined || head === undefined) {
    if (rest.length > 0) throw broken(name, 'its first line is not as octoform writes it')
    return 'none'
  }
  if (head.ledger !== ledger) return FOLDED.exec(rest.at(-1) ?? '')?.[1] === ledger ? 'none' : 'other'
  const lines: unknown[] = []
  let signature: string | undefined
  let end: JournalEnd = { hash: textHash(first), bytes: Buffer.byteLength(first) + 1 }
  for (const [index, line] of rest.entries()) {
    const bytes = end.bytes + Buffer.byteLength(line) + 1
    if (FOLDED.test(line)) {
      // The ledger was not replaced after all.
      end = { hash: end.hash, bytes }
      continue
    }
    const read = lineIn(line, end.hash)
    if (read === undefined) {
      if (index === rest.length - 1) break
      throw broken(name, `line ${index + 2} does not follow the one before it`)
    }
    if ((read.signature === undefined) !== (head.key_id === undefined)) {
      throw broken(name, `line ${index + 2} is not signed as its first line says`)
    }
    lines.push(read.changes)
    signature = read.signature
    end = { hash: read.hash, bytes }
  }
  return lines.length === 0 ? 'none' : { keyId: head.key_id, lines, end, signature }
}

function headIn(line: string, name: string): Head | undefined {
  const head = jsonIn(line) as Partial<Head> | undefined
  const { format_version, ledger, key_id } = head ?? {}
  if (typeof format_version !== 'string' || typeof ledger !== 'string') return undefined
  if (key_id !== undefined && typeof key_id !== 'string') return undefined
  if (format_version.split('.')[0] === FORMAT_VERSION.split('.')[0])
    return { format_version, ledger, ...(key_id === undefined ? {} : { key_id }) }
  throw new SetupError(
    `the journal ${name} has format version ${format_version}, and this octoform reads ${FORMAT_VERSION}: ` +
      'use the version of octoform that wrote it, or a later one',
  )
}

function lineIn(
  line: string,
  before: string,
): { readonly hash: string; readonly signature: string | undefined; readonly changes: unknown } | undefined {
  const [, hash = '', signature = '', json = ''] = LINE.exec(line) ?? []
  if (hash === '' || hash !== lineHash(before, json)) return undefined
  const changes = jsonIn(json)
  return changes === undefined
    ? undefined
    : { hash, signature: signature === UNSIGNED ? undefined : signature, changes }
}

function lineHash(before: string, json: string): string {
  return textHash(`${before} ${json}`)
}

function jsonIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function broken(name: string, why: string): Error {
  return new SetupError(`the journal ${name} cannot be read: ${why}. ${REMEDY}`)
}

/** The ways out for a person, where a journal cannot be used. */
export const REMEDY =
  'It holds what a run that did not end wrote since the ledger was saved. Restore both from one backup or commit; or ' +
  'delete the journal: then what that run wrote counts as changed outside, or as unknown, and --rotate writes it anew.'
