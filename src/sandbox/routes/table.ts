import type { Route } from '../call.ts'
import { ACCOUNT_ROUTES } from './accounts.ts'
import { ORGANIZATION_PERMISSION_ROUTES } from './organization-permissions.ts'
import { ORGANIZATION_SECRET_ROUTES } from './organization-secrets.ts'
import { REPOSITORY_ROUTES } from './repositories.ts'
import { REPOSITORY_PERMISSION_ROUTES } from './repository-permissions.ts'
import { REPOSITORY_SECRET_ROUTES } from './repository-secrets.ts'
import { RUNNER_GROUP_MEMBER_ROUTES } from './runner-group-members.ts'
import { RUNNER_GROUP_ROUTES } from './runner-groups.ts'
import { RUNNER_ROUTES } from './runners.ts'

/** Every operation that the sandbox serves. */
export const ROUTES: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...REPOSITORY_ROUTES,
  ...ORGANIZATION_PERMISSION_ROUTES,
  ...REPOSITORY_PERMISSION_ROUTES,
  ...ORGANIZATION_SECRET_ROUTES,
  ...REPOSITORY_SECRET_ROUTES,
  ...RUNNER_ROUTES,
  ...RUNNER_GROUP_ROUTES,
  ...RUNNER_GROUP_MEMBER_ROUTES,
]
