import { flag } from '../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, NO_CONTENT } from '../http/call.ts'
import type { Enterprise } from '../world/owners.ts'
import { flagAt, inner } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import type { Resource } from './resource.ts'

const KEY = 'oidc_issuer'

/** "By default, the JWT is issued by https://token.actions.githubusercontent.com", without the slug. */
const issuerOf = slot<Enterprise, { includesSlug: boolean }>(() => ({ includesSlug: false }))

/** The issuer of an enterprise's OIDC tokens (https://docs.github.com/rest/actions/oidc). No route shows it. */
export const oidcIssuer: Resource = {
  routes: [
    {
      method: 'PUT',
      template: '/enterprises/{enterprise}/actions/oidc/customization/issuer',
      notOn: ['ghes', 'dotcom'],
      asker: 'classic token',
      scope: 'admin:enterprise',
      handle: setIssuer,
    },
  ],
  enterprise: {
    keys: [KEY],
    seed(enterprise, given) {
      const slug = flagAt(inner(given, KEY, ['include_enterprise_slug']), 'include_enterprise_slug')
      issuerOf(enterprise).includesSlug = slug ?? false
    },
    dump(enterprise) {
      return issuerOf(enterprise).includesSlug ? { [KEY]: { include_enterprise_slug: true } } : {}
    },
  },
}

/** Without the field it stays as it is, which no page says. */
function setIssuer(call: Call): Answer {
  const issuer = issuerOf(enterpriseOf(call))
  issuer.includesSlug = flag(bodyOf(call), 'include_enterprise_slug') ?? issuer.includesSlug
  return NO_CONTENT
}
