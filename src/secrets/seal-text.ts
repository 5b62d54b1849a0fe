import { decodeValue } from './read-value.ts'
import { type PublicKey, type SealedValue, sealFor } from './seal.ts'

/**
 * Seals a text from standard input, under the rules of a value from a file: UTF-8, trailing line ends dropped, at most
 * 48 KB. The value goes no further than this call.
 * @returns the box, or the reason why the value is refused, as a clause whose subject is the value
 */
export async function sealBytes(
  bytes: Uint8Array,
  publicKey: PublicKey,
): Promise<{ readonly ok: true; readonly sealed: SealedValue } | { readonly ok: false; readonly reason: string }> {
  const value = decodeValue(Buffer.from(bytes))
  if (!value.ok) return { ok: false, reason: value.reason }
  return { ok: true, sealed: await sealFor(publicKey, Buffer.from(value.text)) }
}
