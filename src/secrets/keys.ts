import { SetupError } from '../core/setup-error.ts'
import { KEY_VARIABLE } from './key-variables.ts'
import type { LedgerKeys } from './ledger-keys.ts'

/** 32 bytes in base64; the last character before `=` has two bits to spare, which must be zero. */
const KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/**
 * Reads a ledger key: 32 bytes in base64, as `openssl rand -base64 32` prints them.
 * @returns undefined where it is not set or empty: a workflow without access to the secret gets an empty variable
 * @throws for anything else, without repeating it
 */
export async function deriveKeys(
  text: string | undefined,
  variable: string = KEY_VARIABLE,
): Promise<LedgerKeys | undefined> {
  const trimmed = text?.trim()
  if (!trimmed) return undefined
  if (!KEY.test(trimmed)) {
    throw new SetupError(
      `${variable} is not a ledger key: it must be 32 bytes in base64, as "openssl rand -base64 32" prints them`,
    )
  }
  const { keysFrom } = await import('./ledger-keys.ts')
  return keysFrom(trimmed)
}
