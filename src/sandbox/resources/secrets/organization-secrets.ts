import { type Body, choice, integers, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, organizationOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { byName } from '../../world/part.ts'
import { hasSince } from '../../world/products.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, named, wordAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { timestamp, type World } from '../../world/store.ts'
import { ACCESS_VISIBILITIES, type AccessVisibility, memberIds } from '../members.ts'
import { minimalRepository } from '../repositories/present-repository.ts'
import type { Resource } from '../resource.ts'
import { selectedRepositories } from '../selected-members.ts'
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

const TEMPLATE = '/orgs/{org}/actions/secrets'
const ONE = `${TEMPLATE}/{secret_name}`
const READ = { permission: 'organization_secrets=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_secrets=write', scope: 'admin:org' } as const
const MOST_SECRETS = 1000

/** The secrets of an organization (https://docs.github.com/rest/actions/secrets). */
export const organizationSecrets: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: listSecrets },
    {
      ...READ,
      method: 'GET',
      template: `${TEMPLATE}/public-key`,
      handle: (call) => ok(presentPublicKey(organizationOf(call))),
    },
    { ...READ, method: 'GET', template: ONE, handle: getSecret },
    { ...WRITE, method: 'PUT', template: ONE, handle: putSecret },
    { ...WRITE, method: 'DELETE', template: ONE, handle: deleteSecret },
    ...selectedRepositories({
      template: ONE,
      read: READ,
      write: WRITE,
      idsOf: (call) => secretIn(call, organizationOf(call)).repositories,
      unselected: (call) => unselected(secretIn(call, organizationOf(call))),
      refuses: ['PUT'],
      present: minimalRepository,
      changed(call) {
        secretIn(call, organizationOf(call)).updatedAt = timestamp(call.now)
      },
    }),
  ],
  organization: { keys: ['secrets'], seed, dump },
}

interface OrganizationSecret extends Secret {
  visibility: AccessVisibility
  repositories: Set<number>
}

/** By name in upper case, as GitHub stores it. */
const secretsOf = slot<Organization, Map<string, OrganizationSecret>>(
  () => new Map(),
  (secrets, repositoryId) => {
    for (const { repositories } of secrets.values()) repositories.delete(repositoryId)
  },
)

function seed(organization: Organization, given: Entry, world: World): void {
  for (const [name, one] of named(given, 'secrets', ['visibility', 'repositories', ...SECRET_KEYS])) {
    const secret = seedSecret(name, one)
    secretsOf(organization).set(secret.name, {
      ...secret,
      visibility: wordAt(one, 'visibility', ACCESS_VISIBILITIES) ?? 'private',
      repositories: repositoryIdsAt(world, organization, one),
    })
  }
}

function dump(organization: Organization, world: World): object {
  const secrets = byName(secretsOf(organization).values(), (secret) => ({
    visibility: secret.visibility,
    ...dumpRepositoryIds(world, secret.repositories, secret.visibility === 'selected'),
    ...dumpSecret(secret),
  }))
  return { secrets }
}

function listSecrets(call: Call): Answer {
  const organization = organizationOf(call)
  const secrets = [...secretsOf(organization).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return listAnswer(call, 'secrets', secrets, (secret) => present(call, organization, secret))
}

function getSecret(call: Call): Answer {
  const organization = organizationOf(call)
  return ok(present(call, organization, secretIn(call, organization)))
}

function present(call: Call, organization: Organization, secret: OrganizationSecret): object {
  const url = `${call.base}/orgs/${organization.login}/actions/secrets/${secret.name}/repositories`
  return {
    ...presentSecret(secret),
    visibility: secret.visibility,
    ...(secret.visibility === 'selected' ? { selected_repositories_url: url } : {}),
  }
}

/**
 * Replaces the whole secret. So a request for an existing one that brings no value leaves an empty value behind
 * (https://github.com/integrations/terraform-provider-github/pull/3069), and one that brings no list an empty list. A list beside another visibility than `selected` is ignored.
 */
function putSecret(call: Call): Answer {
  const organization = organizationOf(call)
  const name = secretName(call)
  refuseSecretName(name)
  const body = bodyOf(call)
  const stored = secretsOf(organization).get(name)
  const visibility = visibilityIn(call, body, stored)
  const ids = integers(body, 'selected_repository_ids') ?? []
  const repositories = memberIds(call, organization, visibility === 'selected' ? ids : [])
  const value = openedValue(call, body, organization)
  const now = timestamp(call.now)
  if (stored) {
    Object.assign(stored, { visibility, repositories, value: value === undefined ? '' : value, updatedAt: now })
    return NO_CONTENT
  }
  refuseTooMany(secretsOf(organization), MOST_SECRETS)
  secretsOf(organization).set(name, {
    name,
    visibility,
    repositories,
    value: required(value, 'encrypted_value'),
    createdAt: now,
    updatedAt: now,
  })
  return created(call)
}

/** Required, but on GHES 2.22, whose description requires nothing. */
function visibilityIn(call: Call, body: Body, stored: OrganizationSecret | undefined): AccessVisibility {
  const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES)
  if (hasSince(call.product, [3, 4])) return required(visibility, 'visibility')
  return visibility ?? stored?.visibility ?? 'private'
}

/** GHES 2.22 answers without a body, later ones with an empty object. */
export function created(call: Call): Answer {
  return hasSince(call.product, [3, 4]) ? { status: 201, body: {} } : { status: 201 }
}

function deleteSecret(call: Call): Answer {
  const organization = organizationOf(call)
  secretsOf(organization).delete(secretIn(call, organization).name)
  return NO_CONTENT
}

function secretIn(call: Call, organization: Organization): OrganizationSecret {
  const secret = secretsOf(organization).get(secretName(call))
  if (!secret) throw notFound()
  return secret
}

function unselected({ visibility }: OrganizationSecret): string | undefined {
  return visibility === 'selected' ? undefined : 'The visibility of the secret is not set to selected'
}
