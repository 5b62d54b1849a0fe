import { parse } from 'yaml'
import { type Body, fieldsOf, flag, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, type Route, repositoryOf } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import { actorOf } from '../accounts/actor.ts'
import { rootOf } from '../git/objects.ts'
import { entryAt } from '../git/paths.ts'
import { gitOf } from '../git/state.ts'
import { type Workflow, workflowIn } from '../workflows.ts'
import { newRun } from './new-run.ts'
import { runPage, runUrl } from './present-run.ts'

/** Starts runs (https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event). */
export const DISPATCH_ROUTE: Route = {
  method: 'POST',
  permission: 'actions=write',
  template: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  handle: dispatch,
}

/** "The maximum number of properties is 25", in the cloud; 10 before. */
const MOST_INPUTS = { cloud: 25, server: 10 }

/**
 * 204, or with `return_run_details` the run, where the product has that. The words for a workflow that is disabled were reported
 * in https://github.com/benc-uk/workflow-dispatch/issues/72, those for one that cannot be dispatched in
 * https://github.com/benc-uk/workflow-dispatch/issues/81. @throws Refusal 422
 */
function dispatch(call: Call): Answer {
  const repository = repositoryOf(call)
  const workflow = workflowIn(call)
  const body = bodyOf(call)
  const branch = branchNamed(repository, required(text(body, 'ref'), 'ref'))
  if (workflow.state !== 'active') throw unprocessable("Cannot trigger a 'workflow_dispatch' on a disabled workflow")
  refuseInputs(call, declaredBy(repository, workflow, branch), body.inputs === undefined ? {} : fieldsOf(body.inputs))
  const start = { event: 'workflow_dispatch', path: workflow.path, moment: call.now, branch }
  const { id } = newRun(repository, { ...start, actor: actorOf(call).login })
  if (call.product.kind === 'ghes' || flag(body, 'return_run_details') !== true) return NO_CONTENT
  return ok({ workflow_run_id: id, run_url: runUrl(call, repository, id), html_url: runPage(call, repository, id) })
}

/** "The reference can be a branch or tag name"; tags are not kept here. */
function branchNamed(repository: Repository, ref: string): string {
  const { branches } = gitOf(repository)
  const name = branches.has(ref) ? ref : ref.replace(/^refs\/heads\//, '')
  if (!branches.has(name)) throw unprocessable(`No ref found for: ${ref}`)
  return name
}

/** The inputs that the file on the branch declares, or the seed where it has no such file. @throws Refusal 422 without the trigger */
function declaredBy(repository: Repository, workflow: Workflow, branch: string): Body {
  const { branches, objects } = gitOf(repository)
  const entry = entryAt(objects, rootOf(objects, branches.get(branch)), workflow.path)
  const file = entry && objects.blobs.get(entry.sha)?.toString('utf8')
  const triggers = file === undefined ? (workflow.on ?? 'workflow_dispatch') : triggersIn(file)
  if (triggers === 'workflow_dispatch') return {}
  if (Array.isArray(triggers) && triggers.includes('workflow_dispatch')) return {}
  if (!isMap(triggers) || !('workflow_dispatch' in triggers)) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger")
  }
  const declared = triggers.workflow_dispatch
  return isMap(declared) && isMap(declared.inputs) ? declared.inputs : {}
}

function triggersIn(file: string): unknown {
  try {
    const workflow: unknown = parse(file)
    return isMap(workflow) ? workflow.on : undefined
  } catch {
    return undefined
  }
}

/** @throws Refusal 422 for inputs that are not declared, not among the options, or missing */
function refuseInputs(call: Call, declared: Body, given: Body): void {
  const most = call.product.kind === 'ghes' ? MOST_INPUTS.server : MOST_INPUTS.cloud
  if (Object.keys(given).length > most) throw invalidRequest(`No more than ${most} properties are allowed in inputs.`)
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(declared, name))
  if (strange.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(strange)}`)
  for (const [name, one] of Object.entries(declared)) {
    const input = isMap(one) ? one : {}
    const value = given[name] ?? input.default
    if (input.required === true && (value === undefined || value === '')) {
      throw unprocessable(`Required input '${name}' not provided`)
    }
    if (value !== undefined && Array.isArray(input.options) && !input.options.includes(value)) {
      throw unprocessable(`Provided value '${String(value)}' for input '${name}' not in the list of allowed values`)
    }
  }
}

function isMap(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
