import { text } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT, ok, organizationOf, param } from '../http/call.ts'
import { notFound, Refusal } from '../http/errors.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import { openMap } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import type { Resource } from './resource.ts'

const PATH = 'actions/oidc/customization/properties/repo'
const ENTERPRISE = {
  template: `/enterprises/{enterprise}/${PATH}`,
  notOn: ['ghes'],
  scope: 'admin:enterprise',
} as const
const ORGANIZATION = { template: `/orgs/{org}/${PATH}`, notOn: ['ghes'] } as const
const KEY = 'oidc_custom_properties'

/** The included properties, by name in lower case: GitHub compares custom properties without case. */
const includedIn = slot<Enterprise | Organization, { readonly names: Map<string, string> }>(() => ({
  names: new Map(),
}))

/**
 * The custom properties of repositories that OIDC tokens include (https://docs.github.com/rest/actions/oidc). Whether
 * such a property is defined is not looked at: the sandbox has no definitions.
 */
export const oidcCustomProperties: Resource = {
  routes: [
    { ...ENTERPRISE, method: 'GET', handle: (call) => ok(ownOf(enterpriseOf(call))) },
    { ...ENTERPRISE, method: 'POST', handle: (call) => include(call, enterpriseOf(call)) },
    {
      ...ENTERPRISE,
      template: `${ENTERPRISE.template}/{custom_property_name}`,
      method: 'DELETE',
      handle: (call) => exclude(call, enterpriseOf(call)),
    },
    {
      ...ORGANIZATION,
      permission: 'organization_administration=read',
      scope: 'read:org',
      method: 'GET',
      handle: (call) => ok(allOf(organizationOf(call))),
    },
    {
      ...ORGANIZATION,
      permission: 'organization_administration=write',
      scope: 'admin:org',
      method: 'POST',
      handle: (call) => include(call, organizationOf(call)),
    },
    {
      ...ORGANIZATION,
      template: `${ORGANIZATION.template}/{custom_property_name}`,
      permission: 'organization_administration=write',
      scope: 'admin:org',
      method: 'DELETE',
      handle: (call) => exclude(call, organizationOf(call)),
    },
  ],
  enterprise: part(),
  organization: part(),
}

function part<Of extends Enterprise | Organization>(): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      for (const name of Object.keys(openMap(given, KEY).fields)) includedIn(holder).names.set(name.toLowerCase(), name)
    },
    dump(holder) {
      const names = [...includedIn(holder).names.values()]
      return names.length === 0 ? {} : { [KEY]: Object.fromEntries(names.map((name) => [name, {}])) }
    },
  }
}

interface Inclusion {
  readonly custom_property_name: string
  readonly inclusion_source: 'organization' | 'enterprise'
}

function ownOf(level: Enterprise | Organization): Inclusion[] {
  const source = 'login' in level ? 'organization' : 'enterprise'
  return [...includedIn(level).names.values()].map((name) => ({ custom_property_name: name, inclusion_source: source }))
}

/** Those of the enterprise first, which an organization has, too. */
function allOf(organization: Organization): Inclusion[] {
  const { enterprise } = organization
  const inherited = enterprise ? ownOf(enterprise) : []
  const names = new Set(inherited.map(({ custom_property_name: name }) => name.toLowerCase()))
  return [...inherited, ...ownOf(organization).filter((each) => !names.has(each.custom_property_name.toLowerCase()))]
}

/** 400 "Invalid input", 422 "Property inclusion already exists": both without a described body. */
function include(call: Call, level: Enterprise | Organization): Answer {
  const name = text(bodyOf(call), 'custom_property_name')
  if (name === undefined || !/^[\w\-$#]{1,75}$/.test(name)) throw new Refusal(400, 'Invalid input')
  const all = 'login' in level ? allOf(level) : ownOf(level)
  const isThere = all.some((each) => each.custom_property_name.toLowerCase() === name.toLowerCase())
  if (isThere) throw new Refusal(422, 'Property inclusion already exists')
  includedIn(level).names.set(name.toLowerCase(), name)
  return { status: 201, body: ownOf(level).at(-1) }
}

/** An organization cannot take out what its enterprise includes. */
function exclude(call: Call, level: Enterprise | Organization): Answer {
  const isGone = includedIn(level).names.delete(param(call, 'custom_property_name').toLowerCase())
  if (!isGone) throw notFound()
  return NO_CONTENT
}
