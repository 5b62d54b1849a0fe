import { required } from '../../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  environmentOf,
  NO_CONTENT,
  ok,
  type Route,
  repositoryOf,
} from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { byName } from '../../world/part.ts'
import { type Entry, named } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { type Environment, timestamp } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
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

/** Where GitHub's descriptions have them: by the repository's id up to GHES 3.9, by its name since 3.10. */
const BY_ID = {
  template: '/repositories/{repository_id}/environments/{environment_name}/secrets',
  permission: 'secrets',
}
const BY_NAME = {
  template: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
  permission: 'environments',
}
const MOST_SECRETS = 100

/** The secrets of an environment (https://docs.github.com/rest/actions/secrets). */
export const environmentSecrets: Resource = {
  routes: [...routesAt(BY_ID, { since: [3, 4], until: [3, 9] }), ...routesAt(BY_NAME, { since: [3, 10] })],
  environment: { keys: ['secrets'], seed, dump },
}

function routesAt({ template, permission }: typeof BY_ID, on: Partial<Route>): readonly Route[] {
  const read = { ...on, permission: `${permission}=read` }
  const write = { ...on, permission: `${permission}=write` }
  const one = `${template}/{secret_name}`
  return [
    { ...read, method: 'GET', template, handle: listSecrets },
    {
      ...read,
      method: 'GET',
      template: `${template}/public-key`,
      handle: (call) => ok(presentPublicKey(environmentIn(call))),
    },
    { ...read, method: 'GET', template: one, handle: (call) => ok(presentSecret(secretIn(call, environmentIn(call)))) },
    { ...write, method: 'PUT', template: one, handle: putSecret },
    { ...write, method: 'DELETE', template: one, handle: deleteSecret },
  ]
}

/** By name in upper case, as GitHub stores it. */
const secretsOf = slot<Environment, Map<string, Secret>>(() => new Map())

function seed(environment: Environment, given: Entry): void {
  for (const [name, one] of named(given, 'secrets', SECRET_KEYS)) {
    const secret = seedSecret(name, one)
    secretsOf(environment).set(secret.name, secret)
  }
}

function dump(environment: Environment): object {
  const secrets = secretsOf(environment)
  return secrets.size === 0 ? {} : { secrets: byName(secrets.values(), dumpSecret) }
}

function environmentIn(call: Call): Environment {
  return environmentOf(call, repositoryOf(call))
}

function listSecrets(call: Call): Answer {
  const secrets = [...secretsOf(environmentIn(call)).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return listAnswer(call, 'secrets', secrets, presentSecret)
}

function putSecret(call: Call): Answer {
  const environment = environmentIn(call)
  const name = secretName(call)
  refuseSecretName(name)
  const value = required(openedValue(call, bodyOf(call), environment), 'encrypted_value')
  const now = timestamp(call.now)
  const stored = secretsOf(environment).get(name)
  if (stored) {
    Object.assign(stored, { value, updatedAt: now })
    return NO_CONTENT
  }
  refuseTooMany(secretsOf(environment), MOST_SECRETS)
  secretsOf(environment).set(name, { name, value, createdAt: now, updatedAt: now })
  return created(call)
}

function deleteSecret(call: Call): Answer {
  const environment = environmentIn(call)
  secretsOf(environment).delete(secretIn(call, environment).name)
  return NO_CONTENT
}

function secretIn(call: Call, environment: Environment): Secret {
  const secret = secretsOf(environment).get(secretName(call))
  if (!secret) throw notFound()
  return secret
}
