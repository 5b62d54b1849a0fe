import { required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { byName } from '../../world/part.ts'
import { type Entry, named } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { type Repository, timestamp } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { rotateKeys } from './keys.ts'
import { created } from './organization-secrets.ts'
import {
  dumpSecret,
  openedValue,
  presentPublicKey,
  presentSecret,
  refuseSecretName,
  refuseTooMany,
  SECRET_KEYS,
  type Secret,
  secretName,
  seedSecret,
} from './values.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/secrets'
const ONE = `${TEMPLATE}/{secret_name}`
const READ = { permission: 'secrets=read' } as const
const WRITE = { permission: 'secrets=write' } as const
const MOST_SECRETS = 100

/** The secrets of a repository (https://docs.github.com/rest/actions/secrets). */
export const repositorySecrets: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: listSecrets },
    {
      ...READ,
      method: 'GET',
      template: `${TEMPLATE}/public-key`,
      handle: (call) => ok(presentPublicKey(repositoryOf(call))),
    },
    { ...READ, method: 'GET', template: ONE, handle: (call) => ok(presentSecret(secretIn(call, repositoryOf(call)))) },
    { ...WRITE, method: 'PUT', template: ONE, handle: putSecret },
    { ...WRITE, method: 'DELETE', template: ONE, handle: deleteSecret },
  ],
  repository: { keys: ['secrets'], seed, dump },
  controls: { 'rotate-keys': rotateKeys },
}

/** By name in upper case, as GitHub stores it. */
const secretsOf = slot<Repository, Map<string, Secret>>(() => new Map())

function seed(repository: Repository, given: Entry): void {
  for (const [name, one] of named(given, 'secrets', SECRET_KEYS)) {
    const secret = seedSecret(name, one)
    secretsOf(repository).set(secret.name, secret)
  }
}

function dump(repository: Repository): object {
  return { secrets: byName(secretsOf(repository).values(), dumpSecret) }
}

function listSecrets(call: Call): Answer {
  const secrets = [...secretsOf(repositoryOf(call)).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return listAnswer(call, 'secrets', secrets, presentSecret)
}

/** Demands a value: the newer descriptions mark it required, and the older servers did so too. */
function putSecret(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = secretName(call)
  refuseSecretName(name)
  const value = required(openedValue(call, bodyOf(call), repository), 'encrypted_value')
  const now = timestamp(call.now)
  const stored = secretsOf(repository).get(name)
  if (stored) {
    Object.assign(stored, { value, updatedAt: now })
    return NO_CONTENT
  }
  refuseTooMany(secretsOf(repository), MOST_SECRETS)
  secretsOf(repository).set(name, { name, value, createdAt: now, updatedAt: now })
  return created(call)
}

function deleteSecret(call: Call): Answer {
  const repository = repositoryOf(call)
  secretsOf(repository).delete(secretIn(call, repository).name)
  return NO_CONTENT
}

function secretIn(call: Call, repository: Repository): Secret {
  const secret = secretsOf(repository).get(secretName(call))
  if (!secret) throw notFound()
  return secret
}
