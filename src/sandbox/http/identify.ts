import type { World } from '../world/store.ts'
import type { Token } from '../world/token.ts'
import { Refusal } from './errors.ts'
import { appOf, isJsonWebToken } from './json-web-token.ts'

/**
 * Finds the token of the credential in the header `Authorization`.
 * @throws Refusal 401 when it is unknown, has expired, or is a JSON web token that does not hold.
 */
export function identify(world: World, authorization: string | undefined, now: Date): Token {
  if (authorization === undefined) return { kind: 'anonymous' }
  const credential = /^(?:bearer|token)\s+(\S+)$/i.exec(authorization)?.[1]
  if (credential === undefined) throw badCredentials()
  const known = world.tokens.get(credential)
  if (known) return known
  const issued = world.issued.get(credential)
  if (issued) {
    if (issued.expiresAt !== undefined && issued.expiresAt <= now) throw badCredentials()
    return issued
  }
  if (world.apps.size > 0 && isJsonWebToken(credential)) return { kind: 'app', app: appOf(world, credential, now) }
  if (world.tokens.size === 0) return { kind: 'owner' }
  throw badCredentials()
}

function badCredentials(): Refusal {
  return new Refusal(401, 'Bad credentials')
}
