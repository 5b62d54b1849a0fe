import type { Resource } from '../resource.ts'
import { secretsShared } from './secrets-shared.ts'

const { routes, part } = secretsShared({
  kind: 'secrets',
  template: '/orgs/{org}/actions/secrets',
  permission: 'organization_secrets',
  most: 1000,
})

/** The secrets of an organization (https://docs.github.com/rest/actions/secrets). */
export const organizationSecrets: Resource = { routes, organization: part }
