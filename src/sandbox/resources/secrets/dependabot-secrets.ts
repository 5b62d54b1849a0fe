import { type Body, integers } from '../../http/body.ts'
import { type Call, repositoryOf } from '../../http/call.ts'
import { invalidRequest } from '../../http/errors.ts'
import { leftOutEmpty } from '../../world/part.ts'
import { isUntil } from '../../world/products.ts'
import type { Resource } from '../resource.ts'
import { secretsAlone } from './secrets-alone.ts'
import { secretsShared } from './secrets-shared.ts'

const KIND = 'dependabot_secrets'
const SINCE = { since: [3, 4] } as const

const shared = secretsShared({
  kind: KIND,
  template: '/orgs/{org}/dependabot/secrets',
  permission: 'organization_dependabot_secrets',
  on: SINCE,
  idsIn,
})
const alone = secretsAlone(
  repositoryOf,
  [{ template: '/repos/{owner}/{repo}/dependabot/secrets', permission: KIND, on: SINCE }],
  { kind: KIND },
)

/** The secrets of Dependabot (https://docs.github.com/rest/dependabot/secrets), which GHES has since 3.4. */
export const dependabotSecrets: Resource = {
  routes: [...shared.routes, ...alone.routes],
  organization: leftOutEmpty(shared.part),
  repository: leftOutEmpty(alone.part),
}

/**
 * Text or numbers. Servers of before summer 2023 took text alone (https://github.com/cli/cli/issues/6934,
 * https://github.com/google/go-github/issues/2400); the descriptions of all releases list both.
 */
function idsIn({ product }: Call, body: Body): readonly number[] | undefined {
  const field = 'selected_repository_ids'
  const given = body[field]
  if (!Array.isArray(given)) return integers(body, field)
  const wrong = given.findIndex((id) => typeof id !== 'string' && (isUntil(product, [3, 9]) || !Number.isInteger(id)))
  if (wrong >= 0) {
    throw invalidRequest(`Invalid property /${field}/${wrong}: \`${given[wrong]}\` is not of type \`string\`.`)
  }
  return given.map(Number)
}
