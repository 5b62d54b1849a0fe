import { type Body, choice, integers, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, organizationOf, type Route } from '../../http/call.ts'
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
import { accessesOf, secretIn, secretRoutes } from './secret-routes.ts'
import {
  created,
  dumpSecret,
  openedValue,
  type Permission,
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
  const shared = (call: Call): SharedSecret => secretIn(call, secretsOf(organizationOf(call)))
  const present = (call: Call, secret: SharedSecret): object => {
    const path = template.replace('{org}', organizationOf(call).login)
    const url = `${call.base}${path}/${secret.name}/repositories`
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
  const where = { kind, template, permission, on: { ...on, scope: 'admin:org' } }
  const routes: readonly Route[] = [
    ...secretRoutes<Organization, SharedSecret>({
      ...where,
      holderOf: organizationOf,
      secretsOf,
      present,
      put: putSecret,
    }),
    ...selectedRepositories({
      template: `${template}/{secret_name}`,
      ...accessesOf(where),
      idsOf: (call) => shared(call).repositories,
      unselected: (call) => unselected(shared(call)),
      refuses: ['PUT'],
      present: minimalRepository,
      changed(call) {
        shared(call).updatedAt = timestamp(call.now)
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
