import { integers, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, organizationOf, type Route } from '../../http/call.ts'
import { listAnswer } from '../../http/page.ts'
import { hasSince } from '../../world/products.ts'
import { listedRepository, minimalRepository } from '../repositories/present-repository.ts'
import { selectedRepositories } from '../selected-members.ts'
import { GROUP_TEMPLATE, groupIn, refuseInherited, runnerIds } from './groups.ts'
import { presentRunner } from './present-runner.ts'
import { runnerIn } from './routes.ts'
import { defaultGroup, fleetOf, type RunnerGroup } from './state.ts'

const RUNNERS = `${GROUP_TEMPLATE}/runners`
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
  { ...READ, method: 'GET', template: RUNNERS, handle: listRunners },
  { ...WRITE, method: 'PUT', template: RUNNERS, handle: setRunners },
  { ...WRITE, method: 'PUT', template: `${RUNNERS}/{runner_id}`, handle: addRunner },
  { ...WRITE, method: 'DELETE', template: `${RUNNERS}/{runner_id}`, handle: removeRunner },
]

/**
 * "The runner group must have `visibility` set to `selected`." The status code for this is documented for secrets only.
 */
function unselected({ visibility }: RunnerGroup): string | undefined {
  return visibility === 'selected' ? undefined : 'The visibility of the runner group is not set to selected'
}

function listRunners(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  const runners = [...fleetOf(organization).runners.values()].filter((each) => each.groupId === group.id)
  return listAnswer(call, 'runners', runners, (runner) => presentRunner(call, runner))
}

/** Replaces the list. A removed runner falls to the default group; so no runner can be removed from that one. */
function setRunners(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  refuseInherited(group)
  const ids = runnerIds(organization, required(integers(bodyOf(call), 'runners'), 'runners'))
  for (const runner of fleetOf(organization).runners.values()) {
    if (ids.has(runner.id)) runner.groupId = group.id
    else if (runner.groupId === group.id) runner.groupId = defaultGroup(organization).id
  }
  return NO_CONTENT
}

/** A runner is in exactly one group, so this takes it out of the one it was in. */
function addRunner(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  refuseInherited(group)
  runnerIn(call, fleetOf(organization).runners).groupId = group.id
  return NO_CONTENT
}

function removeRunner(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  refuseInherited(group)
  const runner = runnerIn(call, fleetOf(organization).runners)
  if (runner.groupId === group.id) runner.groupId = defaultGroup(organization).id
  return NO_CONTENT
}
