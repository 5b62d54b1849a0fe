import { integers, required } from '../../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  memberRepository,
  NO_CONTENT,
  organizationOf,
  type Route,
  seenBy,
} from '../../http/call.ts'
import { noSelection } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { repositoriesIn } from '../../world/store.ts'
import { memberIds } from '../members.ts'
import { listedRepository, minimalRepository } from '../repositories/present-repository.ts'
import { GROUP_TEMPLATE, groupIn, refuseInherited, runnerIds } from './groups.ts'
import { presentRunner } from './present-runner.ts'
import { runnerIn } from './routes.ts'
import { defaultGroup, fleetOf, type RunnerGroup } from './state.ts'

const REPOSITORIES = `${GROUP_TEMPLATE}/repositories`
const RUNNERS = `${GROUP_TEMPLATE}/runners`
const READ = { permission: 'organization_self_hosted_runners=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_self_hosted_runners=write', scope: 'admin:org' } as const

/** The repositories that may use a runner group, and its runners. */
export const RUNNER_GROUP_MEMBER_ROUTES: readonly Route[] = [
  { ...READ, method: 'GET', template: REPOSITORIES, handle: listRepositories },
  { ...WRITE, method: 'PUT', template: REPOSITORIES, handle: setRepositories },
  { ...WRITE, method: 'PUT', template: `${REPOSITORIES}/{repository_id}`, handle: addRepository },
  { ...WRITE, method: 'DELETE', template: `${REPOSITORIES}/{repository_id}`, handle: removeRepository },
  { ...READ, method: 'GET', template: RUNNERS, handle: listRunners },
  { ...WRITE, method: 'PUT', template: RUNNERS, handle: setRunners },
  { ...WRITE, method: 'PUT', template: `${RUNNERS}/{runner_id}`, handle: addRunner },
  { ...WRITE, method: 'DELETE', template: `${RUNNERS}/{runner_id}`, handle: removeRunner },
]

/** A group that is not open to selected repositories has no list. GHES 2.22 answers with the longer form. */
function listRepositories(call: Call): Answer {
  const group = groupIn(call, organizationOf(call))
  const listed = group.visibility === 'selected' ? seenBy(call, repositoriesIn(call.world, group.repositories)) : []
  const present = hasSince(call.product, [3, 4]) ? minimalRepository : listedRepository
  return listAnswer(call, 'repositories', listed, (each) => present(call, each))
}

/** Takes the list under every visibility; it counts once that is `selected`. */
function setRepositories(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  const ids = required(integers(bodyOf(call), 'selected_repository_ids'), 'selected_repository_ids')
  group.repositories = memberIds(call, organization, ids)
  return NO_CONTENT
}

function addRepository(call: Call): Answer {
  const organization = organizationOf(call)
  const group = selectedGroup(call, organization)
  group.repositories.add(memberRepository(call, organization).id)
  return NO_CONTENT
}

function removeRepository(call: Call): Answer {
  const organization = organizationOf(call)
  const group = selectedGroup(call, organization)
  group.repositories.delete(memberRepository(call, organization).id)
  return NO_CONTENT
}

/**
 * "The runner group must have `visibility` set to `selected`." The status code for this is documented for secrets only.
 */
function selectedGroup(call: Call, organization: Organization): RunnerGroup {
  const group = groupIn(call, organization)
  if (group.visibility !== 'selected') throw noSelection('The visibility of the runner group is not set to selected')
  return group
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
  runnerIn(call, organization).groupId = group.id
  return NO_CONTENT
}

function removeRunner(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  refuseInherited(group)
  const runner = runnerIn(call, organization)
  if (runner.groupId === group.id) runner.groupId = defaultGroup(organization).id
  return NO_CONTENT
}
