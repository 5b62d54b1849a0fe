import { type Body, required, text } from '../../http/body.ts'
import { type Answer, type Call, param } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { secretNameProblem } from '../../world/names.ts'
import { hasSince } from '../../world/products.ts'
import { type Entry, flagAt, join, momentAt, SeedError, textAt } from '../../world/seed-reader.ts'
import type { KeyPair } from './keys.ts'

export interface Secret {
  readonly name: string
  /** Null for one that was stored unopened. */
  value: string | null
  readonly createdAt: string
  updatedAt: string
}

/** A permission without its access, where reads take `read` and writes `write`; else both whole. */
export type Permission = string | { readonly read: string; readonly write: string }

export function accessOf(permission: Permission): { readonly read: string; readonly write: string } {
  if (typeof permission !== 'string') return permission
  return { read: `${permission}=read`, write: `${permission}=write` }
}

/** 48 KB, in bytes (https://docs.github.com/actions/reference/security/secrets). */
const LARGEST_VALUE = 48 * 1024

/** The name in the path, as GitHub stores it: in upper case. */
export function secretName(call: Call): string {
  return param(call, 'secret_name').toUpperCase()
}

/** @throws Refusal 422 when a secret may not have this name. */
export function refuseSecretName(name: string): void {
  const problem = secretNameProblem(name)
  if (problem) throw unprocessable(problem)
}

/** The answer to `GET …/secrets/public-key`. */
export function presentPublicKey({ id, publicKey }: KeyPair): object {
  return { key_id: id, key: publicKey }
}

/** The fields of a secret at any level. */
export function presentSecret(secret: Secret): object {
  return { name: secret.name, created_at: secret.createdAt, updated_at: secret.updatedAt }
}

/** The form that GitHub's descriptions require of a sealed value: Base64 with its padding. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/

/**
 * Opens the value that a request brings; undefined when it brings none, null for one that is stored unopened. In which words
 * GitHub refuses a value that it cannot open is reported for environments
 * (https://github.com/integrations/terraform-provider-github/issues/2315).
 * @throws Refusal 422 when it was not sealed for the key that this organization or repository has now.
 */
export function openedValue(call: Call, body: Body, keys: KeyPair): string | null | undefined {
  const sealed = text(body, 'encrypted_value')
  const keyId = text(body, 'key_id')
  if (sealed === undefined) return undefined
  if (hasSince(call.product, [3, 4]) && !BASE64.test(sealed)) {
    // https://github.com/github/rest-api-description/issues/1688
    throw invalidRequest(`${sealed} does not match ${String(BASE64).replaceAll('+/', '+\\/')}.`)
  }
  if (required(keyId, 'key_id') !== keys.id) throw unprocessable('The key_id is not that of the current public key.')
  const value = keys.open(sealed)
  if (value === undefined) {
    if (call.world.unsealedValues) return null
    throw unprocessable('Bad request - validation failed due to an improperly encrypted secret')
  }
  if (Buffer.byteLength(value) > LARGEST_VALUE) throw unprocessable('Secret values must be at most 48 KB.')
  return value
}

/** @throws Refusal 422 when another secret would be one too many. */
export function refuseTooMany(secrets: ReadonlyMap<string, Secret>, limit: number): void {
  if (secrets.size >= limit) throw unprocessable(`There are already ${limit} secrets here, which is the limit.`)
}

export const SECRET_KEYS = ['value', 'unreadable', 'created_at', 'updated_at']

/** A secret's value and moments (`unreadable`: the value is none that the sandbox could open), under the name that GitHub gives it: in upper case. */
export function seedSecret(givenName: string, given: Entry): Secret {
  const name = givenName.toUpperCase()
  const problem = secretNameProblem(name)
  if (problem) throw new SeedError(given.path, `cannot be: ${problem}`)
  const value = textAt(given, 'value')
  const isUnreadable = flagAt(given, 'unreadable') ?? false
  if (isUnreadable && value !== undefined)
    throw new SeedError(join(given.path, 'value'), 'cannot be beside unreadable.')
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  return {
    name,
    value: isUnreadable ? null : (value ?? ''),
    createdAt,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
  }
}

/** The same in the seed's shape. */
export function dumpSecret(secret: Secret): object {
  const value = secret.value === null ? { unreadable: true } : { value: secret.value }
  return { ...value, created_at: secret.createdAt, updated_at: secret.updatedAt }
}

/** GHES 2.22 answers without a body, later ones with an empty object. */
export function created(call: Call): Answer {
  return hasSince(call.product, [3, 4]) ? { status: 201, body: {} } : { status: 201 }
}
