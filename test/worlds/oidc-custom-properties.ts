import type { FamilyWorld } from './world.ts'

const properties = (oidc_custom_properties: object) => ({ oidc_custom_properties })

/** https://docs.github.com/rest/actions/oidc: properties are included by name, and taken out again. */
export const oidcCustomPropertiesWorld: FamilyWorld = {
  since: { '': ['ghec', 'dotcom'] },
  scopes: {
    enterprise: [
      {
        seed: properties({ team: {}, 'cost-center': {} }),
        stages: [
          properties({ environment: {} }),
          { ...properties({ environment: {}, team: 'absent' }), prune: ['oidc_custom_properties/cost*'] },
        ],
      },
    ],
    organization: [
      {
        seed: properties({ Team: {} }),
        stages: [
          // Compared without case: the first is there.
          properties({ team: {}, 'cost$center#1': {} }),
          properties({ team: 'absent' }),
          { ...properties({}), prune: ['oidc_custom_properties/*'] },
        ],
      },
    ],
  },
}
