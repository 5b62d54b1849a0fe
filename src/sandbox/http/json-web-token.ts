import { createPublicKey, verify } from 'node:crypto'
import type { World } from '../world/store.ts'
import type { App } from '../world/token.ts'
import { Refusal } from './errors.ts'

/** The longest that a JSON web token may last from now on, in seconds. */
const LONGEST = 600

/** Whether a credential has the form of a JSON web token. */
export function isJsonWebToken(credential: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)
}

/** GitHub's answer to another credential where it needs a JSON web token. */
export function undecodable(): Refusal {
  return new Refusal(401, 'A JSON web token could not be decoded')
}

/**
 * The App that signed a JSON web token
 * (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
 * @throws Refusal 401 when it is not signed with RS256 by the App's key, is issued in the future, has ended, or ends in
 * more than ten minutes; 404 when there is no such App.
 */
export function appOf(world: World, credential: string, now: Date): App {
  const [head = '', claims = '', signature = ''] = credential.split('.')
  const { alg } = decoded(head)
  const { iss, iat, exp } = decoded(claims)
  if (alg !== 'RS256') throw undecodable()
  const app = [...world.apps.values()].find((each) => String(each.id) === String(iss) || clientId(each) === iss)
  if (!app) throw new Refusal(404, 'Integration not found')
  const key = createPublicKey(app.publicKey)
  const text = Buffer.from(`${head}.${claims}`)
  if (!verify('RSA-SHA256', text, key, Buffer.from(signature, 'base64url'))) throw undecodable()
  refuseTimes(iat, exp, Math.floor(now.getTime() / 1000))
  return app
}

/** The client ID of an App, with which it may name itself in place of its id. */
export function clientId(app: App): string {
  return `Iv1.${app.id.toString(16).padStart(16, '0')}`
}

/** @param now in seconds since 1970, like the claims. */
function refuseTimes(iat: unknown, exp: unknown, now: number): void {
  if (typeof iat !== 'number' || iat > now) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
  }
  if (typeof exp !== 'number' || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  }
  if (exp > now + LONGEST) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  } catch {
    // Not JSON: the same refusal as for any other text.
  }
  throw undecodable()
}
