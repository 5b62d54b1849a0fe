import type { LedgerKeys } from './ledger-keys.ts'
import { maskCommands } from './mask.ts'
import { readValueFile, readVariable, type ValueRead, valueFolder } from './read-value.ts'
import { makeScrubber } from './scrub.ts'
import { type PublicKey, type SealedValue, sealFor } from './seal.ts'

/** The source of a value, and the YAML file that names it. */
export interface ValueRequest {
  /** `env:NAME`, `file:PATH` or `sealed:HASH`, as the plan shows it. */
  readonly source: string
  /** The word that the YAML gives the value with its source; the ledger remembers both. */
  readonly version?: string
  /**
   * The YAML file that names it, absolute or relative to the working directory; a file is relative to the folder that this
   * lies in, links resolved.
   */
  readonly declaredIn: string
}

/**
 * The values of secrets. This module alone keeps them, in the closure behind this interface: a caller can ask for a
 * sealed box, a fingerprint or a clean text, never for a value. Each value is read once.
 */
export interface Values {
  /**
   * Whether the value is at hand, without revealing it. The reason is a sentence that names the source and the cause.
   */
  available(request: ValueRequest): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
  /** Explains that a value exceeds GitHub's limit; undefined for any other, and for none. */
  overlong(request: ValueRequest): Promise<string | undefined>
  /** A hash that shows, with the key, whether a value changed; undefined where the value is not at hand. */
  fingerprint(
    request: ValueRequest,
    of: { readonly host: string; readonly address: string },
    keys: LedgerKeys,
  ): Promise<string | undefined>
  /**
   * Seals the value for one scope, just before the write.
   * @throws where the value is not at hand (ask `available` before the first write), the key is none, or the value was
   * sealed for another key
   */
  seal(request: ValueRequest, publicKey: PublicKey): Promise<SealedValue>
  /**
   * The commands that have GitHub's runner hide the value in its logs, one for each line of it; empty where it is not at
   * hand. They hold the value: they are for the action's own stdout alone.
   * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
   */
  maskCommands(request: ValueRequest): Promise<string>
  /**
   * Puts `***` in place of every value read so far, whole or line by line: raw, as in JSON, as in a URL, and in base64
   * (also as a part of a longer text). Values of fewer than four characters stay.
   */
  scrub(text: string): string
}

/**
 * @param options.env where `env:NAME` is looked up
 * @param options.cwd the base of `declaredIn` and `valuesDir`
 * @param options.valuesDir of `--values`: the folder of every file, instead of the one of the YAML that names it
 * @param options.sealed values that only GitHub can open: they are sent unchanged
 */
export function openValues(options: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly valuesDir?: string
  /** `ignored`: no value is read, as on events that an outsider can start. */
  readonly resolve?: 'read' | 'ignored'
  /** Of the configuration, by source. */
  readonly sealed?: ReadonlyMap<string, SealedValue>
  /**
   * Whether a YAML file may take a value from a source, checked for the target of each link; true where this is left
   * out.
   */
  readonly mayTake?: (declaredIn: string, source: string) => boolean
}): Values {
  const reads = new Map<string, Promise<ValueRead>>()
  const folders = new Map<string, Promise<string>>()
  const scrubber = makeScrubber()

  const boxOf = (request: ValueRequest): SealedValue | undefined => options.sealed?.get(request.source)

  function hiding(value: ValueRead): ValueRead {
    if (value.ok) scrubber.add(value.text)
    return value
  }

  /** The folder of the files that a YAML file names. */
  function folderOf(declaredIn: string): Promise<string> {
    const known = folders.get(declaredIn)
    if (known !== undefined) return known
    const found = valueFolder(options.cwd, declaredIn, options.valuesDir)
    folders.set(declaredIn, found)
    return found
  }

  async function read({ source, declaredIn }: ValueRequest): Promise<ValueRead> {
    if (options.resolve === 'ignored') return IGNORED
    const isFile = source.startsWith('file:')
    const folder = isFile ? await folderOf(declaredIn) : ''
    const key = JSON.stringify([source, folder])
    const reading = reads.get(key) ?? readSource(source, folder, options.env).then(hiding)
    reads.set(key, reading)
    const value = await reading
    const linked = value.ok ? value.linked : undefined
    if (linked === undefined || (options.mayTake?.(declaredIn, `file:${linked}`) ?? true)) return value
    return { ok: false, reason: `leads by a link to ${linked}, which \`files\` does not give ${declaredIn}` }
  }

  return {
    async available(request) {
      if (boxOf(request) !== undefined) return { ok: true }
      const value = await read(request)
      return value.ok ? { ok: true } : { ok: false, reason: `${request.source} ${value.reason}` }
    },

    async overlong(request) {
      if (boxOf(request) !== undefined) return undefined
      const value = await read(request)
      return !value.ok && value.tooLong ? `${request.source} ${value.reason}` : undefined
    },

    async fingerprint(request, of, keys) {
      // The source of a sealed value is a hash of the box: as long as that is the same, so is the value.
      if (boxOf(request) !== undefined) return keys.fingerprint(of.host, of.address, Buffer.from(request.source))
      const value = await read(request)
      return value.ok ? keys.fingerprint(of.host, of.address, Buffer.from(value.text)) : undefined
    },

    async seal(request, publicKey) {
      const box = boxOf(request)
      if (box !== undefined) return sealedFor(publicKey, box)
      const value = await read(request)
      if (!value.ok) throw new Error(`the value cannot be sealed: ${request.source} ${value.reason}`)
      return sealFor(publicKey, Buffer.from(value.text))
    },

    async maskCommands(request) {
      const value = boxOf(request) === undefined ? await read(request) : undefined
      return value?.ok ? maskCommands(value.text) : ''
    },

    scrub: scrubber.scrub,
  }
}

const IGNORED: ValueRead = { ok: false, reason: 'is not read on an event that carries a pull request' }

/** With another key GitHub would store a value that it cannot open, or refuse it. */
function sealedFor(publicKey: PublicKey, box: SealedValue): SealedValue {
  if (box.key_id === publicKey.key_id) return box
  throw new Error(
    `the value was sealed for the key ${box.key_id}, and the scope's public key is ${publicKey.key_id} now: ` +
      'seal it again with octoform seal',
  )
}

async function readSource(
  source: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ValueRead> {
  if (source.startsWith('env:')) return readVariable(source.slice('env:'.length), env)
  if (source.startsWith('file:')) return readValueFile(source.slice('file:'.length), folder)
  return { ok: false, reason: 'is not a source of values; use { env: NAME }, { file: PATH } or { sealed: … }' }
}
