import { type Answer, type Call, idParam, NO_CONTENT, ok, organizationOf, type Route } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { presentRunner } from './present-runner.ts'
import { fleetOf, type Runner } from './state.ts'

const TEMPLATE = '/orgs/{org}/actions/runners'
const READ = { permission: 'organization_self_hosted_runners=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_self_hosted_runners=write', scope: 'admin:org' } as const

/** The self-hosted runners of an organization (https://docs.github.com/rest/actions/self-hosted-runners). */
export const RUNNER_ROUTES: readonly Route[] = [
  { ...READ, method: 'GET', template: TEMPLATE, handle: listRunners },
  { ...READ, method: 'GET', template: `${TEMPLATE}/{runner_id}`, handle: getRunner },
  { ...WRITE, method: 'DELETE', template: `${TEMPLATE}/{runner_id}`, handle: deleteRunner },
]

/** The filter by name came with 3.11; before, the parameter is ignored. */
function listRunners(call: Call): Answer {
  const name = hasSince(call.product, [3, 11]) ? call.query.name : undefined
  const runners = [...fleetOf(organizationOf(call)).runners.values()].filter(
    (each) => name === undefined || each.name === name,
  )
  return listAnswer(call, 'runners', runners, (runner) => presentRunner(call, runner))
}

function getRunner(call: Call): Answer {
  return ok(presentRunner(call, runnerIn(call, organizationOf(call))))
}

/** The releases that document 422 refuse while the runner is at work; those before remove it by force. */
function deleteRunner(call: Call): Answer {
  const organization = organizationOf(call)
  const runner = runnerIn(call, organization)
  if (runner.busy && hasSince(call.product, [3, 13])) {
    throw unprocessable(`Runner "${runner.name}" is currently running a job and cannot be deleted.`)
  }
  fleetOf(organization).runners.delete(runner.id)
  return NO_CONTENT
}

/** @throws Refusal 404 when the organization has no runner with the id in the path. */
export function runnerIn(call: Call, organization: Organization): Runner {
  const runner = fleetOf(organization).runners.get(idParam(call, 'runner_id'))
  if (!runner) throw notFound()
  return runner
}
