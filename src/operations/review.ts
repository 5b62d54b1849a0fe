import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { valueAt } from './column.ts'
import type { Done, OwnOperation, Task } from './operation.ts'
import { atRun, RUN } from './run-subject.ts'

const PENDING: Route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments'
const SEND: Route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments'
const RULE: Route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule'

/**
 * Approves or rejects the deployments of a run that wait for a person, or for the App of a protection rule.
 * https://docs.github.com/rest/actions/workflow-runs#review-pending-deployments-for-a-workflow-run
 */
export const REVIEW: OwnOperation = {
  kind: 'own',
  resource: 'runs',
  verb: 'review',
  about: 'approve or reject the deployments that a run waits for',
  at: atRun('POST', '/pending_deployments'),
  subject: RUN,
  flags: [
    {
      flag: '--environment <name>',
      field: 'environments',
      takes: 'texts',
      own: true,
      about: 'the environment; repeat it for several',
    },
    { flag: '--approve', field: 'approve', takes: 'switch', own: true, about: 'let them go on' },
    { flag: '--reject', field: 'reject', takes: 'switch', own: true, about: 'end them' },
    { flag: '--comment <text>', field: 'comment', own: true, about: 'the reason, which everybody sees' },
    {
      flag: '--protection-rule',
      field: 'rule',
      takes: 'switch',
      own: true,
      about: 'answer as the App of a deployment protection rule, not as a reviewer',
    },
  ],
  routes: [PENDING, RULE],
  effect: 'change',
  work: review,
}

/** An environment that a run waits for. */
interface Pending {
  readonly id: number
  readonly name: string
}

async function review(task: Task): Promise<Done> {
  const { flags, has, product, subject } = task
  if ((flags.approve === true) === (flags.reject === true)) {
    throw new SetupError('runs review takes --approve or --reject.')
  }
  const names = Array.isArray(flags.environments) ? flags.environments : []
  if (names.length === 0) throw new SetupError('runs review takes --environment NAME; runs pending names them.')
  const state = flags.approve === true ? 'approved' : 'rejected'
  const comment = typeof flags.comment === 'string' ? flags.comment : ''
  const question = `${state === 'approved' ? 'Approve' : 'Reject'} ${names.join(', ')} of run ${subject}?`
  if (flags.rule === true) {
    if (!has(RULE)) throw new SetupError(`runs review --protection-rule: ${product} has no ${RULE}. Nothing was sent.`)
    return answerRule(task, { question, names, body: { state, comment } })
  }
  const pending = await pendingOf(task)
  const ids = names.map((name) => idOf(name, pending, task))
  await task.confirm(question, ids.length)
  const { body } = await task.request(SEND, { ...task.params, ...task.of }, { environment_ids: ids, state, comment })
  return { json: body, lines: [`${state} ${names.join(', ')} of run ${subject}`] }
}

/** One request for each environment: GitHub answers with no content. */
async function answerRule(
  { request, confirm, params, of, subject }: Task,
  { question, names, body }: { readonly question: string; readonly names: readonly string[]; readonly body: object },
): Promise<Done> {
  await confirm(question, names.length)
  for (const name of names) await request(RULE, { ...params, ...of }, { environment_name: name, ...body })
  return { json: null, lines: [`answered for ${names.join(', ')} of run ${subject}`] }
}

async function pendingOf({ request, params, of, tell }: Task): Promise<readonly Pending[]> {
  const { body } = await request(PENDING, { ...params, ...of })
  return (Array.isArray(body) ? body : []).flatMap((each) => {
    const [id, name] = [valueAt(each, 'environment.id'), valueAt(each, 'environment.name')]
    if (typeof id !== 'number' || typeof name !== 'string') return []
    if (valueAt(each, 'current_user_can_approve') === false) tell(`GitHub says that you may not review ${name}.`)
    return [{ id, name }]
  })
}

/** Names of environments compare without case. @throws SetupError for one that the run does not wait for */
function idOf(name: string, pending: readonly Pending[], { subject }: Task): number {
  const found = pending.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found.id
  const names = pending.map((each) => each.name).join(', ')
  throw new SetupError(
    `run ${subject} does not wait for ${name}: ${names === '' ? 'it waits for no environment' : `it waits for ${names}`}. Nothing was sent.`,
  )
}
