import { randomInt } from 'node:crypto'
import sodium from 'libsodium-wrappers'

/** The X25519 key pair of one organization or repository, and the id that GitHub gives its public half. */
export interface KeyPair {
  /** Digits, but a string in every answer and request. */
  readonly id: string
  /** Base64, standard alphabet, padded: as `GET …/secrets/public-key` answers it. */
  readonly publicKey: string
  readonly open: (sealed: string) => string | undefined
}

/** Makes a new key pair. `sodium.ready` must have been awaited. */
export function createKeys(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  return {
    id: `${randomInt(1, 10)}${String(randomInt(0, 10 ** 14)).padStart(17, '0')}`,
    publicKey: sodium.to_base64(publicKey, sodium.base64_variants.ORIGINAL),
    open(sealed) {
      try {
        const box = sodium.from_base64(sealed, sodium.base64_variants.ORIGINAL)
        return sodium.to_string(sodium.crypto_box_seal_open(box, publicKey, privateKey))
      } catch {
        return undefined
      }
    },
  }
}
