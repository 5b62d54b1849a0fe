/** GitHub's answer at `…/public-key`; `key_id` is text even where it looks like a number. */
export interface PublicKey {
  readonly key_id: string
  readonly key: string
}

/** The two fields of GitHub's `PUT …/secrets/{secret_name}` that carry a value. */
export interface SealedValue {
  readonly encrypted_value: string
  readonly key_id: string
}

/**
 * A libsodium sealed box, in standard base64 with padding: the only form that GitHub takes.
 * Two boxes of one value always differ.
 * @see https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
 * @throws where the key is not one of X25519; the message names the key
 */
export async function sealFor(publicKey: PublicKey, value: Uint8Array): Promise<SealedValue> {
  // Starting it takes as long as checking a small configuration, and few runs seal anything.
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  const key = Buffer.from(typeof publicKey.key === 'string' ? publicKey.key : '', 'base64')
  if (key.length !== sodium.crypto_box_PUBLICKEYBYTES) {
    throw badKey(publicKey, `it has ${key.length} bytes instead of ${sodium.crypto_box_PUBLICKEYBYTES}`)
  }
  try {
    const box = sodium.crypto_box_seal(value, key)
    return { encrypted_value: sodium.to_base64(box, sodium.base64_variants.ORIGINAL), key_id: publicKey.key_id }
  } catch {
    // libsodium refuses points of low order, with which everybody could open the box.
    throw badKey(publicKey, 'libsodium refuses it as a weak key')
  }
}

function badKey(publicKey: PublicKey, why: string): Error {
  return new Error(
    `the scope's public key ${publicKey.key_id}, as the server gave it, cannot seal a secret: ${why}. ` +
      'Check that --api-url leads to GitHub; nothing was sent with this key.',
  )
}
