import { type Body, flag, required, texts } from '../http/body.ts'
import { type Answer, bodyOf, type Call, ok, organizationOf, repositoryOf } from '../http/call.ts'
import { unprocessable } from '../http/errors.ts'
import type { Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import { hasSince } from '../world/products.ts'
import { type Entry, flagAt, inner, textsAt } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import type { Resource } from './resource.ts'

const ORGANIZATION = { template: '/orgs/{org}/actions/oidc/customization/sub', since: [3, 7] } as const
const REPOSITORY = { template: '/repos/{owner}/{repo}/actions/oidc/customization/sub', since: [3, 7] } as const
const KEY = 'oidc_subject_claim'

/** The settings that were made, by GitHub's names. */
interface Template {
  use_default?: boolean
  include_claim_keys?: readonly string[]
  use_immutable_subject?: boolean
}

const templateOf = slot<Holder, { set: Template }>(() => ({ set: {} }))

/** The subject where nothing is customized: `repo:ORG/REPO:ref:refs/heads/main`. */
const DEFAULT_KEYS = ['repo', 'context']

/** The template of the subject claim of OIDC tokens (https://docs.github.com/rest/actions/oidc). */
export const oidcSubjectClaim: Resource = {
  routes: [
    {
      ...ORGANIZATION,
      permission: 'organization_administration=read',
      scope: 'read:org',
      method: 'GET',
      handle: (call) => ok(ofOrganization(call, organizationOf(call))),
    },
    {
      ...ORGANIZATION,
      permission: 'organization_administration=write',
      scope: 'write:org',
      method: 'PUT',
      handle: setOrganization,
    },
    { ...REPOSITORY, permission: 'actions=read', method: 'GET', handle: (call) => ok(ofRepository(call)) },
    { ...REPOSITORY, permission: 'actions=write', method: 'PUT', handle: setRepository },
  ],
  organization: part(['include_claim_keys', 'use_immutable_subject']),
  repository: part(['use_default', 'include_claim_keys', 'use_immutable_subject']),
}

function part<Of extends Organization | Repository>(fields: readonly (keyof Template)[]): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const entry = inner(given, KEY, fields)
      templateOf(holder).set = templateIn(entry, flagAt, textsAt)
    },
    dump(holder) {
      const { set } = templateOf(holder)
      return Object.keys(set).length === 0 ? {} : { [KEY]: { ...set } }
    },
  }
}

function templateIn<From extends Body | Entry>(
  from: From,
  flagIn: (from: From, field: string) => boolean | undefined,
  textsIn: (from: From, field: string) => readonly string[] | undefined,
): Template {
  const useDefault = flagIn(from, 'use_default')
  const keys = textsIn(from, 'include_claim_keys')
  const immutable = flagIn(from, 'use_immutable_subject')
  return {
    ...(useDefault === undefined ? {} : { use_default: useDefault }),
    ...(keys === undefined ? {} : { include_claim_keys: keys }),
    ...(immutable === undefined ? {} : { use_immutable_subject: immutable }),
  }
}

/** Whether to use ids in the subject is a setting of the cloud alone, and not shown until it is made. */
function ofOrganization(call: Call, organization: Organization): object {
  const { include_claim_keys: keys = DEFAULT_KEYS, use_immutable_subject: immutable } = templateOf(organization).set
  return {
    include_claim_keys: keys,
    ...(isCloud(call) && immutable !== undefined ? { use_immutable_subject: immutable } : {}),
  }
}

/** "If not set at the repository level, falls back to the organization-level setting." */
function ofRepository(call: Call): object {
  const repository = repositoryOf(call)
  const own = templateOf(repository).set
  const above = repository.owner.type === 'Organization' ? templateOf(repository.owner).set : {}
  const useDefault = own.use_default ?? true
  const keys = own.include_claim_keys ?? above.include_claim_keys ?? DEFAULT_KEYS
  const immutable = own.use_immutable_subject ?? above.use_immutable_subject ?? false
  return {
    use_default: useDefault,
    ...(useDefault ? {} : { include_claim_keys: keys }),
    ...(isCloud(call) ? { use_immutable_subject: immutable, sub_claim_prefix: prefixOf(repository, immutable) } : {}),
  }
}

function prefixOf({ owner, name, id }: Repository, immutable: boolean): string {
  return immutable ? `repo:${owner.login}@${owner.id}/${name}@${id}` : `repo:${owner.login}/${name}`
}

function isCloud({ product }: Call): boolean {
  return product.kind !== 'ghes'
}

/** Up to 3.16 the keys are required; later, either field may stand alone. */
function setOrganization(call: Call): Answer {
  const given = givenIn(call)
  if (!hasSince(call.product, [3, 17])) required(given.include_claim_keys, 'include_claim_keys')
  const template = templateOf(organizationOf(call))
  const { use_default: _, ...settings } = given
  template.set = { ...template.set, ...settings }
  return CREATED
}

/**
 * Without keys, a repository that does not use the default has the organization's template; beside the default "the
 * `include_claim_keys` field is ignored".
 */
function setRepository(call: Call): Answer {
  const given = givenIn(call)
  const useDefault = required(given.use_default, 'use_default')
  const template = templateOf(repositoryOf(call))
  const { include_claim_keys: keys, use_immutable_subject: immutable } = given
  const { include_claim_keys: _, ...kept } = template.set
  template.set = {
    ...kept,
    use_default: useDefault,
    ...(keys === undefined || useDefault ? {} : { include_claim_keys: keys }),
    ...(immutable === undefined ? {} : { use_immutable_subject: immutable }),
  }
  return CREATED
}

const CREATED: Answer = { status: 201, body: {} }

/** "Array of unique strings. Each claim key can only contain alphanumeric characters and underscores." */
function givenIn(call: Call): Template {
  const given = templateIn(bodyOf(call), flag, texts)
  const keys = given.include_claim_keys ?? []
  const wrong = keys.find((key) => !/^\w+$/.test(key))
  if (wrong !== undefined) throw unprocessable('Validation Failed', [`${wrong} is not a valid claim key.`])
  if (new Set(keys).size < keys.length) throw unprocessable('Validation Failed', ['Claim keys must be unique.'])
  if (isCloud(call)) return given
  const { use_immutable_subject: _, ...known } = given
  return known
}
