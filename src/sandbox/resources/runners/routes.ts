import { type Answer, type Call, idParam, NO_CONTENT, ok, type Route } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { hasSince } from '../../world/products.ts'
import { addLabels, listLabels, removeLabel, removeLabels, setLabels } from './labels.ts'
import { presentRunner } from './present-runner.ts'
import type { Runner } from './state.ts'

/** The runners of one level: their path, who may read and write them, and where they are kept. */
interface RunnersOfLevel {
  readonly template: string
  readonly read: Omit<Route, 'method' | 'template' | 'handle'>
  readonly write: Omit<Route, 'method' | 'template' | 'handle'>
  runnersOf(call: Call): Map<number, Runner>
}

/** The self-hosted runners of one level, and their labels (https://docs.github.com/rest/actions/self-hosted-runners). */
export function runnerRoutes({ template, read, write, runnersOf }: RunnersOfLevel): readonly Route[] {
  const one = `${template}/{runner_id}`
  const labels = `${one}/labels`
  const runnerOf = (call: Call): Runner => runnerIn(call, runnersOf(call))
  // GHES 2.22 has no labels; each label's own routes came with all others.
  const since = [3, 4] as const
  return [
    { ...read, method: 'GET', template, handle: (call) => listRunners(call, runnersOf(call)) },
    { ...read, method: 'GET', template: one, handle: (call) => ok(presentRunner(call, runnerOf(call))) },
    { ...write, method: 'DELETE', template: one, handle: (call) => deleteRunner(call, runnersOf(call)) },
    { ...read, since, method: 'GET', template: labels, handle: (call) => listLabels(runnerOf(call)) },
    { ...write, since, method: 'PUT', template: labels, handle: (call) => setLabels(call, runnerOf(call)) },
    { ...write, since, method: 'POST', template: labels, handle: (call) => addLabels(call, runnerOf(call)) },
    { ...write, since, method: 'DELETE', template: labels, handle: (call) => removeLabels(runnerOf(call)) },
    {
      ...write,
      since,
      method: 'DELETE',
      template: `${labels}/{name}`,
      handle: (call) => removeLabel(call, runnerOf(call)),
    },
  ]
}

/** The filter by name came with 3.11; before, the parameter is ignored. */
function listRunners(call: Call, runners: Map<number, Runner>): Answer {
  const name = hasSince(call.product, [3, 11]) ? call.query.name : undefined
  const found = [...runners.values()].filter((each) => name === undefined || each.name === name)
  return listAnswer(call, 'runners', found, (runner) => presentRunner(call, runner))
}

/** The releases that document 422 refuse while the runner is at work; those before remove it by force. */
function deleteRunner(call: Call, runners: Map<number, Runner>): Answer {
  const runner = runnerIn(call, runners)
  if (runner.busy && hasSince(call.product, [3, 13])) {
    throw unprocessable(`Runner "${runner.name}" is currently running a job and cannot be deleted.`)
  }
  runners.delete(runner.id)
  return NO_CONTENT
}

/** @throws Refusal 404 when none of them has the id in the path. */
export function runnerIn(call: Call, runners: ReadonlyMap<number, Runner>): Runner {
  const runner = runners.get(idParam(call, 'runner_id'))
  if (!runner) throw notFound()
  return runner
}
