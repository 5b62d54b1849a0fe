import { type Answer, type Call, ok, organizationOf, seenBy } from '../http/call.ts'
import { pageOf } from '../http/page.ts'
import { type Repository, repositoriesOf } from '../world/store.ts'
import { settingsOf } from './repositories/settings.ts'
import type { Resource } from './resource.ts'

/**
 * The values of custom properties (https://docs.github.com/rest/orgs/custom-properties), which GHES has since 3.13. An
 * organization has the properties of which any of its repositories has a value.
 */
export const customProperties: Resource = {
  routes: [
    {
      method: 'GET',
      template: '/orgs/{org}/properties/values',
      since: [3, 13],
      permission: 'organization_custom_properties=read',
      scope: 'read:org',
      handle: listValues,
    },
  ],
}

/** Each repository with every property of the organization: one that it does not have is null. */
function listValues(call: Call): Answer {
  const organization = organizationOf(call)
  const repositories = repositoriesOf(call.world, organization)
  const names = [...new Set(repositories.flatMap((repository) => Object.keys(valuesOf(repository))))].sort()
  const { items, headers } = pageOf(call, seenBy(call, repositories))
  const answer = items.map((repository) => ({
    repository_id: repository.id,
    repository_name: repository.name,
    repository_full_name: `${organization.login}/${repository.name}`,
    properties: names.map((name) => ({ property_name: name, value: valuesOf(repository)[name] ?? null })),
  }))
  return { ...ok(answer), headers }
}

function valuesOf(repository: Repository): Readonly<Record<string, unknown>> {
  return settingsOf(repository).current.properties
}
