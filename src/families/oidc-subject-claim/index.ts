import { settingsOf } from '../common/settings-of.ts'
import { alignRepository, checkRepository } from './repository.ts'

/**
 * The template of the `sub` claim in the OIDC tokens of workflow runs: any change of it can let a run into what trusts
 * another subject. A repository that does not use the default has the organization's template until it has its own.
 * https://docs.github.com/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export const oidcSubjectClaim = settingsOf('oidc_subject_claim', {
  fields: {
    use_default: { wider: () => true },
    // Claims stand in the subject in this order.
    include_claim_keys: { wider: () => true },
    use_immutable_subject: { wider: () => true },
  },
  levels: {
    organization: {
      path: '/orgs/{org}/actions/oidc/customization/sub',
      fields: ['include_claim_keys', 'use_immutable_subject'],
    },
    repository: {
      path: '/repos/{owner}/{repo}/actions/oidc/customization/sub',
      align: alignRepository,
      check: checkRepository,
    },
  },
  fromAbove: true,
})
