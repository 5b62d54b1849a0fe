import { createHash } from 'node:crypto'
import { isDocument, type Json } from '../core/json.ts'
import { valueText } from '../core/value-text.ts'

/** A value that was sealed beforehand for the public key of one scope; GitHub alone can open it. */
export interface SealedBox {
  readonly key_id: string
  readonly encrypted_value: string
}

/**
 * The name of a value's source in a plan and the ledger: `env:NAME`, `file:PATH`, or `sealed:` with a hash of the box.
 * The hash reveals nothing of the value, because two boxes of one value always differ. `version` is no part of it.
 */
export function valueSource(value: Json): string {
  const box = sealedBox(value)
  if (box !== undefined) return `sealed:${hash(JSON.stringify([box.key_id, box.encrypted_value]))}`
  const [kind = '', name] = isDocument(value) ? (Object.entries(value).find(([key]) => key !== 'version') ?? []) : []
  return `${kind}:${name}`
}

/** The same with the `version` that the YAML gives the value: `env:NAME version 2026-10-05`. */
export function versionedSource(value: Json): string {
  const version = isDocument(value) ? value.version : undefined
  const word = typeof version === 'string' || typeof version === 'number' ? { version: String(version) } : {}
  return valueText({ source: valueSource(value), ...word })
}

/** The box of `{ sealed: { key_id, encrypted_value } }`; undefined for any other value. */
export function sealedBox(value: Json | undefined): SealedBox | undefined {
  const sealed = isDocument(value) ? value.sealed : undefined
  if (!isDocument(sealed)) return undefined
  const { key_id, encrypted_value } = sealed
  if (typeof key_id !== 'string' || typeof encrypted_value !== 'string') return undefined
  return { key_id, encrypted_value }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
