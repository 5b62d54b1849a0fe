import { required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, type Route, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { type Repository, type Secret, timestamp } from '../../world/store.ts'
import { created } from './organization-secrets.ts'
import { openedValue, presentPublicKey, presentSecret, refuseSecretName, refuseTooMany, secretName } from './values.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/secrets'
const ONE = `${TEMPLATE}/{secret_name}`
const READ = { permission: 'secrets=read' } as const
const WRITE = { permission: 'secrets=write' } as const
const MOST_SECRETS = 100

/** The secrets of a repository (https://docs.github.com/rest/actions/secrets). */
export const REPOSITORY_SECRET_ROUTES: readonly Route[] = [
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
]

function listSecrets(call: Call): Answer {
  const secrets = [...repositoryOf(call).secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return listAnswer(call, 'secrets', secrets, presentSecret)
}

/** Demands a value: the newer descriptions mark it required, and the older servers did so too. */
function putSecret(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = secretName(call)
  refuseSecretName(name)
  const value = required(openedValue(call, bodyOf(call), repository), 'encrypted_value')
  const now = timestamp(call.now)
  const stored = repository.secrets.get(name)
  if (stored) {
    Object.assign(stored, { value, updatedAt: now })
    return NO_CONTENT
  }
  refuseTooMany(repository.secrets, MOST_SECRETS)
  repository.secrets.set(name, { name, value, createdAt: now, updatedAt: now })
  return created(call)
}

function deleteSecret(call: Call): Answer {
  const repository = repositoryOf(call)
  repository.secrets.delete(secretIn(call, repository).name)
  return NO_CONTENT
}

function secretIn(call: Call, repository: Repository): Secret {
  const secret = repository.secrets.get(secretName(call))
  if (!secret) throw notFound()
  return secret
}
