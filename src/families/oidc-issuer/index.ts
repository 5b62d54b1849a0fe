import { settingsOf } from '../common/settings-of.ts'

/**
 * Whether the issuer of OIDC tokens has the enterprise's slug in its URL. A cloud provider trusts an issuer, so that any
 * change of it counts as wider. GitHub takes the setting and shows it nowhere.
 * https://docs.github.com/enterprise-cloud@latest/actions/reference/security/oidc#customizing-the-issuer-value-for-an-enterprise
 */
export const oidcIssuer = settingsOf('oidc_issuer', {
  fields: {
    include_enterprise_slug: { wider: () => true },
  },
  levels: {
    enterprise: {
      path: '/enterprises/{enterprise}/actions/oidc/customization/issuer',
      hidden: 'GitHub has no request that shows it',
    },
  },
})
