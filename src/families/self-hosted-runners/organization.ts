import type { FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import { checkSelected, reachOf } from '../common/selected-access.ts'
import { readList } from '../common/selected-list.ts'
import { checkEnterprise, isAboutToOpen } from './check.ts'
import { ROUTES, type SelfHostedRunners, type SelfHostedRunnersRef } from './document.ts'
import { writeOrganization } from './write-organization.ts'

const { get: GET, put, selected } = ROUTES.organization

/** A switch, and the list of repositories that is in force while it says `selected`. */
export const organization: FamilyAt<'organization', SelfHostedRunners, SelfHostedRunnersRef> = {
  presence: GET,
  reads: [GET, selected.read],
  writes: [put, selected.replace, selected.add, selected.remove],
  async read(scope, get) {
    const params = scopeParams(scope)
    const { enabled_repositories: mode } = await get.one<SelfHostedRunners>(GET, params)
    const { spec, ...list } = await readList(selected, params, get, mode === 'selected')
    return [{ key: '', spec: { ...(mode === undefined ? {} : { enabled_repositories: mode }), ...spec }, ...list }]
  },
  // The organization's own mode comes to light once the enterprise allows runners: until then it may be any.
  align(wanted, live, known) {
    const isHidden = live?.spec.enabled_repositories === 'none' && isAboutToOpen(known)
    if (!isHidden) return { wanted, live: live?.spec, findings: [] }
    const { enabled_repositories: _, ...spec } = live.spec
    return { wanted, live: spec, findings: [] }
  },
  check: (wanted, _, known) => [
    ...checkSelected(wanted, 'enabled_repositories', 'repositories'),
    ...checkEnterprise(wanted, known),
  ],
  reach: (spec, known) => reachOf(spec.enabled_repositories, spec.repositories, known),
  write: writeOrganization,
}
