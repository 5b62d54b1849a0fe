import type { FamilyWorld } from './world.ts'

const claim = (oidc_subject_claim: object) => ({ oidc_subject_claim })

/** https://docs.github.com/rest/actions/oidc: templates, their order, and back to the default. */
export const oidcSubjectClaimWorld: FamilyWorld = {
  since: { '': [3, 7], use_immutable_subject: ['ghec', 'dotcom'] },
  ordered: ['include_claim_keys'],
  scopes: {
    organization: [
      {
        seed: {},
        stages: [
          claim({ include_claim_keys: ['repo', 'context', 'job_workflow_ref'], use_immutable_subject: true }),
          // The same keys in another order are another subject.
          claim({ include_claim_keys: ['job_workflow_ref', 'repo', 'context'] }),
          claim({ include_claim_keys: ['repo', 'context'], use_immutable_subject: false }),
        ],
      },
    ],
    repository: [
      {
        seed: {},
        stages: [
          claim({ include_claim_keys: ['repo', 'actor'] }),
          claim({ use_default: false, include_claim_keys: ['actor', 'repo'], use_immutable_subject: true }),
          claim({ use_default: true }),
        ],
      },
      {
        // The template of the organization, then its own, then the default.
        above: claim({ include_claim_keys: ['repository_owner', 'context'] }),
        seed: {},
        stages: [
          claim({ use_default: false }),
          claim({ use_default: false, include_claim_keys: ['context', 'repository_owner'] }),
          claim({ use_default: true }),
        ],
      },
    ],
  },
}
