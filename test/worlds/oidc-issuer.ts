import type { FamilyWorld } from './world.ts'

const issuer = (include_enterprise_slug: boolean) => ({ oidc_issuer: { include_enterprise_slug } })

/** https://docs.github.com/rest/actions/oidc: the slug goes in and out. GitHub shows neither. */
export const oidcIssuerWorld: FamilyWorld = {
  since: { '': ['ghec'] },
  scopes: { enterprise: [{ seed: {}, stages: [issuer(true), issuer(false)] }] },
}
