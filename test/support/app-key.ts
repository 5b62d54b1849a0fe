import { generateKeyPairSync, sign } from 'node:crypto'
import { memoize } from './memoize.ts'

/** Both halves of an App's key, as PEM. */
export interface AppKeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

/** The key of the App with this name: the same one whenever it is asked for in a test file, because making one is slow. */
export const appKey: (name: string) => AppKeyPair = memoize((_: string) => {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
})

/** A JSON web token with these claims, signed with RS256, under every header. */
export function jsonWebToken(
  privateKey: string,
  claims: object,
  header: object = { alg: 'RS256', typ: 'JWT' },
): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
}
