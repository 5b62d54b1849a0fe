import { randomInt } from 'node:crypto'
import sodium from 'libsodium-wrappers'
import { fieldsOf, text } from '../../http/body.ts'
import { Refusal } from '../../http/errors.ts'
import { type Holder, slot } from '../../world/slot.ts'
import { type Repository, repositoryNamed, type World } from '../../world/store.ts'

/** The X25519 key pair of one organization, repository or environment, for one kind of secrets, and the id that GitHub gives its public half. */
export interface KeyPair {
  /** Digits, but a string in every answer and request. */
  readonly id: string
  /** Base64, standard alphabet, padded: as `GET …/secrets/public-key` answers it. */
  readonly publicKey: string
  readonly open: (sealed: string) => string | undefined
}

/** By the kind of secrets; empty until a key is first asked for. */
const pairsOf = slot<Holder, Map<string, KeyPair>>(() => new Map())

/**
 * The key pair of an organization, repository or environment: each kind of secrets has one of its own. `sodium.ready` must
 * have been awaited.
 * @param kind as seeds name it
 */
export function keysOf(holder: Holder, kind: string): KeyPair {
  const pairs = pairsOf(holder)
  const pair = pairs.get(kind) ?? createKeys()
  pairs.set(kind, pair)
  return pair
}

/** Replaces key pairs: of one repository, of an owner and all its repositories, or of everything. */
export function rotateKeys(world: World, body: unknown): void {
  const fields = fieldsOf(body)
  const owner = text(fields, 'owner')
  const name = text(fields, 'repository')
  if (owner !== undefined && name !== undefined) {
    const repository = repositoryNamed(world, owner, name)
    if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
    dropKeysIn(repository)
    return
  }
  const only = owner === undefined ? undefined : world.owners.get(owner.toLowerCase())
  if (owner !== undefined && !only) throw new Refusal(404, `There is no owner ${owner}.`)
  for (const each of world.owners.values()) {
    if (each.type === 'Organization' && (only ?? each) === each) dropKeys(each)
  }
  for (const repository of world.repositories.values()) {
    if ((only ?? repository.owner) === repository.owner) dropKeysIn(repository)
  }
}

/** Those of a repository and of its environments. */
function dropKeysIn(repository: Repository): void {
  for (const holder of [repository, ...repository.environments.values()]) dropKeys(holder)
}

function dropKeys(holder: Holder): void {
  pairsOf(holder).clear()
}

function createKeys(): KeyPair {
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
