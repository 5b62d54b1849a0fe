import type { FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import { pick } from '../common/carried.ts'
import { ROUTES, type SelfHostedRunners, type SelfHostedRunnersRef } from './document.ts'

const { get: GET, put } = ROUTES.enterprise
const FIELD = 'disable_self_hosted_runners_for_all_orgs'

/** One switch, which holds in all organizations of the enterprise. */
export const enterprise: FamilyAt<'enterprise', SelfHostedRunners, SelfHostedRunnersRef> = {
  presence: GET,
  reads: [GET],
  writes: [put],
  async read(scope, get) {
    return [{ key: '', spec: pick(await get.one<SelfHostedRunners>(GET, scopeParams(scope)), [FIELD]), ref: {} }]
  },
  write({ scope, after, changed }) {
    if (!changed.has(FIELD)) return []
    return [{ route: put, fields: [FIELD], params: () => scopeParams(scope), body: () => pick(after, [FIELD]) }]
  },
}
