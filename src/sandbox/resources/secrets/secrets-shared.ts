import { type Body, choice, integers, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, organizationOf, type Route } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { byName, type Part } from '../../world/part.ts'
import { hasSince } from '../../world/products.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { named, wordAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { timestamp } from '../../world/store.ts'
import { ACCESS_VISIBILITIES, type AccessVisibility, memberIds } from '../members.ts'
import { minimalRepository } from '../repositories/present-repository.ts'
import { selectedRepositories } from '../selected-members.ts'
import { keysOf } from './keys.ts'
import {
  accessOf,
  created,
  dumpSecret,
  openedValue,
  type Permission,
  presentPublicKey,
  presentSecret,
  refuseSecretName,
  refuseTooMany,
  SECRET_KEYS,
  type Secret,
  secretName,
  seedSecret,
} from './values.ts'

interface SharedSecrets {
  /** The key of a seed. */
  readonly kind: string
  /** The path of the list. */
  readonly template: string
  /** The permission without its access, or that of reads and that of writes. */
  readonly permission: Permission
  /** How many GitHub takes, where it says so. */
  readonly most?: number
  /** The products that have the routes, and who may ask. */
  readonly on?: Partial<Route>
  /** The ids of repositories in the body that stores a secret; left out, whole numbers. */
  readonly idsIn?: (call: Call, body: Body) => readonly number[] | undefined
}

interface SharedSecret extends Secret {
  visibility: AccessVisibility
  repositories: Set<number>
}

/** Secrets of an organization, which say which of its repositories may use them. All kinds have the same routes. */
export function secretsShared({
  kind,
  template,
  permission,
  most = Number.POSITIVE_INFINITY,
  on = {},
  idsIn = wholeNumbers,
}: SharedSecrets): { readonly routes: readonly Route[]; readonly part: Part<Organization> } {
  /** By name in upper case, as GitHub stores it. */
  const secretsOf = slot<Organization, Map<string, SharedSecret>>(
    () => new Map(),
    (secrets, repositoryId) => {
      for (const { repositories } of secrets.values()) repositories.delete(repositoryId)
    },
  )
  const secretIn = (call: Call): SharedSecret => {
    const secret = secretsOf(organizationOf(call)).get(secretName(call))
    if (!secret) throw notFound()
    return secret
  }
  const present = (call: Call, secret: SharedSecret): object => {
    const path = template.replace('{org}', organizationOf(call).login)
    const url = `${call.base}${path}/${secret.name}/repositories`
    return {
      ...presentSecret(secret),
      visibility: secret.visibility,
      ...(secret.visibility === 'selected' ? { selected_repositories_url: url } : {}),
    }
  }
  const listSecrets = (call: Call): Answer => {
    const secrets = [...secretsOf(organizationOf(call)).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return listAnswer(call, 'secrets', secrets, (secret) => present(call, secret))
  }
  /**
   * Replaces the whole secret. So a request for an existing one that brings no value leaves an empty value behind
   * (https://github.com/integrations/terraform-provider-github/pull/3069), and one that brings no list an empty list. A list beside another visibility than `selected` is ignored.
   */
  const putSecret = (call: Call): Answer => {
    const organization = organizationOf(call)
    const name = secretName(call)
    refuseSecretName(name)
    const body = bodyOf(call)
    const stored = secretsOf(organization).get(name)
    const visibility = visibilityIn(call, body, stored)
    const ids = idsIn(call, body) ?? []
    const repositories = memberIds(call, organization, visibility === 'selected' ? ids : [])
    const value = openedValue(call, body, keysOf(organization, kind))
    const now = timestamp(call.now)
    if (stored) {
      Object.assign(stored, { visibility, repositories, value: value === undefined ? '' : value, updatedAt: now })
      return NO_CONTENT
    }
    refuseTooMany(secretsOf(organization), most)
    const first = { value: required(value, 'encrypted_value'), createdAt: now, updatedAt: now }
    secretsOf(organization).set(name, { name, visibility, repositories, ...first })
    return created(call)
  }
  const deleteSecret = (call: Call): Answer => {
    secretsOf(organizationOf(call)).delete(secretIn(call).name)
    return NO_CONTENT
  }
  const one = `${template}/{secret_name}`
  const granted = accessOf(permission)
  const read = { ...on, permission: granted.read, scope: 'admin:org' }
  const write = { ...on, permission: granted.write, scope: 'admin:org' }
  const presentKey = (call: Call): Answer => ok(presentPublicKey(keysOf(organizationOf(call), kind)))
  const routes: readonly Route[] = [
    { ...read, method: 'GET', template, handle: listSecrets },
    { ...read, method: 'GET', template: `${template}/public-key`, handle: presentKey },
    { ...read, method: 'GET', template: one, handle: (call) => ok(present(call, secretIn(call))) },
    { ...write, method: 'PUT', template: one, handle: putSecret },
    { ...write, method: 'DELETE', template: one, handle: deleteSecret },
    ...selectedRepositories({
      template: one,
      read,
      write,
      idsOf: (call) => secretIn(call).repositories,
      unselected: (call) => unselected(secretIn(call)),
      refuses: ['PUT'],
      present: minimalRepository,
      changed(call) {
        secretIn(call).updatedAt = timestamp(call.now)
      },
    }),
  ]
  const part: Part<Organization> = {
    keys: [kind],
    seed(organization, given, world) {
      for (const [name, each] of named(given, kind, ['visibility', 'repositories', ...SECRET_KEYS])) {
        const secret = seedSecret(name, each)
        secretsOf(organization).set(secret.name, {
          ...secret,
          visibility: wordAt(each, 'visibility', ACCESS_VISIBILITIES) ?? 'private',
          repositories: repositoryIdsAt(world, organization, each),
        })
      }
    },
    dump: (organization, world) => ({
      [kind]: byName(secretsOf(organization).values(), (secret) => ({
        visibility: secret.visibility,
        ...dumpRepositoryIds(world, secret.repositories, secret.visibility === 'selected'),
        ...dumpSecret(secret),
      })),
    }),
  }
  return { routes, part }
}

function wholeNumbers(_: Call, body: Body): readonly number[] | undefined {
  return integers(body, 'selected_repository_ids')
}

/** Required, but on GHES 2.22, whose description requires nothing. */
function visibilityIn(call: Call, body: Body, stored: SharedSecret | undefined): AccessVisibility {
  const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES)
  if (hasSince(call.product, [3, 4])) return required(visibility, 'visibility')
  return visibility ?? stored?.visibility ?? 'private'
}

function unselected({ visibility }: SharedSecret): string | undefined {
  return visibility === 'selected' ? undefined : 'The visibility of the secret is not set to selected'
}
