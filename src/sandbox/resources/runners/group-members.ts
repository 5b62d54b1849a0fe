import { organizationOf, type Route } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import { listedRepository, minimalRepository } from '../repositories/present-repository.ts'
import { selectedRepositories } from '../selected-members.ts'
import { groupRunnerRoutes } from './group-runners.ts'
import { GROUP_TEMPLATE, groupIn, refuseInherited } from './groups.ts'
import { defaultGroup, fleetOf, type RunnerGroup } from './state.ts'

const READ = { permission: 'organization_self_hosted_runners=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_self_hosted_runners=write', scope: 'admin:org' } as const

/** The repositories that may use a runner group, and its runners. */
export const RUNNER_GROUP_MEMBER_ROUTES: readonly Route[] = [
  ...selectedRepositories({
    template: GROUP_TEMPLATE,
    read: READ,
    write: WRITE,
    idsOf: (call) => groupIn(call, organizationOf(call)).repositories,
    unselected: (call) => unselected(groupIn(call, organizationOf(call))),
    refuses: [],
    // GHES 2.22 answers with the longer form.
    present: (call, each) => (hasSince(call.product, [3, 4]) ? minimalRepository : listedRepository)(call, each),
  }),
  ...groupRunnerRoutes({
    group: GROUP_TEMPLATE,
    read: READ,
    write: WRITE,
    runnersOf: (call) => fleetOf(organizationOf(call)).runners,
    defaultOf: (call) => defaultGroup(organizationOf(call)),
    groupIn(call, use) {
      const group = groupIn(call, organizationOf(call))
      if (use === 'write') refuseInherited(group)
      return group
    },
  }),
]

/**
 * "The runner group must have `visibility` set to `selected`." The status code for this is documented for secrets only.
 */
function unselected({ visibility }: RunnerGroup): string | undefined {
  return visibility === 'selected' ? undefined : 'The visibility of the runner group is not set to selected'
}
