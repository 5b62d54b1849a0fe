import { dirname, resolve } from 'node:path'
import type { LedgerKeys } from './keys.ts'
import { readValueFile, readVariable, type ValueRead } from './read-value.ts'
import { makeScrubber } from './scrub.ts'
import { type PublicKey, type SealedValue, sealFor } from './seal.ts'

/** Where a value comes from, and who says so. */
export interface ValueRequest {
  /** `env:NAME` or `file:PATH`, as the plan shows it. */
  readonly source: string
  /** The YAML file that names it, absolute or relative to the working directory; a file is relative to its folder. */
  readonly declaredIn: string
}

/**
 * The values of secrets. This module alone keeps them, in the closure behind this interface: a caller can ask for a
 * sealed box, a fingerprint or a clean text, never for a value. Each value is read once.
 */
export interface Values {
  /** Whether the value is at hand, without telling it. The reason is a sentence that names the source and the cause. */
  available(request: ValueRequest): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
  /** What is wrong with a value that is at hand and longer than GitHub takes; undefined for any other, and for none. */
  overlong(request: ValueRequest): Promise<string | undefined>
  /** Tells whether a value changed, to whoever has the key; undefined where the value is not at hand. */
  fingerprint(
    request: ValueRequest,
    of: { readonly host: string; readonly address: string },
    keys: LedgerKeys,
  ): Promise<string | undefined>
  /**
   * Seals the value for one scope, just before the write.
   * @throws where the value is not at hand (ask `available` before the first write), or the key is none
   */
  seal(request: ValueRequest, publicKey: PublicKey): Promise<SealedValue>
  /**
   * Puts `***` in place of every value read so far, whole or line by line: raw, as in JSON, as in a URL, and in base64
   * (also as a part of a longer text). Values of fewer than four characters stay.
   */
  scrub(text: string): string
}

/**
 * @param options.env where `env:NAME` is looked up
 * @param options.cwd what `declaredIn` and `valuesDir` are relative to
 * @param options.valuesDir of `--values`: the folder of every file, instead of the one of the YAML that names it
 */
export function openValues(options: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly valuesDir?: string
}): Values {
  const reads = new Map<string, Promise<ValueRead>>()
  const scrubber = makeScrubber()

  function read(request: ValueRequest): Promise<ValueRead> {
    const folder = resolve(options.cwd, options.valuesDir ?? dirname(resolve(options.cwd, request.declaredIn)))
    const key = JSON.stringify(request.source.startsWith('file:') ? [request.source, folder] : [request.source])
    const started = reads.get(key)
    if (started !== undefined) return started
    const reading = readSource(request.source, folder, options.env).then((value) => {
      if (value.ok) scrubber.add(value.text)
      return value
    })
    reads.set(key, reading)
    return reading
  }

  return {
    async available(request) {
      const value = await read(request)
      return value.ok ? { ok: true } : { ok: false, reason: `${request.source} ${value.reason}` }
    },

    async overlong(request) {
      const value = await read(request)
      return !value.ok && value.tooLong ? `${request.source} ${value.reason}` : undefined
    },

    async fingerprint(request, of, keys) {
      const value = await read(request)
      return value.ok ? keys.fingerprint(of.host, of.address, Buffer.from(value.text)) : undefined
    },

    async seal(request, publicKey) {
      const value = await read(request)
      if (!value.ok) throw new Error(`the value cannot be sealed: ${request.source} ${value.reason}`)
      return sealFor(publicKey, Buffer.from(value.text))
    },

    scrub: scrubber.scrub,
  }
}

async function readSource(
  source: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ValueRead> {
  if (source.startsWith('env:')) return readVariable(source.slice('env:'.length), env)
  if (source.startsWith('file:')) return readValueFile(source.slice('file:'.length), folder)
  return { ok: false, reason: 'is not a source of values; use { env: NAME } or { file: PATH }' }
}
