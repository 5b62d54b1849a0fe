import type { Consequence } from '../../core/consequence.ts'
import type { Edit, Family } from '../../core/family.ts'
import { accessFields } from '../common/selected-access.ts'
import { boundBy } from './check.ts'
import { ROUTES, type SelfHostedRunners, type SelfHostedRunnersRef } from './document.ts'
import { enterprise } from './enterprise.ts'
import { organization } from './organization.ts'

/**
 * Where repositories may have self-hosted runners of their own.
 * https://docs.github.com/rest/actions/permissions#get-self-hosted-runners-settings-for-an-organization
 */
export const selfHostedRunners = {
  name: 'self_hosted_runners',
  shape: 'settings',
  fields: {
    disable_self_hosted_runners_for_all_orgs: {
      wider: [true, false],
      written: { enterprise: { route: ROUTES.enterprise.put } },
    },
    ...accessFields('enabled_repositories', ['none', 'selected', 'all'], {
      organization: { route: ROUTES.organization.put, list: ROUTES.organization.selected },
    }),
  },
  fold: () => '',
  needs: [{ family: 'self_hosted_runners', from: 'above' }],
  boundBy,
  listed: ({ repositories = {} }) => repositories,
  consequences,
  scopes: { enterprise, organization },
} satisfies Family<SelfHostedRunners, SelfHostedRunnersRef>

/** The organizations of an enterprise have no place in a list here. */
function consequences({ scope, after, changed }: Edit<SelfHostedRunners>): readonly Consequence[] {
  const opens = changed.has('disable_self_hosted_runners_for_all_orgs')
  if (scope.type !== 'enterprise' || !opens || after?.disable_self_hosted_runners_for_all_orgs !== false) return []
  const message = `each organization of ${scope.enterprise} decides for itself which repositories have runners of their own`
  return [{ message, widens: true }]
}
